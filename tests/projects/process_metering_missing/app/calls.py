"""Relies on the meter."""
from openai import OpenAI

from cost_lib import tags

client = OpenAI()


def ask(prompt: str) -> object:
    with tags(feature="ask"):
        return client.responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK101, CMK201


def ask_untagged(prompt: str) -> object:
    return client.responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK201
