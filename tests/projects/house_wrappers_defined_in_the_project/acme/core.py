import contextlib
import functools

from openai import AsyncOpenAI, OpenAI

_c = OpenAI()
_a = AsyncOpenAI()


@functools.wraps(print)
def ask(prompt, **kw):
    def send():
        return _c.responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK101
    return send()


async def aask(prompt, meta=None, **kw):
    return await _a.responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK101


class Completion:
    client = OpenAI()

    def __init__(self, prompt, use_case=None):
        self.out = self.client.responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK101


class Llm:
    def __init__(self):
        self.c = OpenAI()

    def ask(self, prompt, feature=None):
        return self.c.responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK101

    def other(self, prompt):
        return self.c.responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK101

    @classmethod
    def build(cls, **kw):
        return OpenAI()


class SubLlm(Llm):
    def twice(self, prompt):
        self.ask(prompt)  # finds: CMK201
        self.ask(prompt, feature="x")  # ok: CMK201
        super().ask(prompt)  # finds: CMK201


def openai_client(**kw) -> OpenAI:
    return OpenAI()


class Wrapped:
    def __init__(self, client, **kw):
        self._client = client

    def __getattr__(self, name):
        return getattr(self._client, name)


def feature_scope(name):
    return contextlib.nullcontext()


class Scope:
    def __init__(self, **kw):
        pass

    def __enter__(self):
        return self

    def __exit__(self, *a):
        pass


def not_a_wrapper(prompt):
    return _c.responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK101
