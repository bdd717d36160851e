"""Call keyword of a house wrapper aside: receiver, ``with tags`` around the call, decorator of the innermost ``def``."""
from anthropic import Anthropic, AsyncAnthropic
from google import genai

from cost_lib import tagged, tags

client = Anthropic()
aclient = AsyncAnthropic()
stored = tagged(client, feature="stored")
unproven = tagged(client)


def receiver(prompt: str) -> None:
    tagged(client, feature="faq").messages.create(model="claude-sonnet-4-5", max_tokens=9, messages=[])  # ok: CMK201
    stored.messages.create(model="claude-sonnet-4-5", max_tokens=9, messages=[])  # ok: CMK201
    tagged(tagged(client), feature="faq").messages.create(model="claude-sonnet-4-5", max_tokens=9, messages=[])  # ok: CMK201
    tagged(stored, team="support").messages.create(model="claude-sonnet-4-5", max_tokens=9, messages=[])  # ok: CMK201
    tagged(client).messages.create(model="claude-sonnet-4-5", max_tokens=9, messages=[])  # finds: CMK201
    unproven.messages.create(model="claude-sonnet-4-5", max_tokens=9, messages=[])  # finds: CMK201
    tagged(client, team="support").messages.create(model="claude-sonnet-4-5", max_tokens=9, messages=[])  # finds: CMK201


def scope(prompt: str) -> None:
    with tags(feature="faq", user_segment="trial"):
        unproven.messages.create(model="claude-sonnet-4-5", max_tokens=9, messages=[])  # ok: CMK201
        if prompt:
            for _ in range(3):
                unproven.messages.create(model="claude-sonnet-4-5", max_tokens=9, messages=[])  # ok: CMK201
    unproven.messages.create(model="claude-sonnet-4-5", max_tokens=9, messages=[])  # finds: CMK201
    with tags(team="support"):
        unproven.messages.create(model="claude-sonnet-4-5", max_tokens=9, messages=[])  # finds: CMK201
        with tags(feature="faq"):
            unproven.messages.create(model="claude-sonnet-4-5", max_tokens=9, messages=[])  # ok: CMK201


@tags(feature="faq")
async def decorated(prompt: str) -> None:
    await tagged(aclient).messages.create(model="claude-sonnet-4-5", max_tokens=9, messages=[])  # ok: CMK201


@tags(team="support")
async def decorated_with_another(prompt: str) -> None:
    await tagged(aclient).messages.create(model="claude-sonnet-4-5", max_tokens=9, messages=[])  # finds: CMK201


@tags(feature="faq")
def generator(prompts: list[str]):
    for prompt in prompts:
        yield unproven.messages.create(model="claude-sonnet-4-5", max_tokens=9, messages=[])  # ok: CMK201


@tags(feature="faq")
async def async_generator(prompts: list[str]):
    for prompt in prompts:
        yield await tagged(genai.Client()).aio.models.generate_content(model="gemini-2.5-flash", contents=prompt)  # ok: CMK201


def keyword_of_the_call_proves_nothing(prompt: str) -> None:
    tagged(client).messages.create(model="claude-sonnet-4-5", max_tokens=9, messages=[], feature="x")  # finds: CMK201
    unproven.with_options(timeout=3).messages.create(max_tokens=9, messages=[], feature="x")  # finds: CMK201
    stored.with_options(timeout=3).messages.create(max_tokens=9, messages=[])  # ok: CMK201


unproven.messages.create(model="claude-sonnet-4-5", max_tokens=9, messages=[])  # finds: CMK201
with tags(feature="import_time"):
    unproven.messages.create(model="claude-sonnet-4-5", max_tokens=9, messages=[])  # ok: CMK201
