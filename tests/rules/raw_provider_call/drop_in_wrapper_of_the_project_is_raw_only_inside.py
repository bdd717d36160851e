"""A class of the project with the SDK's surface: what it calls inside is the call, uses of the class are not."""
from types import SimpleNamespace

import openai
from openai import OpenAI

from cost_lib import tagged


class _Completions:
    def __init__(self, inner: OpenAI, retries: int) -> None:
        self._inner = inner
        self._retries = retries

    def create(self, **kwargs: object) -> object:
        return self._inner.chat.completions.create(**kwargs)  # finds: CMK101


class RetryingOpenAI:
    def __init__(self, inner: OpenAI) -> None:
        self.chat = SimpleNamespace(completions=_Completions(inner, 3))
        self.messages = _Completions(inner, 3)


class TaggingOpenAI:
    def __init__(self) -> None:
        self._inner = tagged(OpenAI(), feature="wrapped")

    @property
    def chat(self) -> "TaggingOpenAI":
        return self

    @property
    def completions(self) -> "TaggingOpenAI":
        return self

    def create(self, **kwargs: object) -> object:
        return self._inner.chat.completions.create(**kwargs)  # ok: CMK101, CMK201


class Extended(openai.OpenAI):
    """A subclass inherits what bills."""

    def shout(self, text: str) -> object:
        return self.chat.completions.create(model="gpt-4o-mini", messages=[])  # finds: CMK101


def calls(prompt: str) -> None:
    RetryingOpenAI(OpenAI()).chat.completions.create(model="gpt-4o-mini", messages=[])  # ok: CMK101
    RetryingOpenAI(OpenAI()).messages.create(model="gpt-4o-mini", messages=[])  # ok: CMK101
    TaggingOpenAI().chat.completions.create(model="gpt-4o-mini", messages=[])  # ok: CMK101
    Extended().chat.completions.create(model="gpt-4o-mini", messages=[])  # finds: CMK101
    Extended().shout(prompt)  # ok: CMK101
    tagged(Extended(), feature="x").chat.completions.create(model="gpt-4o-mini", messages=[])  # ok: CMK101, CMK201
