"""What a name gives is what its own branch returns."""

from dataclasses import dataclass, field
from functools import partial
from typing import Any

import pool
from pool import Clients, raw_too, safe


def ask(m):
    pool.raw.chat.completions.create(model="gpt-5", messages=m)  # finds: CMK101
    pool.also_raw.chat.completions.create(model="gpt-5", messages=m)  # finds: CMK101
    raw_too.chat.completions.create(model="gpt-5", messages=m)  # finds: CMK101
    pool.safe.chat.completions.create(model="gpt-5", messages=m)  # ok: CMK101 CMK201
    safe.chat.completions.create(model="gpt-5", messages=m)  # ok: CMK101 CMK201
    pool.missing.chat.completions.create(model="gpt-5", messages=m)  # ok: CMK101 CMK201


def ask_an_object(m):
    clients = Clients()
    clients.raw.chat.completions.create(model="gpt-5", messages=m)  # finds: CMK101
    clients.safe.chat.completions.create(model="gpt-5", messages=m)  # ok: CMK101 CMK201
    clients.missing.chat.completions.create(model="gpt-5", messages=m)  # ok: CMK101 CMK201


def given(kind):
    return pool._raw() if kind == "raw" else None


def given_safe(kind):
    return pool._safe()


@dataclass
class Fields:
    client: Any = field(default_factory=partial(given, "raw"))
    other: Any = field(default_factory=partial(given_safe, "safe"))

    def run(self, m):
        self.client.chat.completions.create(model="gpt-5", messages=m)  # finds: CMK101
        self.other.chat.completions.create(model="gpt-5", messages=m)  # ok: CMK101 CMK201
