"""An annotation gives the type; where no caller is known the value is raw."""
from __future__ import annotations

import typing
from typing import TYPE_CHECKING, Annotated, Optional, TypeAlias, Union

from cost_lib import tagged
from fakes import FakeOpenAI

if TYPE_CHECKING:
    import openai
    from anthropic import AsyncAnthropic
    from openai import AsyncOpenAI, AzureOpenAI, OpenAI

Client: TypeAlias = "OpenAI | AzureOpenAI"
Either = Union["OpenAI", "AsyncOpenAI"]


def plain(llm: OpenAI) -> object:
    return llm.chat.completions.create(model="gpt-4o-mini", messages=[])  # finds: CMK101


def quoted(llm: "openai.OpenAI") -> object:
    return llm.chat.completions.create(model="gpt-4o-mini", messages=[])  # finds: CMK101


def optional(llm: Optional[OpenAI] = None) -> object:
    assert llm is not None
    return llm.chat.completions.create(model="gpt-4o-mini", messages=[])  # finds: CMK101


def union(llm: OpenAI | None, other: typing.Union[FakeOpenAI, AzureOpenAI]) -> object:
    other.chat.completions.create(model="gpt-4o-mini", messages=[])  # finds: CMK101
    return llm.chat.completions.create(model="gpt-4o-mini", messages=[])  # finds: CMK101


def annotated(llm: Annotated[OpenAI, "the shared client"], *, alias: Client) -> object:
    alias.chat.completions.create(model="gpt-4o-mini", messages=[])  # finds: CMK101
    return llm.chat.completions.create(model="gpt-4o-mini", messages=[])  # finds: CMK101


async def asynchronous(llm: AsyncAnthropic, either: Either) -> object:
    await either.chat.completions.create(model="gpt-4o-mini", messages=[])  # finds: CMK101
    return await llm.messages.create(model="claude-sonnet-4-5", max_tokens=9, messages=[])  # finds: CMK101


def several(*llms: OpenAI, **named: OpenAI) -> None:
    for llm in llms:
        llm.chat.completions.create(model="gpt-4o-mini", messages=[])  # finds: CMK101
    named["fast"].chat.completions.create(model="gpt-4o-mini", messages=[])  # finds: CMK101


def tagged_inside(llm: OpenAI, fake: FakeOpenAI, text: str) -> object:
    fake.chat.completions.create(model="gpt-4o-mini", messages=[])  # ok: CMK101
    text.chat.completions.create()  # ok: CMK101
    return tagged(llm, feature="chat").chat.completions.create(model="gpt-4o-mini", messages=[])  # ok: CMK101, CMK201


def lists(llms: list[OpenAI], table: dict[str, OpenAI]) -> None:
    llms[0].chat.completions.create(model="gpt-4o-mini", messages=[])  # finds: CMK101
    for llm in table.values():
        llm.chat.completions.create(model="gpt-4o-mini", messages=[])  # finds: CMK101
