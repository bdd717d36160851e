"""A receiver that is raw on one path is raw; callers and bodies beat annotations."""
from __future__ import annotations

import functools
from typing import TYPE_CHECKING

import anthropic
import openai as oa
from openai import OpenAI

import cost_lib
import cost_lib as cl
from cost_lib import tagged as attributed
from cost_lib import tagged

if TYPE_CHECKING:
    from openai import AsyncOpenAI


def make() -> OpenAI:
    return tagged(OpenAI(), feature="x")


def make_raw() -> OpenAI:
    return OpenAI()


def one() -> None:
    make().responses.create(model="gpt-4o-mini", input="x")  # ok: CMK101, CMK201
    make_raw().responses.create(model="gpt-4o-mini", input="x")  # finds: CMK101
    cl.tagged(make_raw(), feature="x").responses.create(model="gpt-4o-mini", input="x")  # ok: CMK101
    cost_lib.tagged(OpenAI(), feature="x").responses.create(model="gpt-4o-mini", input="x")  # ok: CMK101
    attributed(OpenAI(), feature="x").responses.create(model="gpt-4o-mini", input="x")  # ok: CMK101
    attributed(OpenAI()).responses.create(model="gpt-4o-mini", input="x")  # finds: CMK201


class Service:
    def __init__(self, llm: OpenAI | None = None) -> None:
        self.llm = llm or tagged(OpenAI(), feature="svc")
        self.raw = llm or OpenAI()

    @property
    def client(self) -> OpenAI:
        return tagged(self.raw, feature="svc")

    @functools.cached_property
    def cached(self) -> OpenAI:
        return tagged(self.raw)

    def run(self) -> None:
        self.client.responses.create(model="gpt-4o-mini", input="x")  # ok: CMK101
        self.cached.responses.create(model="gpt-4o-mini", input="x")  # finds: CMK201
        self.raw.responses.create(model="gpt-4o-mini", input="x")  # finds: CMK101
        self.llm.responses.create(model="gpt-4o-mini", input="x")  # finds: CMK101


def conditional(flag: bool) -> None:
    c = tagged(OpenAI(), feature="a") if flag else OpenAI()
    c.responses.create(model="gpt-4o-mini", input="x")  # finds: CMK101
    d = tagged(OpenAI(), feature="a") if flag else tagged(OpenAI())
    d.responses.create(model="gpt-4o-mini", input="x")  # finds: CMK201
    e = tagged(OpenAI(), feature="a") if flag else tagged(OpenAI(), feature="b")
    e.responses.create(model="gpt-4o-mini", input="x")  # ok: CMK201
    if flag:
        f = OpenAI()
    else:
        f = tagged(OpenAI(), feature="a")
    f.responses.create(model="gpt-4o-mini", input="x")  # finds: CMK101
    f = tagged(f, feature="a")
    f.responses.create(model="gpt-4o-mini", input="x")  # ok: CMK101
    g = OpenAI()
    if flag:
        g = tagged(g, feature="z")
    g.responses.create(model="gpt-4o-mini", input="x")  # finds: CMK101
    h = OpenAI()
    if flag:
        h = tagged(h, feature="z")
        h.responses.create(model="gpt-4o-mini", input="x")  # ok: CMK101
    else:
        h = tagged(h, feature="w")
    h.responses.create(model="gpt-4o-mini", input="x")  # ok: CMK101
    for k in (tagged(OpenAI(), feature="a"), OpenAI()):
        k.responses.create(model="gpt-4o-mini", input="x")  # finds: CMK101
    for k in (tagged(OpenAI(), feature="a"), tagged(anthropic.Anthropic(), feature="b")):
        k.messages.create(model="gpt-4o-mini", input="x")  # ok: CMK101
    for k in [tagged(c) for c in (OpenAI(), OpenAI())]:
        k.responses.create(model="gpt-4o-mini", input="x")  # finds: CMK201
    try:
        m = tagged(OpenAI(), feature="a")
    except Exception:
        m = OpenAI()
    m.responses.create(model="gpt-4o-mini", input="x")  # finds: CMK101
    while (n := tagged(OpenAI(), feature="a")) is not None:
        n.responses.create(model="gpt-4o-mini", input="x")  # ok: CMK101
    match flag:
        case True:
            o = tagged(OpenAI(), feature="a")
        case _:
            o = tagged(OpenAI(), feature="b")
    o.responses.create(model="gpt-4o-mini", input="x")  # ok: CMK101


def called_raw(llm: OpenAI) -> None:
    llm.responses.create(model="gpt-4o-mini", input="x")  # finds: CMK101


def called_tagged(llm: OpenAI) -> None:
    llm.responses.create(model="gpt-4o-mini", input="x")  # ok: CMK101


def called_never(llm: oa.OpenAI) -> None:
    llm.responses.create(model="gpt-4o-mini", input="x")  # finds: CMK101


async def called_quoted(llm: AsyncOpenAI) -> None:
    await llm.responses.create(model="gpt-4o-mini", input="x")  # finds: CMK101


def called_both(llm: OpenAI) -> None:
    llm.responses.create(model="gpt-4o-mini", input="x")  # finds: CMK101


def called_untagged(llm: OpenAI) -> None:
    llm.responses.create(model="gpt-4o-mini", input="x")  # finds: CMK201


def called_kw(prompt: str, *, llm: OpenAI) -> None:
    llm.responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK101


def called_default(llm: OpenAI = tagged(OpenAI(), feature="d")) -> None:
    llm.responses.create(model="gpt-4o-mini", input="x")  # ok: CMK101


def called_none(llm: OpenAI | None = None) -> None:
    llm = llm or tagged(OpenAI(), feature="d")
    llm.responses.create(model="gpt-4o-mini", input="x")  # ok: CMK101


def caller() -> None:
    called_raw(OpenAI())
    called_tagged(tagged(OpenAI(), feature="x"))
    called_tagged(llm=attributed(OpenAI(), feature="x"))
    called_both(tagged(OpenAI(), feature="x"))
    called_both(OpenAI())
    called_untagged(tagged(OpenAI()))
    called_untagged(tagged(OpenAI(), feature="c"))
    called_kw("x", llm=tagged(OpenAI(), feature="x"))
    called_kw("x", **{"llm": tagged(OpenAI(), feature="x")})
    called_default()
    called_none()
