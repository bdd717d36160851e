import acme
import acme.core as core
from acme import Llm, Wrapped, aask, ask, openai_client
from acme.core import Completion, Scope, SubLlm, feature_scope
from openai import OpenAI

from cost_lib import tagged, tags

T = {"feature": "x"}


def f(p):
    ask(p)  # finds: CMK201
    ask(p, feature="x")  # ok: CMK201
    acme.ask(p, **T)  # ok: CMK201
    core.ask(p)  # finds: CMK201
    Completion(p)  # finds: CMK201
    Completion(p, use_case="x")  # ok: CMK201
    Completion(p, feature="x")  # finds: CMK201
    Llm().ask(p)  # finds: CMK201
    Llm().ask(p, feature="x")  # ok: CMK201
    SubLlm().ask(p)  # finds: CMK201
    SubLlm().ask(p, feature="x")  # ok: CMK201
    Llm.build().responses.create(model="gpt-4o-mini", input=p)  # finds: CMK201
    Llm.build(feature="x").responses.create(model="gpt-4o-mini", input=p)  # ok: CMK201
    Llm.build().responses.create(model="gpt-4o-mini", input=p, feature="x")  # ok: CMK201
    openai_client().responses.create(model="gpt-4o-mini", input=p)  # finds: CMK201
    openai_client(meta=T).responses.create(model="gpt-4o-mini", input=p)  # ok: CMK201
    openai_client().responses.create(model="gpt-4o-mini", input=p, meta=T)  # ok: CMK201
    openai_client().chat.completions.create(model="gpt-4o-mini", messages=p, **T)  # ok: CMK201
    Wrapped(OpenAI()).responses.create(model="gpt-4o-mini", input=p)  # finds: CMK201
    Wrapped(OpenAI(), feature="x").responses.create(model="gpt-4o-mini", input=p)  # ok: CMK201
    Wrapped(OpenAI()).responses.create(model="gpt-4o-mini", input=p, feature="x")  # ok: CMK201
    w = Wrapped(client=OpenAI())
    w.chat.completions.create(model="gpt-4o-mini", messages=p)  # finds: CMK201
    w.chat.completions.create(model="gpt-4o-mini", messages=p, feature="x")  # ok: CMK201
    with feature_scope("x"):
        ask(p)  # finds: CMK201
    with feature_scope(name="x"):
        ask(p)  # ok: CMK201
    with Scope(feature="x"):
        ask(p)  # ok: CMK201
        w.chat.completions.create(model="gpt-4o-mini", messages=p)  # ok: CMK201
        OpenAI().responses.create(model="gpt-4o-mini", input=p)  # finds: CMK101
    with Scope(team="x"):
        ask(p)  # finds: CMK201
    with tags(feature="x"):
        Llm().ask(p)  # ok: CMK201
        openai_client().responses.create(model="gpt-4o-mini", input=p)  # ok: CMK201


@Scope(feature="x")
def g(p):
    ask(p)  # ok: CMK201


@feature_scope(name="x")
async def h(p):
    await aask(p)  # ok: CMK201


async def i(p):
    await aask(p)  # finds: CMK201
    await aask(p, meta={"feature": "x"})  # ok: CMK201
    await aask(p, feature="x")  # ok: CMK201
    with Scope(**T):
        await aask(p)  # ok: CMK201


class Uses:
    def __init__(self):
        self.llm = Llm()
        self.client = openai_client(feature="x")
        self.bare = openai_client()

    def run(self, p):
        self.llm.ask(p)  # finds: CMK201
        self.llm.ask(p, **T)  # ok: CMK201
        self.client.responses.create(model="gpt-4o-mini", input=p)  # ok: CMK201
        self.bare.responses.create(model="gpt-4o-mini", input=p)  # finds: CMK201
        with Scope(feature="x"):
            self.bare.responses.create(model="gpt-4o-mini", input=p)  # ok: CMK201


def helper(p, **kw):
    ask(p, **kw)  # ok: CMK201


def helper2(p, feature):
    with Scope(feature=feature):
        ask(p)  # ok: CMK201


def helper3(p, use_case="x"):
    Completion(p, use_case=use_case)  # ok: CMK201


def use(p):
    helper(p, feature="")  # finds: CMK203
    helper(p, feature="x")  # ok: CMK203
    helper(p)  # ok: CMK207
    helper2(p, "")  # finds: CMK203
    helper2(p, feature="x")  # ok: CMK203
    helper3(p)  # ok: CMK203
    helper3(p, use_case="")  # finds: CMK203


def outer(p, **kw):
    helper(p, **kw)


def outermost(p, **labels):
    outer(p, **labels)


def named(p, *, feature):
    ask(p, feature=feature)  # ok: CMK201


def spreads(p):
    outer(p, feature=" ")  # finds: CMK203
    outermost(p, feature="todo")  # finds: CMK203
    outermost(p, feature="x")  # ok: CMK203
    named(p, **{"feature": ""})  # finds: CMK203
    named(p, **T)  # ok: CMK203
    helper(p, **{"feature": ""})  # finds: CMK203
    helper(p, **T)  # ok: CMK203
