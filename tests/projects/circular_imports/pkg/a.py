"""a imports b, b imports a; each gets its client from the other."""
from openai import OpenAI

import pkg.b
from pkg.b import claude, from_b

from cost_lib import tagged

client = OpenAI()
mirror = pkg.b.back


def from_a():
    return client


def calls(prompt: str) -> None:
    claude.messages.create(model="claude-sonnet-4-5", max_tokens=9, messages=[])  # finds: CMK101
    from_b().messages.create(model="claude-sonnet-4-5", max_tokens=9, messages=[])  # finds: CMK101
    mirror.responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK101
    tagged(from_b(), feature="a").messages.create(max_tokens=9, messages=[])  # ok: CMK101, CMK201


def ping(llm, depth: int):
    if depth:
        return pkg.b.pong(llm, depth - 1)
    return llm.responses.create(model="gpt-4o-mini", input="ping")  # finds: CMK101
