"""A raw client inside a tags scope is still raw, and is reported once: as raw, never also as untagged."""
from anthropic import AsyncAnthropic
from openai import OpenAI

from cost_lib import tagged, tags

client = OpenAI()
claude = AsyncAnthropic()


def under_with(prompt: str) -> None:
    with tags(feature="search"):
        client.responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK101
        tagged(client).responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK101, CMK201


@tags(feature="search")
def under_decorator(prompt: str) -> None:
    client.responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK101
    tagged(client).responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK101, CMK201


async def under_async_with(prompt: str) -> None:
    async with tags(feature="search"):
        await claude.messages.create(model="claude-sonnet-4-5", max_tokens=9, messages=[])  # finds: CMK101
        await tagged(claude).messages.create(model="claude-sonnet-4-5", max_tokens=9, messages=[])  # ok: CMK101, CMK201


def raw_and_untagged(prompt: str) -> None:
    client.responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK101  # ok: CMK201
    tagged(client).responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK201  # ok: CMK101


def feature_keyword_on_the_call_is_no_tag(prompt: str) -> None:
    client.responses.create(model="gpt-4o-mini", input=prompt, extra_body={"feature": "search"})  # finds: CMK101
    client.responses.create(model="gpt-4o-mini", input=prompt, metadata={"feature": "search"})  # finds: CMK101
