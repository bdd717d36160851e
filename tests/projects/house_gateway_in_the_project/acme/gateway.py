"""The house's sanctioned way to call a model."""
from contextlib import contextmanager

from anthropic import Anthropic
from openai import OpenAI

_openai = OpenAI()


def complete(prompt: str, *, tags: dict[str, str] | None = None, **labels: str) -> object:
    print(tags, labels)
    return _openai.responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK101


def client_for(feature_name: str) -> Anthropic:
    print(feature_name)
    return Anthropic()


@contextmanager
def scope(**labels: str):
    print(labels)
    yield


def not_configured(prompt: str) -> object:
    return _openai.responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK101
