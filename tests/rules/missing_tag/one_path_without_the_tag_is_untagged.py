"""A receiver that lacks a tag on one path is CMK201, though it is raw on none."""
from anthropic import Anthropic
from openai import AzureOpenAI, OpenAI
from settings import settings

from cost_lib import tagged

if settings.azure:
    client = tagged(AzureOpenAI())
else:
    client = tagged(OpenAI(), feature="chat")

one = tagged(OpenAI(), feature="a") if settings.azure else tagged(OpenAI(), team="b")
both = tagged(OpenAI(), feature="a") if settings.azure else tagged(AzureOpenAI(), feature="b")


def calls(prompt: str) -> None:
    client.responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK201  # ok: CMK101
    one.responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK201  # ok: CMK101
    both.responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK101, CMK201
    tagged(one, feature="c").responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK101, CMK201


def late(flag: bool) -> None:
    llm = tagged(Anthropic())
    if flag:
        llm = tagged(llm, feature="late")
        llm.messages.create(model="claude-sonnet-4-5", max_tokens=9, messages=[])  # ok: CMK201
    llm.messages.create(model="claude-sonnet-4-5", max_tokens=9, messages=[])  # finds: CMK201


def from_callers(llm, prompt: str) -> object:
    return llm.messages.create(model="claude-sonnet-4-5", max_tokens=9, messages=[])  # finds: CMK201  # ok: CMK101


def main() -> None:
    from_callers(tagged(Anthropic(), feature="a"), "x")
    from_callers(tagged(Anthropic()), "y")
