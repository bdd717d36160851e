"""Scopes with several items, in names, partials, dicts and stacks; decorators in every order."""
import asyncio
import contextlib
from contextlib import AsyncExitStack, ExitStack, asynccontextmanager, contextmanager, nullcontext
from functools import partial, wraps

from openai import AsyncOpenAI, OpenAI

from cost_lib import inherited, tagged, tags

llm = tagged(OpenAI())
allm = tagged(AsyncOpenAI())
SCOPE = tags(feature="held")
with_feature = partial(tags, feature="part")


def outside_inside(p):
    with llm.responses.create(model="gpt-4o-mini", input=p), tags(feature="x"):  # finds: CMK201
        pass
    with tags(feature="x"), llm.responses.create(model="gpt-4o-mini", input=p) as s:  # ok: CMK201
        s
    with llm.responses.stream(model="gpt-4o-mini", input=p) as s, tags(feature="x"):  # finds: CMK201
        s
    with (
        open(p) as f,
        tags(feature="x"),
        llm.responses.stream(model="gpt-4o-mini", input=p) as s,  # ok: CMK201
    ):
        f, s
    with SCOPE:
        llm.responses.create(model="gpt-4o-mini", input=p)  # ok: CMK201
    with with_feature():
        llm.responses.create(model="gpt-4o-mini", input=p)  # ok: CMK201
    with tags(feature="x") as t:
        llm.responses.create(model="gpt-4o-mini", input=p)  # ok: CMK201
    with t:
        llm.responses.create(model="gpt-4o-mini", input=p)  # ok: CMK201
    with contextlib.suppress(Exception), tags(feature="x"):
        llm.responses.create(model="gpt-4o-mini", input=p)  # ok: CMK201
    with tags(team="x"), tags(feature="x"):
        llm.responses.create(model="gpt-4o-mini", input=p)  # ok: CMK201
    with tags():
        llm.responses.create(model="gpt-4o-mini", input=p)  # finds: CMK201
    with tags(**{"feature": "x"}):
        llm.responses.create(model="gpt-4o-mini", input=p)  # ok: CMK201
    with tags(**{"team": "x"}):
        llm.responses.create(model="gpt-4o-mini", input=p)  # finds: CMK201


def conditional(p, flag):
    with tags(feature="x") if flag else tags(feature="y"):
        llm.responses.create(model="gpt-4o-mini", input=p)  # ok: CMK201
    with tags(feature="x") if flag else nullcontext():
        llm.responses.create(model="gpt-4o-mini", input=p)  # finds: CMK201
    with tags(feature="x") if flag else tags(team="t"):
        llm.responses.create(model="gpt-4o-mini", input=p)  # finds: CMK201
    s = tags(feature="x")
    if flag:
        s = nullcontext()
    with s:
        llm.responses.create(model="gpt-4o-mini", input=p)  # finds: CMK201
    if flag:
        s = tags(feature="x")
    else:
        s = tags(feature="y")
    with s:
        llm.responses.create(model="gpt-4o-mini", input=p)  # ok: CMK201
    if flag:
        with tags(feature="x"):
            llm.responses.create(model="gpt-4o-mini", input=p)  # ok: CMK201
    else:
        llm.responses.create(model="gpt-4o-mini", input=p)  # finds: CMK201
    scopes = {"a": tags(feature="a"), "b": tags(feature="b")}
    with scopes[flag]:
        llm.responses.create(model="gpt-4o-mini", input=p)  # ok: CMK201
    scopes = {"a": tags(feature="a"), "b": tags(team="b")}
    with scopes[flag]:
        llm.responses.create(model="gpt-4o-mini", input=p)  # finds: CMK201
    with scopes["a"]:
        llm.responses.create(model="gpt-4o-mini", input=p)  # ok: CMK201


def scope_around_tagged_not_call(p):
    with tags(feature="x"):
        c = tagged(OpenAI())
    c.responses.create(model="gpt-4o-mini", input=p)  # finds: CMK201
    create = c.responses.create
    with tags(feature="x"):
        create(model="gpt-4o-mini", input=p)  # ok: CMK201
    create(model="gpt-4o-mini", input=p)  # finds: CMK201
    with tags(feature="x"):
        create2 = c.responses.create
    create2(model="gpt-4o-mini", input=p)  # finds: CMK201


def stacks(p, flag):
    stack = ExitStack()
    with stack:
        stack.enter_context(tags(feature="x"))
        llm.responses.create(model="gpt-4o-mini", input=p)  # ok: CMK201
    llm.responses.create(model="gpt-4o-mini", input=p)  # finds: CMK201
    with ExitStack() as es:
        es.enter_context(open(p))
        es.enter_context(SCOPE)
        llm.responses.create(model="gpt-4o-mini", input=p)  # ok: CMK201
    with contextlib.ExitStack() as es, open(p):
        es.enter_context(tags(team="t"))
        es.enter_context(tags(feature="t"))
        llm.responses.create(model="gpt-4o-mini", input=p)  # ok: CMK201
    with ExitStack() as es:
        for name in ("a", "b"):
            es.enter_context(tags(feature=name))
        llm.responses.create(model="gpt-4o-mini", input=p)  # finds: CMK201
    with ExitStack() as es:
        enter = es.enter_context
        enter(tags(feature="x"))
        llm.responses.create(model="gpt-4o-mini", input=p)  # ok: CMK201
    with ExitStack() as es:
        if flag:
            es.enter_context(tags(feature="a"))
        else:
            es.enter_context(tags(feature="b"))
        llm.responses.create(model="gpt-4o-mini", input=p)  # ok: CMK201
    with ExitStack() as es:
        try:
            es.enter_context(tags(feature="a"))
        finally:
            pass
        llm.responses.create(model="gpt-4o-mini", input=p)  # ok: CMK201
    with ExitStack() as es:
        x = es.enter_context(tags(feature="a"))
        es.pop_all()
        x


def nested(p):
    with tags(feature="x"):
        class C:
            a = llm.responses.create(model="gpt-4o-mini", input=p)  # finds: CMK201
            b = [llm.responses.create(model="gpt-4o-mini", input=q) for q in p]  # finds: CMK201

            @tags(feature="y")
            def m(self):
                llm.responses.create(model="gpt-4o-mini", input=p)  # ok: CMK201

        def f(a=llm.responses.create(model="gpt-4o-mini", input=p)):  # ok: CMK201
            llm.responses.create(model="gpt-4o-mini", input=p)  # finds: CMK201

        g = lambda: llm.responses.create(model="gpt-4o-mini", input=p)  # finds: CMK201
        any(llm.responses.create(model="gpt-4o-mini", input=q) for q in llm.responses.create(model="gpt-4o-mini", input=p))  # finds: CMK201
        list(q for q in llm.responses.create(model="gpt-4o-mini", input=p).output)  # ok: CMK201
        (lambda: llm.responses.create(model="gpt-4o-mini", input=p))()  # finds: CMK201
        {q: llm.responses.create(model="gpt-4o-mini", input=q) for q in p}  # ok: CMK201
        f(), g(), C


def deco(p):
    @tags(feature="x")
    def inner():
        return llm.responses.create(model="gpt-4o-mini", input=p)  # ok: CMK201

    @wraps(inner)
    @tags(feature="x")
    def inner2():
        return llm.responses.create(model="gpt-4o-mini", input=p)  # ok: CMK201

    @tags(feature="x")
    @wraps(inner)
    def inner3():
        return llm.responses.create(model="gpt-4o-mini", input=p)  # ok: CMK201

    @tags(team="x")
    @tags(feature="x")
    def inner4():
        return llm.responses.create(model="gpt-4o-mini", input=p)  # ok: CMK201

    @SCOPE
    def inner5():
        return llm.responses.create(model="gpt-4o-mini", input=p)  # ok: CMK201

    @tags(feature="x")
    def outer():
        def inside():
            return llm.responses.create(model="gpt-4o-mini", input=p)  # finds: CMK201
        return inside

    return inner, inner2, inner3, inner4, inner5, outer


class K:
    @tags(feature="x")
    @staticmethod
    def s(p):
        return llm.responses.create(model="gpt-4o-mini", input=p)  # ok: CMK201

    @staticmethod
    @tags(feature="x")
    def s2(p):
        return llm.responses.create(model="gpt-4o-mini", input=p)  # ok: CMK201

    @tags(feature="x")
    @classmethod
    def c(cls, p):
        return llm.responses.create(model="gpt-4o-mini", input=p)  # ok: CMK201

    @classmethod
    @tags(feature="x")
    def c2(cls, p):
        return llm.responses.create(model="gpt-4o-mini", input=p)  # ok: CMK201

    @property
    @tags(feature="x")
    def prop(self):
        return llm.responses.create(model="gpt-4o-mini", input="p")  # ok: CMK201

    @tags(feature="x")
    async def a(self, p):
        await allm.responses.create(model="gpt-4o-mini", input=p)  # ok: CMK201
        async with tags(feature="y"):
            await allm.responses.create(model="gpt-4o-mini", input=p)  # ok: CMK201
        await asyncio.gather(*(allm.responses.create(model="gpt-4o-mini", input=q) for q in p))  # finds: CMK201
        await asyncio.gather(*[allm.responses.create(model="gpt-4o-mini", input=q) for q in p])  # ok: CMK201
        [await allm.responses.create(model="gpt-4o-mini", input=q) for q in p]  # ok: CMK201
        async for chunk in await allm.responses.create(model="gpt-4o-mini", input=p, stream=True):  # ok: CMK201
            chunk


from fastapi import APIRouter, FastAPI
from celery import Celery, shared_task
import flask

app = FastAPI()
router = APIRouter()
celery = Celery()
fl = flask.Flask(__name__)


@tags(feature="x")
@app.get("/a")
def above_route(p):
    return llm.responses.create(model="gpt-4o-mini", input=p)  # finds: CMK201


@app.get("/a")
@tags(feature="x")
def below_route(p):
    return llm.responses.create(model="gpt-4o-mini", input=p)  # ok: CMK201


@tags(feature="x")
@router.post("/a")
async def above_route2(p):
    return await allm.responses.create(model="gpt-4o-mini", input=p)  # finds: CMK201


@tags(feature="x")
@celery.task
def above_task(p):
    return llm.responses.create(model="gpt-4o-mini", input=p)  # finds: CMK201


@tags(feature="x")
@shared_task(bind=True)
def above_task2(self, p):
    return llm.responses.create(model="gpt-4o-mini", input=p)  # finds: CMK201


@shared_task
@tags(feature="x")
def below_task(p):
    return llm.responses.create(model="gpt-4o-mini", input=p)  # ok: CMK201


@tags(feature="x")
@fl.route("/x", methods=["POST"])
def above_flask():
    return llm.responses.create(model="gpt-4o-mini", input="p")  # finds: CMK201


@tags(feature="z")
@app.get("/a")
@tags(feature="x")
def both(p):
    return llm.responses.create(model="gpt-4o-mini", input=p)  # ok: CMK201
