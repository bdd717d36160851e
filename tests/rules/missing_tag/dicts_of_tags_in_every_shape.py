# policy:
# required-tags = ["feature", "team"]
# [[wrappers]]
# name = "acme.ask"
# kind = "call"
# tags = ["keywords", {argument = "labels"}]
"""Tags in dicts: constants, displays, results of functions, typed dicts, merged and filled ones."""
import dataclasses
from types import MappingProxyType
from typing import Final, TypedDict

import acme
from openai import OpenAI

from cost_lib import record_call, tagged, tags

raw = OpenAI()
BASE: Final = {"team": "t"}
FULL = MappingProxyType({"feature": "x", "team": "t"})


class Labels(TypedDict, total=False):
    feature: str
    team: str


class K:
    COMMON = {"feature": "x", "team": "t"}
    PART = {"team": "t"}


def made(feature="x"):
    return {"feature": feature, "team": "t"}


def half():
    return {"team": "t"}


def f(p, flag, unknown):
    tagged(raw, **({"feature": "x", "team": "t"} if flag else {"team": "t"})).responses.create(model="gpt-4o-mini")  # finds: CMK201
    tagged(raw, **({"feature": "x", "team": "t"} if flag else {"feature": "y", "team": "t"})).responses.create(model="gpt-4o-mini")  # ok: CMK201
    labels = {}
    labels["feature"] = "x"
    labels["team"] = "t"
    tagged(raw, **labels).responses.create(model="gpt-4o-mini")  # ok: CMK201
    labels2 = {"team": "t"}
    labels2.update(feature="x")
    tagged(raw, **labels2).responses.create(model="gpt-4o-mini")  # ok: CMK201
    labels3 = {"team": "t"}
    labels3.update({"feature": "x"})
    acme.ask(p, labels=labels3)  # ok: CMK201
    labels4 = BASE | {"feature": "x"}
    acme.ask(p, labels=labels4)  # ok: CMK201
    acme.ask(p, labels=BASE)  # finds: CMK201
    tagged(raw, **FULL).responses.create(model="gpt-4o-mini")  # ok: CMK201
    tagged(raw, **K.COMMON).responses.create(model="gpt-4o-mini")  # ok: CMK201
    tagged(raw, **K.PART).responses.create(model="gpt-4o-mini")  # finds: CMK201
    tagged(raw, **K().PART, feature="x").responses.create(model="gpt-4o-mini")  # ok: CMK201
    tagged(raw, **made()).responses.create(model="gpt-4o-mini")  # ok: CMK201
    tagged(raw, **half()).responses.create(model="gpt-4o-mini")  # finds: CMK201
    with tags(**made()):
        acme.ask(p)  # ok: CMK201
    with tags(**half()):
        acme.ask(p)  # finds: CMK201
        acme.ask(p, feature="x")  # ok: CMK201
    tagged(raw, **Labels(feature="x", team="t")).responses.create(model="gpt-4o-mini")  # ok: CMK201
    tagged(raw, **Labels(team="t")).responses.create(model="gpt-4o-mini")  # finds: CMK201
    typed: Labels = {"feature": "x", "team": "t"}
    tagged(raw, **typed).responses.create(model="gpt-4o-mini")  # ok: CMK201
    tagged(raw, **unknown).responses.create(model="gpt-4o-mini")  # ok: CMK201
    tagged(raw, **{**unknown, "team": "t"}).responses.create(model="gpt-4o-mini")  # ok: CMK201
    tagged(raw, **{k: p for k in ("feature", "team")}).responses.create(model="gpt-4o-mini")  # ok: CMK201
    tagged(raw, **dict(zip(("feature", "team"), p))).responses.create(model="gpt-4o-mini")  # ok: CMK201
    tagged(raw, **{**BASE, "feature": "x"}).responses.create(model="gpt-4o-mini")  # ok: CMK201
    tagged(raw, **dict(BASE)).responses.create(model="gpt-4o-mini")  # finds: CMK201
    tagged(raw, **dict(BASE, feature="x")).responses.create(model="gpt-4o-mini")  # ok: CMK201
    tagged(raw, **dict(**BASE, feature="x")).responses.create(model="gpt-4o-mini")  # ok: CMK201
    tagged(raw, **BASE.copy(), feature="x").responses.create(model="gpt-4o-mini")  # ok: CMK201
    with record_call(provider="p", model="m", **made()):  # ok: CMK201
        raw.responses.create(model="gpt-4o-mini")  # ok: CMK101
    with record_call(provider="p", model="m", **half()):  # finds: CMK201
        raw.responses.create(model="gpt-4o-mini")  # ok: CMK101
    merged = {**BASE}
    if flag:
        merged["feature"] = "x"
    tagged(raw, **merged).responses.create(model="gpt-4o-mini")  # missed: CMK201 (what was put into a dict once counts)
    acme.ask(p, **{"labels": made()})  # ok: CMK201
    acme.ask(p, labels=dict(team="t"), feature="x")  # ok: CMK201
    acme.ask(p, labels={"feature": "", "team": "t"})  # finds: CMK203
    acme.ask(p, labels={"feature": None, "team": "t"})  # finds: CMK203
    acme.ask(
        p,
        labels={
            "feature": "tbd",  # finds: CMK203
            "team": "t",
        },
    )
