"""A ``yield`` inside ``with tags``, however the scope is opened."""
import contextlib
from contextlib import ExitStack, asynccontextmanager, contextmanager

import pytest
from openai import AsyncOpenAI, OpenAI

from cost_lib import record_call, tagged, tags

llm = tagged(OpenAI())
allm = tagged(AsyncOpenAI())


def gen(p):
    with tags(feature="x"):  # finds: CMK208
        for q in p:
            yield llm.responses.create(model="gpt-4o-mini", input=q)  # ok: CMK201


async def agen(p):
    async with tags(feature="x"):  # finds: CMK208
        async for q in await allm.responses.create(model="gpt-4o-mini", input=p, stream=True):  # ok: CMK201
            yield q


def gen2(p):
    with tags(feature="x"):  # ok: CMK208
        r = llm.responses.create(model="gpt-4o-mini", input=p)  # ok: CMK201
    yield r


def gen3(p):
    with open(p), tags(feature="x"):  # finds: CMK208
        yield from llm.responses.create(model="gpt-4o-mini", input=p, stream=True)  # ok: CMK201


@tags(feature="x")
def gen4(p):
    yield llm.responses.create(model="gpt-4o-mini", input=p)  # ok: CMK201, CMK208


@contextmanager
def cm():
    with tags(feature="x"):  # ok: CMK208
        yield llm


@contextlib.asynccontextmanager
async def acm():
    with tags(feature="x"):  # ok: CMK208
        yield


@pytest.fixture
def fix():
    with tags(feature="x"):  # ok: CMK208
        yield llm


@pytest.fixture(scope="session")
def fix2():
    with tags(feature="x"):  # ok: CMK208
        yield llm


@pytest.fixture(autouse=True)
async def fix3():
    with tags(feature="x"):  # ok: CMK208
        yield llm


def nested(p):
    with tags(feature="x"):  # ok: CMK208
        def inner():
            yield 1
        out = (q for q in p)
        return list(inner()), out


def gen5(p):
    with tags(feature="x"):  # finds: CMK208
        with tags(team="y"):  # finds: CMK208
            yield llm.responses.create(model="gpt-4o-mini", input=p)  # ok: CMK201


def gen6(p):
    with ExitStack() as s:
        s.enter_context(tags(feature="x"))  # finds: CMK208
        yield 1


def gen7(p):
    scope = tags(feature="x")
    with scope:  # finds: CMK208
        x = yield
        x


def gen8(p):
    with tags(  # finds: CMK208
        feature="x",
    ):
        yield 1


def gen9(p):
    for q in p:
        with tags(feature="x"):  # ok: CMK208
            r = llm.responses.create(model="gpt-4o-mini", input=q)  # ok: CMK201
        yield r


def gen10(p):
    with tags(feature="x"):  # finds: CMK208
        if p:
            try:
                yield p
            finally:
                pass


class C:
    def __iter__(self):
        with tags(feature="x"):  # finds: CMK208
            yield 1

    @contextmanager
    def cm(self):
        with tags(feature="x"):  # ok: CMK208
            yield 1

    def m(self):
        with self.cm():
            llm.responses.create(model="gpt-4o-mini", input="q")  # ok: CMK201
        with cm() as c:
            c.responses.create(model="gpt-4o-mini", input="q")  # ok: CMK201


def gen11():
    with cm():  # finds: CMK208
        yield llm.responses.create(model="gpt-4o-mini", input="q")  # ok: CMK201


async def user():
    async with acm():
        await allm.responses.create(model="gpt-4o-mini", input="q")  # ok: CMK201
