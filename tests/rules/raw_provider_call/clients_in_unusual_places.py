"""Partials, fields, caches, containers, unpacking, context managers."""
import asyncio
import contextlib
import functools
import operator
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from functools import cache, lru_cache, partial, partialmethod, singledispatch
from typing import Any, NamedTuple, Protocol

from openai import AsyncOpenAI, OpenAI
from pydantic import BaseModel

import cost_lib
from cost_lib import inherited, record_call, tagged, tags

raw = OpenAI()
mk = partial(tagged, OpenAI(), feature="x")
mk2 = partial(tagged, feature="x")
mk3 = partial(tagged, OpenAI())
lam = lambda c: tagged(c, feature="lam")
T = tagged
S = cost_lib.tags
COMMON = {"feature": "c"}
LOWER = dict(team="t")


def partials(p):
    mk().responses.create(model="gpt-4o-mini", input=p)  # ok: CMK101, CMK201
    mk2(raw).responses.create(model="gpt-4o-mini", input=p)  # ok: CMK101, CMK201
    mk3().responses.create(model="gpt-4o-mini", input=p)  # finds: CMK201
    mk3(feature="x").responses.create(model="gpt-4o-mini", input=p)  # ok: CMK101, CMK201
    lam(raw).responses.create(model="gpt-4o-mini", input=p)  # ok: CMK101, CMK201
    T(raw, **COMMON).responses.create(model="gpt-4o-mini", input=p)  # ok: CMK101, CMK201
    T(raw, **LOWER).responses.create(model="gpt-4o-mini", input=p)  # finds: CMK201
    with S(**COMMON):
        T(raw).responses.create(model="gpt-4o-mini", input=p)  # ok: CMK101, CMK201
    ask = partial(raw.responses.create, model="gpt-4o-mini")  # finds: CMK101
    ask(input=p)
    ask2 = partial(tagged(raw, feature="x").responses.create, model="gpt-4o-mini")  # ok: CMK101
    ask2(input=p)  # ok: CMK101
    op = operator.methodcaller("create", model="m")
    op(raw.responses)
    list(map(lambda q: raw.responses.create(model="gpt-4o-mini", input=q), p))  # finds: CMK101
    list(map(lambda q: tagged(raw, feature="m").responses.create(model="gpt-4o-mini", input=q), p))  # ok: CMK101, CMK201
    with tags(feature="x"):
        list(map(lambda q: tagged(raw).responses.create(model="gpt-4o-mini", input=q), p))  # finds: CMK201


class Holder:
    shared = tagged(OpenAI(), feature="cls")
    untagged = tagged(OpenAI())
    raw = OpenAI()

    def __init__(self):
        self._c = None
        self.pairs = {"a": tagged(OpenAI(), feature="a"), "b": OpenAI()}
        self.many = [tagged(OpenAI(), feature="a"), tagged(OpenAI(), feature="b")]

    @property
    def c(self):
        if self._c is None:
            self._c = tagged(OpenAI(), feature="lazy")
        return self._c

    @functools.cached_property
    def lazy(self):
        return OpenAI()

    @staticmethod
    def make():
        return tagged(OpenAI(), feature="static")

    @classmethod
    def make2(cls):
        return cls.shared

    def run(self, p):
        self.shared.responses.create(model="gpt-4o-mini", input=p)  # ok: CMK101, CMK201
        Holder.shared.responses.create(model="gpt-4o-mini", input=p)  # ok: CMK101, CMK201
        self.untagged.responses.create(model="gpt-4o-mini", input=p)  # finds: CMK201
        self.c.responses.create(model="gpt-4o-mini", input=p)  # ok: CMK101, CMK201
        self.lazy.responses.create(model="gpt-4o-mini", input=p)  # finds: CMK101
        self.make().responses.create(model="gpt-4o-mini", input=p)  # ok: CMK101, CMK201
        Holder.make2().responses.create(model="gpt-4o-mini", input=p)  # ok: CMK101, CMK201
        self.pairs["a"].responses.create(model="gpt-4o-mini", input=p)  # ok: CMK101, CMK201
        self.pairs["b"].responses.create(model="gpt-4o-mini", input=p)  # finds: CMK101
        self.pairs[p].responses.create(model="gpt-4o-mini", input=p)  # finds: CMK101
        for c in self.many:
            c.responses.create(model="gpt-4o-mini", input=p)  # ok: CMK101, CMK201
        for k, c in self.pairs.items():
            c.responses.create(model="gpt-4o-mini", input=p)  # finds: CMK101
        getattr(self, "c").responses.create(model="gpt-4o-mini", input=p)  # ok: CMK101, CMK201
        getattr(self.raw, "responses").create(model="gpt-4o-mini", input=p)  # finds: CMK101
        tagged(self.raw.responses, feature="x").create(model="gpt-4o-mini", input=p)  # ok: CMK101, CMK201
        tagged(self.raw.responses.create, feature="x")(model="gpt-4o-mini", input=p)  # ok: CMK101, CMK201
        tagged(self.raw.responses.create)(model="gpt-4o-mini", input=p)  # finds: CMK201
        self.raw.responses.with_raw_response.create(model="gpt-4o-mini", input=p)  # finds: CMK101
        tagged(self.raw, feature="x").responses.with_raw_response.create(model="gpt-4o-mini", input=p)  # ok: CMK101, CMK201
        tagged(self.raw, feature="x").with_options(timeout=1).chat.completions.create(model="gpt-4o-mini", messages=p)  # ok: CMK101
        self.raw.models.list()  # ok: CMK101
        self.raw.moderations.create(input=p)  # ok: CMK101


@dataclass
class D:
    llm: OpenAI
    own: OpenAI = field(default_factory=lambda: tagged(OpenAI(), feature="d"))
    rawf: OpenAI = field(default_factory=OpenAI)

    def run(self, p):
        self.llm.responses.create(model="gpt-4o-mini", input=p)  # ok: CMK101, CMK201
        self.own.responses.create(model="gpt-4o-mini", input=p)  # ok: CMK101, CMK201
        self.rawf.responses.create(model="gpt-4o-mini", input=p)  # finds: CMK101


D(tagged(OpenAI(), feature="given")).run("x")


class M(BaseModel):
    model_config = {"arbitrary_types_allowed": True}
    llm: Any

    def run(self, p):
        self.llm.responses.create(model="gpt-4o-mini", input=p)  # finds: CMK101


M(llm=OpenAI()).run("x")


class N(NamedTuple):
    llm: OpenAI
    name: str = ""


def use_n(p):
    n = N(tagged(OpenAI(), feature="n"))
    n.llm.responses.create(model="gpt-4o-mini", input=p)  # ok: CMK101, CMK201
    llm, _ = n
    llm.responses.create(model="gpt-4o-mini", input=p)  # ok: CMK101, CMK201
    n2 = n._replace(name="x")
    n2.llm.responses.create(model="gpt-4o-mini", input=p)  # ok: CMK101, CMK201


@lru_cache
def cached():
    return tagged(OpenAI(), feature="cached")


@cache
def cached_raw():
    return OpenAI()


_G = None


def get_g():
    global _G
    if _G is None:
        _G = tagged(OpenAI(), feature="g")
    return _G


@contextmanager
def session(feature):
    with tags(feature=feature):
        yield tagged(OpenAI())


@asynccontextmanager
async def asession():
    async with AsyncOpenAI() as c:
        yield tagged(c, feature="s")


def uses(p):
    cached().responses.create(model="gpt-4o-mini", input=p)  # ok: CMK101, CMK201
    cached_raw().responses.create(model="gpt-4o-mini", input=p)  # finds: CMK101
    get_g().responses.create(model="gpt-4o-mini", input=p)  # ok: CMK101, CMK201
    with session("x") as c:
        c.responses.create(model="gpt-4o-mini", input=p)  # ok: CMK101, CMK201
    c.responses.create(model="gpt-4o-mini", input=p)  # finds: CMK201
    with OpenAI() as c:
        c.responses.create(model="gpt-4o-mini", input=p)  # finds: CMK101
    with tagged(OpenAI(), feature="x") as c:
        c.responses.create(model="gpt-4o-mini", input=p)  # ok: CMK101, CMK201
    with contextlib.closing(tagged(OpenAI(), feature="x")) as c:
        c.responses.create(model="gpt-4o-mini", input=p)  # ok: CMK101, CMK201
    with tagged(OpenAI(), feature="x").responses.stream(model="gpt-4o-mini", input=p) as s:  # ok: CMK101
        s
    if (c := OpenAI()) and p:
        c.responses.create(model="gpt-4o-mini", input=p)  # finds: CMK101
    if c := tagged(OpenAI(), feature="x"):
        c.responses.create(model="gpt-4o-mini", input=p)  # ok: CMK101, CMK201
    a, b = OpenAI(), tagged(OpenAI(), feature="x")
    a.responses.create(model="gpt-4o-mini", input=p)  # finds: CMK101
    b.responses.create(model="gpt-4o-mini", input=p)  # ok: CMK101, CMK201
    a, b = b, a
    a.responses.create(model="gpt-4o-mini", input=p)  # ok: CMK101, CMK201
    b.responses.create(model="gpt-4o-mini", input=p)  # finds: CMK101
    (first, *rest) = [tagged(OpenAI(), feature="x"), tagged(OpenAI())]
    first.responses.create(model="gpt-4o-mini", input=p)  # finds: CMK201
    fn = b.responses.create if p else b.chat.completions.create
    fn(model="gpt-4o-mini")  # finds: CMK101
    del b
    x = [OpenAI()][0]
    x.responses.create(model="gpt-4o-mini", input=p)  # finds: CMK101
    (tagged(OpenAI(), feature="x") if p else tagged(OpenAI(), feature="y")).responses.create(model="gpt-4o-mini", input=p)  # ok: CMK101
    (OpenAI() if p else tagged(OpenAI(), feature="y")).responses.create(model="gpt-4o-mini", input=p)  # finds: CMK101
    d = defaultdict(lambda: tagged(OpenAI(), feature="dd"))
    d[p].responses.create(model="gpt-4o-mini", input=p)  # ok: CMK101, CMK201
    e = defaultdict(OpenAI)
    e[p].responses.create(model="gpt-4o-mini", input=p)  # finds: CMK101
    f = {}
    f.setdefault("k", OpenAI()).responses.create(model="gpt-4o-mini", input=p)  # finds: CMK101


async def auses(p):
    async with asession() as c:
        await c.responses.create(model="gpt-4o-mini", input=p)  # ok: CMK101, CMK201
    async with AsyncOpenAI() as c, tags(feature="x"):
        await tagged(c).responses.create(model="gpt-4o-mini", input=p)  # ok: CMK101, CMK201
        await c.responses.create(model="gpt-4o-mini", input=p)  # finds: CMK101
    tasks = [tagged(c, feature="x").responses.create(model="gpt-4o-mini", input=q) for q in p]  # ok: CMK101, CMK201
    await asyncio.gather(*tasks)
    coro = c.responses.create(model="gpt-4o-mini", input=p)  # finds: CMK101
    await coro
    async with asyncio.timeout(3), tags(feature="x"):
        stream = await tagged(c).responses.create(model="gpt-4o-mini", input=p, stream=True)  # ok: CMK201
    async for ev in stream:
        ev


def decorator_factory(feature):
    def deco(fn):
        @functools.wraps(fn)
        def wrapper(*args, **kwargs):
            with tags(feature=feature):
                return fn(*args, **kwargs)
        return wrapper
    return deco


def takes_client(c: OpenAI, p):
    c.responses.create(model="gpt-4o-mini", input=p)  # finds: CMK101


class Strategy(Protocol):
    llm: OpenAI


def proto(s: Strategy, p):
    s.llm.responses.create(model="gpt-4o-mini", input=p)  # finds: CMK101
