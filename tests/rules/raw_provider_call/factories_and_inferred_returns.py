"""What a function returns is known from its body first, from its annotation where the body tells nothing."""
from functools import cache, lru_cache

from anthropic import Anthropic, AsyncAnthropic
from openai import OpenAI
from registry import lookup

from cost_lib import tagged


def make_client():
    return OpenAI(max_retries=2)


def make_declared() -> OpenAI:
    return lookup("openai")


def make_tagged() -> OpenAI:
    return tagged(OpenAI(), feature="chat")


def make_by_way():
    client = make_client()
    return client


def make_either(fast: bool):
    if fast:
        return tagged(OpenAI(), feature="fast")
    return OpenAI()


@lru_cache(maxsize=1)
def cached_client() -> Anthropic:
    return Anthropic()


@cache
def cached_tagged() -> Anthropic:
    return tagged(Anthropic(), feature="chat")


async def async_factory():
    return AsyncAnthropic()


def calls() -> None:
    make_client().chat.completions.create(model="gpt-4o-mini", messages=[])  # finds: CMK101
    make_declared().chat.completions.create(model="gpt-4o-mini", messages=[])  # finds: CMK101
    make_by_way().chat.completions.create(model="gpt-4o-mini", messages=[])  # finds: CMK101
    make_either(True).chat.completions.create(model="gpt-4o-mini", messages=[])  # finds: CMK101
    cached_client().messages.create(model="claude-sonnet-4-5", max_tokens=9, messages=[])  # finds: CMK101
    make_tagged().chat.completions.create(model="gpt-4o-mini", messages=[])  # ok: CMK101, CMK201
    cached_tagged().messages.create(model="claude-sonnet-4-5", max_tokens=9, messages=[])  # ok: CMK101, CMK201
    tagged(make_client(), feature="chat").chat.completions.create(model="gpt-4o-mini", messages=[])  # ok: CMK101


async def async_calls() -> None:
    client = await async_factory()
    await client.messages.create(model="claude-sonnet-4-5", max_tokens=9, messages=[])  # finds: CMK101
    await (await async_factory()).messages.create(model="claude-sonnet-4-5", max_tokens=9, messages=[])  # finds: CMK101
    await tagged(client, feature="chat").messages.create(model="claude-sonnet-4-5", max_tokens=9, messages=[])  # ok: CMK101
