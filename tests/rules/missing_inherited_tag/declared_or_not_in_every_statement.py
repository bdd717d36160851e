"""Calls in every kind of statement, managers as decorators, closures, recursion, scopes kept in attributes."""
import asyncio
import contextlib
import cost_lib
import functools
from contextlib import AsyncExitStack, ContextDecorator, ExitStack, asynccontextmanager, contextmanager, nullcontext

from openai import AsyncOpenAI, OpenAI

from cost_lib import inherited, record_call, tagged
from cost_lib import tags as T

raw = OpenAI()
llm = tagged(raw)
allm = tagged(AsyncOpenAI())


@contextmanager
def session(name):
    with T(feature=name):
        yield


@session("x")
def by_contextmanager(p):
    llm.responses.create(model="gpt-4o-mini", input=p)  # ok: CMK201


@session(name="x")
@functools.wraps(print)
def by_contextmanager2(p):
    llm.responses.create(model="gpt-4o-mini", input=p)  # ok: CMK201


@asynccontextmanager
async def asession():
    async with T(feature="x"):
        yield


@asession()
async def by_acontextmanager(p):
    await allm.responses.create(model="gpt-4o-mini", input=p)  # ok: CMK201


def closures(p):
    c = tagged(OpenAI(), feature="x")
    d = OpenAI()

    def inner():
        c.responses.create(model="gpt-4o-mini", input=p)  # ok: CMK101, CMK201

        def deeper():
            d.responses.create(model="gpt-4o-mini", input=p)  # finds: CMK101
            c.responses.create(model="gpt-4o-mini", input=p)  # ok: CMK101, CMK201
        return deeper

    def rebinds():
        nonlocal d
        d = tagged(OpenAI(), feature="x")
    return inner, rebinds, lambda: c.responses.create(model="gpt-4o-mini", input=p)  # ok: CMK101, CMK201


def leaf(p):
    return tagged(raw, feature=inherited).responses.create(model="gpt-4o-mini", input=p)  # ok: CMK201


def leaf2(p):
    return tagged(raw.responses, feature=inherited).create(model="gpt-4o-mini", input=p)  # ok: CMK201


def callers(p, flag):
    alias = leaf
    (leaf if flag else leaf2)(p)  # ok: CMK207
    {"a": leaf}["a"](p)  # ok: CMK207
    with (t := T(feature="x")):
        leaf(p)  # ok: CMK207
    with t:
        leaf(p)  # ok: CMK207
    match flag:
        case 1:
            with T(feature="x"):
                leaf(p)  # ok: CMK207
        case _:
            leaf(p)  # finds: CMK207
    try:
        leaf(p)  # finds: CMK207
    except ValueError:
        with T(feature="x"):
            leaf(p)  # ok: CMK207
    finally:
        leaf2(p)  # finds: CMK207
    while leaf(p):  # finds: CMK207
        break
    assert leaf(p)  # finds: CMK207
    if (x := leaf(p)) and leaf2(p):  # finds: CMK207
        return x
    return leaf(p) or leaf2(p), alias  # finds: CMK207


@T(feature=inherited)
def recursive(p, n=0):
    if n > 3:
        return llm.responses.create(model="gpt-4o-mini", input=p)  # ok: CMK201
    return recursive(p, n + 1)  # ok: CMK207


def recursive_no_decl(p, n=0):
    if n > 3:
        return tagged(raw, feature=inherited).responses.create(model="gpt-4o-mini", input=p)  # ok: CMK201
    return recursive_no_decl(p, n + 1)  # ok: CMK207


def calls_recursive(p):
    recursive(p)  # finds: CMK207
    recursive_no_decl(p)  # finds: CMK207
    with T(feature="x"):
        recursive(p)  # ok: CMK207
        recursive_no_decl(p)  # ok: CMK207


def stacks(p, scopes):
    with contextlib.suppress(ValueError) as _, ExitStack() as stack:
        stack.enter_context(T(feature="x"))
        leaf(p)  # ok: CMK207
    with ExitStack() as stack:
        stack.enter_context(session("x"))
        leaf(p)  # ok: CMK207
    with ExitStack() as stack:
        stack.enter_context(T(feature="x"))
        stack.close()
    with ExitStack() as stack:
        with T(feature="y"):
            stack.enter_context(T(team="x"))
            leaf(p)  # ok: CMK207
        leaf(p)  # finds: CMK207


async def astacks(p):
    async with AsyncExitStack() as stack:
        c = await stack.enter_async_context(AsyncOpenAI())
        await stack.enter_async_context(asession())
        await tagged(c).responses.create(model="gpt-4o-mini", input=p)  # ok: CMK201
        await c.responses.create(model="gpt-4o-mini", input=p)  # finds: CMK101
        stack.enter_context(record_call(provider="x", model="y"))
        await c.responses.create(model="gpt-4o-mini", input=p)  # ok: CMK101


def shadow(p):
    tagged = lambda c, **k: c  # noqa
    tagged(raw, feature="x").responses.create(model="gpt-4o-mini", input=p)  # finds: CMK101


def shadow2(p, T):
    with T(feature="x"):
        llm.responses.create(model="gpt-4o-mini", input=p)  # finds: CMK201


def other_names(p):
    getattr(cost_lib, "tagged")(raw, feature="x").responses.create(model="gpt-4o-mini", input=p)  # ok: CMK101
    tagged(*[raw], feature="x").responses.create(model="gpt-4o-mini", input=p)  # ok: CMK101
    cost_lib.tags(feature="x")
    llm.responses.create(model="gpt-4o-mini", input=p)  # finds: CMK201
    with cost_lib.tags(feature="x"):
        llm.responses.create(model="gpt-4o-mini", input=p)  # ok: CMK201


class Agent:
    def __init__(self, llm=None, feature="agent"):
        self.llm = tagged(llm or OpenAI(), feature=feature)
        self.create = tagged(raw, feature="x").responses.create
        self.raw_create = raw.responses.create
        self.feature = feature
        self.scope = T(feature="agent")

    def run(self, p):
        self.llm.responses.create(model="gpt-4o-mini", input=p)  # ok: CMK101, CMK201
        self.create(model="gpt-4o-mini", input=p)  # ok: CMK101, CMK201
        self.raw_create(model="gpt-4o-mini", input=p)  # finds: CMK101
        with self.scope:
            llm.responses.create(model="gpt-4o-mini", input=p)  # ok: CMK201
        with T(feature=self.feature):
            llm.responses.create(model="gpt-4o-mini", input=p)  # ok: CMK201
        tagged(raw, feature=self.feature).responses.create(model="gpt-4o-mini", input=p)  # ok: CMK201

    def with_scope(self):
        return T(feature="agent")

    def use(self, p):
        with self.with_scope():
            llm.responses.create(model="gpt-4o-mini", input=p)  # ok: CMK201
        with self.with_scope() as s, s:
            llm.responses.create(model="gpt-4o-mini", input=p)  # ok: CMK201

    def __enter__(self):
        return self.llm

    def __exit__(self, *a):
        pass


class Untagged:
    def __init__(self):
        pass
        self.llm = llm

    def go(self, p):
        self.llm.responses.create(model="gpt-4o-mini", input=p)  # finds: CMK201


def use(p):
    with Agent() as c:
        c.responses.create(model="gpt-4o-mini", input=p)  # ok: CMK101, CMK201
    Agent(feature="").run(p)  # finds: CMK203
    Agent(OpenAI(), "z").run(p)  # ok: CMK203


if __name__ == "__main__":
    with T(feature="main"):
        callers("x", True)
        llm.responses.create(model="gpt-4o-mini", input="x")  # ok: CMK201
    for feature in ("a", "b"):
        with T(feature=feature):
            llm.responses.create(model="gpt-4o-mini", input="x")  # ok: CMK201
    asyncio.run(astacks("x"))
