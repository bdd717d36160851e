"""Receivers that are stored, given or merged, below scopes and decorators."""
from openai import OpenAI

from cost_lib import inherited, tagged, tags

client = OpenAI()
stored = tagged(client, feature="stored")
team = tagged(client, team="t")


def a(p):
    with tags(feature="scope"):
        stored.responses.create(model="gpt-4o-mini", input=p)  # finds: CMK209
        tagged(client, feature="call").responses.create(model="gpt-4o-mini", input=p)  # ok: CMK209
        team.responses.create(model="gpt-4o-mini", input=p)  # ok: CMK209
        tagged(stored, feature="call").responses.create(model="gpt-4o-mini", input=p)  # ok: CMK209
        tagged(stored, team="x").responses.create(model="gpt-4o-mini", input=p)  # finds: CMK209
        inner = tagged(client, feature="inner")
        inner.responses.create(model="gpt-4o-mini", input=p)  # ok: CMK209
    with tags(feature="stored"):
        stored.responses.create(model="gpt-4o-mini", input=p)  # ok: CMK209
    with tags(team="other"):
        stored.responses.create(model="gpt-4o-mini", input=p)  # ok: CMK209
        team.responses.create(model="gpt-4o-mini", input=p)  # finds: CMK209, CMK201
    local = tagged(client, feature="local")
    with tags(feature="scope"):
        local.responses.create(model="gpt-4o-mini", input=p)  # finds: CMK209
        r = local.responses
        r.create(model="gpt-4o-mini", input=p)  # finds: CMK209
    stored.responses.create(model="gpt-4o-mini", input=p)  # ok: CMK209


@tags(feature="deco")
def b(p):
    stored.responses.create(model="gpt-4o-mini", input=p)  # finds: CMK209
    tagged(client, feature="call").responses.create(model="gpt-4o-mini", input=p)  # ok: CMK209
    with tags(feature="scope"):
        tagged(client).responses.create(model="gpt-4o-mini", input=p)  # ok: CMK209
        mine = tagged(client, feature="w")
        mine.responses.create(model="gpt-4o-mini", input=p)  # ok: CMK209


def c(p, feature):
    with tags(feature=feature):
        stored.responses.create(model="gpt-4o-mini", input=p)  # ok: CMK209


def d(p, llm):
    with tags(feature="scope"):
        llm.responses.create(model="gpt-4o-mini", input=p)  # finds: CMK209


d("x", tagged(OpenAI(), feature="given"))


def e(p):
    with tags(feature=inherited):
        stored.responses.create(model="gpt-4o-mini", input=p)  # ok: CMK209


class K:
    def __init__(self):
        self.llm = tagged(OpenAI(), feature="k")

    def run(self, p):
        with tags(feature="scope"):
            self.llm.responses.create(model="gpt-4o-mini", input=p)  # finds: CMK209
        self.llm.responses.create(model="gpt-4o-mini", input=p)  # ok: CMK209
