from contextlib import contextmanager

from openai import OpenAI

_client = OpenAI()


def complete(prompt, *, feature=None, team=None, meta=None):
    return _client.responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK101, CMK201


class Gateway(OpenAI):
    def __init__(self, feature_name=None, team=None):
        super().__init__()

    def warm(self):
        self.responses.create(model="gpt-4o-mini", input="x")  # ok: CMK101


@contextmanager
def attributed(**labels):
    yield


class House:
    def __init__(self):
        self.c = OpenAI()

    def ask(self, prompt, **labels):
        return self.c.responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK101

    def leak(self, prompt):
        return self.c.responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK101


def other(prompt):
    return _client.responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK101
