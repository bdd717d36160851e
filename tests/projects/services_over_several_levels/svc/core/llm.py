from __future__ import annotations

from typing import Protocol

from openai import AsyncOpenAI, OpenAI

from cost_lib import inherited, tagged, tags


class Backend(Protocol):
    def complete(self, prompt: str) -> str: ...


class OpenAIBackend:
    def __init__(self, client: OpenAI | None = None) -> None:
        self._client = tagged(OpenAI())

    @tags(feature=inherited)
    def complete(self, prompt: str) -> str:
        return self._client.responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK201


class AsyncBackend:
    def __init__(self) -> None:
        self._client = AsyncOpenAI()

    async def complete(self, prompt: str) -> str:
        return await tagged(self._client, feature=inherited).responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK201


def default_backend() -> OpenAIBackend:
    return OpenAIBackend()


BACKEND = default_backend()
