"""A function that happens to be called ``tagged`` is judged by what it returns."""
from acme_telemetry import tagged as foreign
from openai import OpenAI

import cost_lib
from cost_lib import tagged as real


def tagged(client, **labels):
    print(labels)
    return client


def instrument(client, name):
    """Return a client that carries a tag."""
    return real(client, feature="instrumented")


client = OpenAI()
wrapped = tagged(OpenAI(), feature="chat")
honest = instrument(OpenAI(), "chat")
unknown = foreign(OpenAI(), feature="chat")


def calls(prompt: str) -> None:
    wrapped.responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK101
    tagged(client, feature="chat").responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK101
    honest.responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK101, CMK201
    unknown.responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK101
    real(client, feature="chat").responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK101, CMK201
    cost_lib.tagged(client, feature="chat").responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK101, CMK201


def shadowed(tagged, prompt: str) -> None:
    tagged(client, feature="chat").responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK101


def local_import(prompt: str) -> None:
    from cost_lib import tagged

    tagged(client, feature="chat").responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK101, CMK201
