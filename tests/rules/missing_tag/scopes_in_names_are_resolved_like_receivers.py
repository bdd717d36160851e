"""A scope held in a name or chosen by a conditional is proven if every possible value proves."""
from contextlib import nullcontext

from openai import OpenAI

import cost_lib
from cost_lib import tagged
from cost_lib import tags as labels

llm = tagged(OpenAI())
SCOPE = labels(feature="global")


def named(prompt: str, big: bool) -> None:
    scope = labels(feature="named")
    with scope:
        llm.responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK201
    with SCOPE:
        llm.responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK201
    choice = labels(feature="big") if big else labels(feature="small")
    with choice:
        llm.responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK201
    with labels(feature="big") if big else labels(feature="small", team="a"):
        llm.responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK201
    maybe = labels(feature="big") if big else nullcontext()
    with maybe:
        llm.responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK201
    with labels(feature="big") if big else labels(team="small"):
        llm.responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK201


def by_branches(prompt: str, big: bool) -> None:
    if big:
        scope = labels(feature="big")
    else:
        scope = labels(feature="small")
    with scope:
        llm.responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK201
    if big:
        scope = nullcontext()
    with scope:
        llm.responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK201


def make_scope(name: str):
    return labels(feature="made", team=name)


def from_function(prompt: str) -> None:
    with make_scope("a"):
        llm.responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK201
    with cost_lib.tags(feature="module"):
        llm.responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK201
    with labels(feature="as") as bound:
        llm.responses.create(model="gpt-4o-mini", input=bound)  # ok: CMK201


@SCOPE
def decorated_by_name(prompt: str) -> None:
    llm.responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK201


class Service:
    scope = labels(feature="service")

    def run(self, prompt: str) -> None:
        with self.scope:
            llm.responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK201
        with self.unknown:
            llm.responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK201
