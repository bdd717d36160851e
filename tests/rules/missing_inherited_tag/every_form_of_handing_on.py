"""Every form that hands the duty on, in functions, coroutines, generators, methods and properties."""
import asyncio
from functools import partial
from typing import Any

from openai import AsyncOpenAI, OpenAI

from cost_lib import inherited, tagged, tags

client = OpenAI()
aclient = AsyncOpenAI()
stored = tagged(client, feature=inherited)
stored.responses.create(model="gpt-4o-mini", input="x")  # finds: CMK201
with tags(feature="module"):
    stored.responses.create(model="gpt-4o-mini", input="x")  # ok: CMK201


def use_stored(p):
    return stored.responses.create(model="gpt-4o-mini", input=p)  # finds: CMK201


def use_stored_scoped(p):
    with tags(feature="x"):
        return stored.responses.create(model="gpt-4o-mini", input=p)  # ok: CMK201


@tags(feature="x")
def use_stored_deco(p):
    return stored.responses.create(model="gpt-4o-mini", input=p)  # ok: CMK201


def leaf(p):
    return tagged(client, feature=inherited).responses.create(model="gpt-4o-mini", input=p)  # ok: CMK201


@tags(feature=inherited)
def leaf2(p):
    return tagged(client).responses.create(model="gpt-4o-mini", input=p)  # ok: CMK201


def leaf3(p):
    with tags(feature=inherited):
        return tagged(client).responses.create(model="gpt-4o-mini", input=p)  # ok: CMK201


def leaf4(p, feature):
    return tagged(client, feature=feature).responses.create(model="gpt-4o-mini", input=p)  # ok: CMK201


def leaf5(p, feature="default"):
    with tags(feature=feature):
        return tagged(client).responses.create(model="gpt-4o-mini", input=p)  # ok: CMK201


def leaf6(p, feature=None):
    return tagged(client, feature=feature).responses.create(model="gpt-4o-mini", input=p)  # ok: CMK201


def leaf7(p, *, feature=inherited):
    return tagged(client, feature=feature).responses.create(model="gpt-4o-mini", input=p)  # ok: CMK201


@tags(feature=inherited)
def hop(p):
    return leaf(p)  # ok: CMK207


def hop_nothing(p):
    return leaf(p)  # finds: CMK207


def hop_with(p):
    with tags(feature=inherited):
        return leaf(p)  # ok: CMK207


def hop_param(p, feature):
    return leaf4(p, feature)  # ok: CMK207


def hop_param_kw(p, name):
    return leaf4(p, feature=name)  # ok: CMK207


def callers(p):
    leaf(p)  # finds: CMK207
    leaf2(p)  # finds: CMK207
    leaf3(p)  # finds: CMK207
    leaf4(p, "f")  # ok: CMK207
    leaf4(p, feature="f")  # ok: CMK207
    leaf4(p, "")  # finds: CMK203
    leaf4(p, None)  # finds: CMK203
    leaf5(p)  # ok: CMK207
    leaf5(p, feature="x")  # ok: CMK207
    leaf5(p, feature="")  # finds: CMK203
    leaf5(p, "todo")  # finds: CMK203
    leaf6(p)  # finds: CMK207
    leaf6(p, feature="x")  # ok: CMK207
    leaf7(p)  # finds: CMK207
    leaf7(p, feature="x")  # ok: CMK207
    hop(p)  # finds: CMK207
    hop_nothing(p)  # ok: CMK207
    hop_with(p)  # finds: CMK207
    hop_param(p, "x")  # ok: CMK207
    hop_param(p, "")  # finds: CMK203
    hop_param_kw(p, "x")  # ok: CMK203
    hop_param_kw(p, name=None)  # finds: CMK203
    with tags(feature="x"):
        leaf(p)  # ok: CMK207
        leaf2(p)  # ok: CMK207
        leaf3(p)  # ok: CMK207
        leaf7(p)  # ok: CMK207
        hop(p)  # ok: CMK207
        [leaf(q) for q in p]  # ok: CMK207
        list(leaf(q) for q in p)  # finds: CMK207
        f = lambda: leaf(p)  # finds: CMK207
        f()
    with tags(team="x"):
        leaf(p)  # finds: CMK207


@tags(feature="x")
def proven_caller(p):
    return leaf(p)  # ok: CMK207


leaf("x")  # finds: CMK207
with tags(feature="x"):
    leaf("x")  # ok: CMK207


def proves_itself(p):
    with tags(feature="x"):
        return tagged(client, feature=inherited).responses.create(model="gpt-4o-mini", input=p)  # ok: CMK201


def calls_proven(p):
    proves_itself(p)  # ok: CMK207


def keeps(p):
    c = tagged(client, feature="a")
    return tagged(c, feature=inherited).responses.create(model="gpt-4o-mini", input=p)  # ok: CMK201


def calls_keeps(p):
    keeps(p)  # ok: CMK207


async def aleaf(p):
    return await tagged(aclient, feature=inherited).responses.create(model="gpt-4o-mini", input=p)  # ok: CMK201


async def agen(p):
    yield await tagged(aclient, feature=inherited).responses.create(model="gpt-4o-mini", input=p)  # ok: CMK201


def gen(p):
    yield tagged(client, feature=inherited).responses.create(model="gpt-4o-mini", input=p)  # ok: CMK201


async def acallers(p):
    await aleaf(p)  # finds: CMK207
    with tags(feature="x"):
        await aleaf(p)  # ok: CMK207
        t = asyncio.create_task(aleaf(p))  # ok: CMK207
        await asyncio.gather(aleaf(p), aleaf(p))  # ok: CMK207
        await asyncio.gather(*[aleaf(q) for q in p])  # ok: CMK207
        await asyncio.wait_for(aleaf(p), 3)  # ok: CMK207
        async for x in agen(p):  # ok: CMK207
            x
        for x in gen(p):  # ok: CMK207
            x
        list(gen(p))  # ok: CMK207
        late = aleaf(p)  # finds: CMK207
        lateg = gen(p)  # finds: CMK207
        lateag = agen(p)  # finds: CMK207
        now = aleaf(p)  # ok: CMK207
        await now
        async with asyncio.TaskGroup() as tg:
            tg.create_task(aleaf(p))  # ok: CMK207
    await t
    await late
    for x in lateg:
        x
    async for x in lateag:
        x


def other_uses(p):
    m = map(leaf, p)
    cb = leaf
    register(leaf)
    with tags(feature="x"):
        cb(p)  # ok: CMK207
    leaf(p)  # finds: CMK207
    return m


class Base:
    def __init__(self, c: OpenAI) -> None:
        self.c = tagged(c)

    @tags(feature=inherited)
    def ask(self, p):
        return self.c.responses.create(model="gpt-4o-mini", input=p)  # ok: CMK201

    def helper(self, p, feature):
        return tagged(self.c, feature=feature).responses.create(model="gpt-4o-mini", input=p)  # ok: CMK201

    @staticmethod
    def stat(p):
        return tagged(client, feature=inherited).responses.create(model="gpt-4o-mini", input=p)  # ok: CMK201

    @classmethod
    def cls_(cls, p):
        return tagged(client, feature=inherited).responses.create(model="gpt-4o-mini", input=p)  # ok: CMK201

    @property
    def prop(self):
        return tagged(client, feature=inherited).responses.create(model="gpt-4o-mini", input="p")  # ok: CMK201

    def __call__(self, p):
        return tagged(client, feature=inherited).responses.create(model="gpt-4o-mini", input=p)  # ok: CMK201


class Sub(Base):
    @tags(feature="sub")
    def run(self, p):
        self.ask(p)  # ok: CMK207
        super().ask(p)  # ok: CMK207

    def run2(self, p):
        self.ask(p)  # finds: CMK207
        super().ask(p)  # finds: CMK207
        self.helper(p, "x")  # ok: CMK203
        self.helper(p, feature="")  # finds: CMK203
        Base.stat(p)  # finds: CMK207
        self.stat(p)  # finds: CMK207
        self.cls_(p)  # finds: CMK207
        with tags(feature="x"):
            self.stat(p)  # ok: CMK207
            self.prop  # ok: CMK207


def use_obj(p):
    b = Base(client)
    b.ask(p)  # finds: CMK207
    b(p)  # finds: CMK207
    Base(client).ask(p)  # finds: CMK207
    part = partial(b.ask, p)
    part()
    with tags(feature="y"):
        b.ask(p)  # ok: CMK207
        b(p)  # ok: CMK207
        Base(client).ask(p)  # ok: CMK207
