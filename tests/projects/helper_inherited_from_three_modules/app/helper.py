"""A shared helper: the caller brings the feature."""
from anthropic import AsyncAnthropic
from openai import OpenAI

from cost_lib import inherited, tagged, tags

client = OpenAI()
claude = AsyncAnthropic()


def ask(prompt: str) -> object:
    return tagged(client, feature=inherited).responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK101, CMK201


@tags(feature=inherited)
async def ask_claude(prompt: str) -> object:
    return await tagged(claude).messages.create(model="claude-sonnet-4-5", max_tokens=9, messages=[])  # ok: CMK101, CMK201


def label(prompt: str, *, feature: str) -> object:
    return tagged(client, feature=feature).responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK201
