"""In ``with A, tags(...)`` A is outside; the scope that counts is the one around the call."""
from anthropic import Anthropic
from openai import OpenAI

from cost_lib import tagged, tags

client = OpenAI()
claude = tagged(Anthropic())


def order_of_items() -> None:
    with tags(feature="s"), claude.messages.stream(model="claude-sonnet-4-5", max_tokens=9, messages=[]) as stream:  # ok: CMK201
        stream.until_done()
    with claude.messages.stream(model="claude-sonnet-4-5", max_tokens=9, messages=[]) as stream, tags(feature="s"):  # finds: CMK201
        stream.until_done()
        claude.messages.create(model="claude-sonnet-4-5", max_tokens=9, messages=[])  # ok: CMK201
    with (
        claude.messages.stream(model="claude-sonnet-4-5", max_tokens=9, messages=[]) as first,  # finds: CMK201
        tags(feature="s"),
        claude.messages.stream(model="claude-sonnet-4-5", max_tokens=9, messages=[]) as second,  # ok: CMK201
    ):
        first.until_done()
        second.until_done()


def made_inside_called_outside(prompt: str) -> None:
    with tags(feature="made"):
        llm = tagged(client)
        llm.responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK201
    llm.responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK201


def made_outside_called_inside(prompt: str) -> None:
    llm = tagged(client)
    with tags(feature="called"):
        llm.responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK201


def factory():
    with tags(feature="factory"):
        return tagged(client)


def uses_factory(prompt: str) -> None:
    factory().responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK201
    with tags(feature="use"):
        factory().responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK201


def around_other_blocks(prompt: str) -> None:
    try:
        with tags(feature="try"):
            tagged(client).responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK201
    except ValueError:
        tagged(client).responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK201
    finally:
        tagged(client).responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK201
    with tags(feature="while"):
        while tagged(client).responses.create(model="gpt-4o-mini", input=prompt).output:  # ok: CMK201
            break


def caller_s_scope_is_not_mine(prompt: str) -> object:
    return tagged(client).responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK201


def caller(prompt: str) -> None:
    with tags(feature="caller"):
        caller_s_scope_is_not_mine(prompt)  # ok: CMK207
