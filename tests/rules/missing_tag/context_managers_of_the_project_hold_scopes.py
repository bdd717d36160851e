# policy:
# required-tags = ["feature", "team"]
"""A context manager of the project proves what every way to its ``yield`` proves."""
from contextlib import contextmanager

from openai import OpenAI

from cost_lib import record_call, tagged, tags

client = OpenAI()
llm = tagged(client)


@contextmanager
def nested(name: str):
    with tags(team="growth"):
        with tags(feature=name):
            yield


@contextmanager
def sometimes(big: bool):
    if big:
        with tags(feature="big", team="growth"):
            yield
    else:
        yield


@contextmanager
@tags(feature="chat", team="growth")
def decorated():
    yield


@contextmanager
def recorded():
    with record_call(provider="acme", model="acme-1", feature="chat", team="growth") as call:
        yield call


def uses(prompt: str, big: bool) -> None:
    with nested("chat"):
        llm.responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK201
    with sometimes(big):
        llm.responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK201
    with decorated():
        llm.responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK201
    with recorded():
        client.responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK101
