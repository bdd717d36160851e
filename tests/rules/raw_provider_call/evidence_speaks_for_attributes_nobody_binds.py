"""An attribute that holds what nobody in the project passes is a client when it is used as only one can be."""
from __future__ import annotations

import acme
from openai import OpenAI, RateLimitError

from cost_lib import tagged


class Asker:
    def __init__(self, client, plan, other: acme.Client, count=3):
        self.client = client
        self.plan = plan
        self.other = other
        self.count = count
        self.gateway = acme.gateway(client)

    def ask(self, prompt: str) -> object:
        try:
            return self.client.chat.completions.create(model="gpt-4o-mini", messages=[])  # finds: CMK101
        except RateLimitError:
            return None

    def silent(self, prompt: str) -> None:
        self.client.messages.create(max_tokens=9, messages=[])  # ok: CMK101
        self.client.create(prompt)  # ok: CMK101
        self.client.models.list()  # ok: CMK101
        self.other.chat.completions.create(model="gpt-4o-mini", messages=[])  # ok: CMK101
        self.count.chat.completions.create(model="gpt-4o-mini", messages=[])  # ok: CMK101
        self.gateway.chat.completions.create(model="gpt-4o-mini", messages=[])  # ok: CMK101
        tagged(self.client, feature="ask").chat.completions.create(model="gpt-4o-mini", messages=[])  # ok: CMK101, CMK201


class Bound:
    def __init__(self, client):
        self.client = client

    def ask(self, prompt: str) -> object:
        return self.client.responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK101, CMK201


class Wrapped:
    def __init__(self, client):
        self.client = client

    def ask(self, prompt: str) -> object:
        return self.client.responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK101


def callers() -> None:
    Bound(tagged(OpenAI(), feature="bound"))
    Wrapped(acme.gateway())
