# policy:
# required-tags = ["feature", "team"]
# [tags.tier]
# [features.chat]
# [features.search]
# [[wrappers]]
# name = "acme_llm.complete"
# kind = "call"
# tags = ["keywords", {argument = "tags"}, {feature = "feature_name"}]
# [[wrappers]]
# name = "acme_llm.only"
# kind = "call"
# tags = {feature = "feature_name", team = "owner"}
# [[wrappers]]
# name = "acme_llm.as_dict"
# kind = "call"
# tags = {argument = "meta"}
# [[wrappers]]
# name = "acme_llm.Client.complete"
# kind = "call"
# [[wrappers]]
# name = "acme_llm.make_client"
# kind = "client"
# client = "openai.OpenAI"
# tags = ["keywords", {argument = "labels"}]
# [[wrappers]]
# name = "acme_llm.make_async"
# kind = "client"
# client = "openai.AsyncOpenAI"
# [[wrappers]]
# name = "acme_llm.wrap"
# kind = "client"
# [[wrappers]]
# name = "acme_llm.TrackedOpenAI"
# kind = "client"
# client = "openai.OpenAI"
# tags = {feature = "feature_name", team = "team_name"}
# [[wrappers]]
# name = "acme_llm.attribution"
# kind = "scope"
# tags = ["keywords", {argument = "labels"}]
# [[wrappers]]
# name = "acme_llm.ctx.feature"
# kind = "scope"
# tags = {feature = "name"}
"""House wrappers of every kind with every form of tags, several at once and at the leaf call."""
import asyncio
from functools import partial

import acme_llm
import acme_llm as al
import acme_llm.ctx
from acme_llm import Client, TrackedOpenAI, as_dict, attribution, complete, make_async, make_client, only, wrap
from openai import AsyncOpenAI, OpenAI

from cost_lib import inherited, tagged, tags

TAGS = {"feature": "chat", "team": "t"}
RENAMED = {"feature_name": "chat", "team": "t"}
PART = dict(team="t")
FULL = {**PART, "feature": "chat"}
FULL2 = PART | {"feature": "chat"}


def calls(p, kw, feature):
    complete(p, feature="chat", team="t")  # ok: CMK201
    complete(p, feature_name="chat", team="t")  # ok: CMK201
    complete(p, tags={"feature": "chat"}, team="t")  # ok: CMK201
    complete(p, tags={"team": "t"}, feature_name="chat")  # ok: CMK201
    complete(p, **TAGS)  # ok: CMK201
    complete(p, **RENAMED)  # ok: CMK201
    complete(p, **PART, feature="chat")  # ok: CMK201
    complete(p, **PART, tags={"feature": "chat"})  # ok: CMK201
    complete(p, **PART)  # finds: CMK201
    complete(p, **FULL)  # ok: CMK201
    complete(p, **FULL2)  # ok: CMK201
    complete(p, tags=FULL2)  # ok: CMK201
    complete(p, tags=PART)  # finds: CMK201
    complete(p, **{"tags": FULL})  # ok: CMK201
    complete(p, **{"tags": PART})  # finds: CMK201
    complete(p, **{"tags": {"feature": "chat", "team": "t"}})  # ok: CMK201
    complete(p, **kw)  # ok: CMK201
    complete(p, **kw, team="t")  # ok: CMK201
    complete(p, tags=kw)  # ok: CMK201
    complete(p, tags=dict(PART, feature="chat"))  # ok: CMK201
    complete(p, feature="chta", team="t")  # finds: CMK202
    complete(p, feature="", team="t")  # finds: CMK203
    complete(p, feature_name="", team="t")  # finds: CMK203
    complete(p, tags={"feature": "tbd", "team": "t"})  # finds: CMK203
    complete(p, featuer="chat", team="t", colour=3)  # finds: CMK201
    complete(p, feature=feature, team="t")  # ok: CMK201
    only(p, feature_name="chat", owner="t")  # ok: CMK201
    only(p, feature="chat", team="t")  # finds: CMK201
    only(p, feature_name="chat", team="t")  # finds: CMK201
    only(p, **{"feature_name": "chat", "owner": "t"})  # ok: CMK201
    as_dict(p, meta=TAGS)  # ok: CMK201
    as_dict(p, meta={"feature": "chat"})  # finds: CMK201
    as_dict(p, **TAGS)  # finds: CMK201
    as_dict(p, feature="chat", team="t")  # finds: CMK201
    with attribution(feature="chat", team="t"):
        complete(p)  # ok: CMK201
        only(p)  # ok: CMK201
        as_dict(p)  # ok: CMK201
        tagged(OpenAI()).responses.create(model="gpt-4o-mini", input=p)  # ok: CMK201
        OpenAI().responses.create(model="gpt-4o-mini", input=p)  # finds: CMK101
    with attribution(labels={"feature": "chat", "team": "t"}):
        complete(p)  # ok: CMK201
    with attribution(labels=PART):
        complete(p)  # finds: CMK201
        complete(p, feature="chat")  # ok: CMK201
    with acme_llm.ctx.feature(name="chat"), attribution(**PART):
        complete(p)  # ok: CMK201
    with acme_llm.ctx.feature(feature="chat"), attribution(**PART):
        complete(p)  # finds: CMK201
    with tags(feature="chat", team="t"):
        al.complete(p)  # ok: CMK201
    ask = partial(complete, feature="chat", team="t")
    ask(p)  # ok: CMK201
    ask2 = partial(complete, team="t")
    ask2(p)  # finds: CMK201
    ask2(p, feature="chat")  # ok: CMK201
    alias = complete
    alias(p)  # finds: CMK201
    alias(p, **TAGS)  # ok: CMK201
    [complete(q, **TAGS) for q in p]  # ok: CMK201
    run = lambda q: complete(q, **TAGS)  # ok: CMK201
    run(p)


@attribution(feature="chat", team="t")
def decorated(p):
    complete(p)  # ok: CMK201
    tagged(OpenAI()).responses.create(model="gpt-4o-mini", input=p)  # ok: CMK201

    def inner():
        complete(p)  # finds: CMK201
    inner()


@attribution(team="t")
@acme_llm.ctx.feature(name="chat")
async def decorated2(p):
    await complete(p)  # ok: CMK201


def methods(p):
    c = Client("k")
    c.complete(p, feature="chat", team="t")  # ok: CMK201
    c.complete(p)  # finds: CMK201
    c.other(p)  # ok: CMK201
    Client("k").complete(p)  # finds: CMK201
    with Client("k") as d:
        d.complete(p)  # finds: CMK201
        d.complete(p, **TAGS)  # ok: CMK201


class UsesClient:
    def __init__(self, client: Client):
        self.client = client
        self.own = acme_llm.Client("k")
        self.tracked = TrackedOpenAI(feature_name="chat", team_name="t")
        self.made = make_client(**PART)

    def run(self, p):
        self.own.complete(p)  # finds: CMK201
        self.client.complete(p)  # finds: CMK201
        self.client.complete(p, **TAGS)  # ok: CMK201
        self.tracked.responses.create(model="gpt-4o-mini", input=p)  # ok: CMK201
        self.made.responses.create(model="gpt-4o-mini", input=p)  # finds: CMK201
        self.made.responses.create(model="gpt-4o-mini", input=p, feature="chat")  # ok: CMK201
        with tags(feature="chat"):
            self.made.responses.create(model="gpt-4o-mini", input=p)  # ok: CMK201


def clients(p):
    c = make_client(feature="chat", team="t")
    c.responses.create(model="gpt-4o-mini", input=p)  # ok: CMK201
    c.chat.completions.create(model="gpt-4o-mini", messages=p)  # ok: CMK201
    c.models.list()  # ok: CMK201
    d = make_client(labels={"feature": "chat"})
    d.responses.create(model="gpt-4o-mini", input=p)  # finds: CMK201
    d.responses.create(model="gpt-4o-mini", input=p, team="t")  # ok: CMK201
    d.responses.create(model="gpt-4o-mini", input=p, labels={"team": "t"})  # ok: CMK201
    d.responses.create(model="gpt-4o-mini", input=p, **PART)  # ok: CMK201
    d.with_options(timeout=3).responses.create(model="gpt-4o-mini", input=p, **PART)  # ok: CMK201
    d.with_options(timeout=3).responses.create(model="gpt-4o-mini", input=p)  # finds: CMK201
    r = d.chat.completions
    r.create(model="gpt-4o-mini", messages=p, team="t")  # ok: CMK201
    r.create(model="gpt-4o-mini", messages=p)  # finds: CMK201
    w = wrap(OpenAI(), feature="chat")
    w.responses.create(model="gpt-4o-mini", input=p)  # finds: CMK201
    w.responses.create(model="gpt-4o-mini", input=p, team="t")  # ok: CMK201
    wrap(OpenAI()).responses.create(model="gpt-4o-mini", input=p, **TAGS)  # ok: CMK201
    wrap().chat.completions.create(model="gpt-4o-mini", messages=p)  # finds: CMK201
    wrap(**TAGS).chat.completions.create(model="gpt-4o-mini", messages=p)  # ok: CMK201
    TrackedOpenAI(feature="chat", team="t").responses.create(model="gpt-4o-mini", input=p)  # finds: CMK201
    TrackedOpenAI(team_name="t").responses.create(model="gpt-4o-mini", input=p, feature_name="chat")  # ok: CMK201
    tagged(wrap(OpenAI()), **TAGS).responses.create(model="gpt-4o-mini", input=p)  # ok: CMK201
    tagged(make_client(team="t"), feature="chat").responses.create(model="gpt-4o-mini", input=p)  # ok: CMK201


async def aclients(p):
    c = make_async(feature="chat", team="t")
    await c.responses.create(model="gpt-4o-mini", input=p)  # ok: CMK201
    d = make_async()
    await d.responses.create(model="gpt-4o-mini", input=p)  # finds: CMK201
    await asyncio.gather(*[d.responses.create(model="gpt-4o-mini", input=q, **TAGS) for q in p])  # ok: CMK201
    async with make_async(**TAGS) as e:
        await e.responses.create(model="gpt-4o-mini", input=p)  # ok: CMK201
    async with make_async(**PART) as e:
        await e.responses.create(model="gpt-4o-mini", input=p)  # finds: CMK201


def helper(p, feature, **kw):
    return complete(p, feature=feature, team="t")  # ok: CMK201


def helper2(p, **kw):
    return complete(p, **kw)  # ok: CMK201


def helper3(p):
    return complete(p, feature=inherited, team="t")  # ok: CMK201


def helper4(p, feature_name):
    return complete(p, feature_name=feature_name, team="t")  # ok: CMK201


def helper5(p, tags):
    return complete(p, tags=tags)  # ok: CMK201


def use_helpers(p):
    helper(p, "chat")  # ok: CMK203
    helper(p, "")  # finds: CMK203
    helper(p, feature="chta")  # finds: CMK202
    helper2(p, feature="chat", team="t")  # ok: CMK201
    helper3(p)  # finds: CMK207
    helper4(p, feature_name=" ")  # finds: CMK203
    with tags(feature="chat"):
        helper3(p)  # ok: CMK207
    helper5(p, TAGS)
