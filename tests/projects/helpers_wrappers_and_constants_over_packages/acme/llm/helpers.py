from __future__ import annotations

from typing import TYPE_CHECKING

from openai import AsyncOpenAI, OpenAI

from cost_lib import inherited, tagged, tags

from ..core.names import TEAM

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["ask", "Asker", "astream"]

client = tagged(OpenAI(), team=TEAM)


def ask(prompt):
    return tagged(client, feature=inherited).responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK201


class Asker:
    team: str = "t"

    def __init__(self, llm: OpenAI | None = None):
        self.llm = tagged(OpenAI(), team="growth")

    @tags(feature=inherited)
    def ask(self, prompt):
        return self._send(prompt)  # ok: CMK207

    @tags(feature=inherited)
    def _send(self, prompt):
        return self.llm.responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK201

    def forgot(self, prompt):
        return self._send(prompt)  # finds: CMK207


async def astream(prompt):
    async with tags(feature=inherited):
        s = await tagged(AsyncOpenAI(), team=TEAM).responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK201
    for x in s:
        yield x


def hidden(prompt, feature):
    return tagged(client, feature=feature).responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK201
