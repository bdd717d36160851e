"""Callers are not asked where the function itself, or the receiver, proves the tag whatever they pass."""
from openai import OpenAI

from cost_lib import inherited, tagged, tags

raw = OpenAI()
named = tagged(raw, feature="named")


@tags(feature="chat")
def decorated(prompt, feature=None):
    return tagged(raw, feature=feature).responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK201


def inside(prompt, feature=None):
    with tags(feature="chat"):
        return tagged(raw, feature=feature).responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK201


def on_a_named_client(prompt, feature=None):
    return tagged(named, feature=feature).responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK201


def alone(prompt, feature=None):
    return tagged(raw, feature=feature).responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK201


def alone_inherited(prompt, feature=inherited):
    return tagged(raw, feature=feature).responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK201


def raw_anyway(prompt, feature=None):
    with tags(feature=feature):
        return raw.responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK101


def callers(prompt):
    decorated(prompt)  # ok: CMK207
    inside(prompt)  # ok: CMK207
    on_a_named_client(prompt)  # ok: CMK207
    on_a_named_client(prompt, inherited)  # ok: CMK207
    raw_anyway(prompt)  # ok: CMK207
    alone(prompt)  # finds: CMK207
    alone_inherited(prompt)  # finds: CMK207
    alone(prompt, inherited)  # ok: CMK207
    decorated(prompt, "")  # finds: CMK203
    with tags(feature="x"):
        alone_inherited(prompt)  # ok: CMK207
        alone(prompt, inherited)  # ok: CMK207


def asks_callers_for_inherited(prompt):
    callers(prompt)  # finds: CMK207
