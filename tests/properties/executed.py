"""Generated programs that run: helpers that are given clients and tags, called under scopes of every kind."""

from __future__ import annotations

from random import Random
from typing import Final, TypeVar

T = TypeVar("T")

HEAD: Final = """\
from contextlib import ExitStack, contextmanager
from functools import partial
from openai import OpenAI
from cost_lib import inherited, tagged, tags
YES, NO, NAME = True, False, "chat"
LABELS, PART = {"feature": "chat"}, {"team": "t"}
SCOPE = tags(feature="scope")
RAW, TAGGED, NAMED = OpenAI(), tagged(OpenAI(), team="t"), tagged(OpenAI(), feature=NAME)
def make(): return OpenAI()
def make_named(): return tagged(make(), feature="made")
@contextmanager
def session(name):
    with tags(feature=name):
        yield
class Hold:
    def __init__(self, client):
        self.client = client
    @property
    def named(self):
        return tagged(self.client, feature="held")
HOLD, POOL = Hold(TAGGED), {"a": RAW, "b": TAGGED}
"""
CLIENTS: Final = ["RAW", "TAGGED", "NAMED", "OpenAI()", "make()", "make_named()", "HOLD.client", "HOLD.named", "POOL['a']", "POOL['b']"]
PARAMETERS: Final = [[], ["client"], ["feature"], ["client", "feature"], ["client", "feature=None"], ["feature='chat'"], ["client=TAGGED"]]


class Author:
    """Writes one program, by chance."""

    def __init__(self, seed: int) -> None:
        """Write what ``seed`` says."""
        self._chance = Random(seed)  # noqa: S311  nothing secret
        self._lines: list[str] = []
        self._helpers: list[tuple[str, list[str]]] = []
        self._names = 0

    def program(self) -> str:
        """Return a program."""
        for number in range(self._chance.randint(1, 3)):
            parameters = self._one(PARAMETERS)
            if self._chance.random() < 0.4:
                self._add(0, f"@tags({self._labels([])})")
            self._add(0, f"def help{number}({', '.join(parameters)}):")
            self._block(1, [part.partition("=")[0] for part in parameters], 2)
            self._helpers.append((f"help{number}", parameters))
        self._block(0, [], 3)
        return HEAD + "".join(f"{line}\n" for line in self._lines)

    def _one(self, options: list[T]) -> T:
        return self._chance.choice(options)

    def _add(self, depth: int, text: str) -> None:
        self._lines.append("    " * depth + text)

    def _value(self, names: list[str]) -> str:
        return self._one(["'chat'", "'search'", "NAME", *(["feature", "feature", "inherited"] if "feature" in names else ["inherited"])])

    def _labels(self, names: list[str]) -> str:
        value = self._value(names)
        return self._one(["", f"feature={value}", f"feature={value}", "team='t'", "**LABELS", "**PART"])

    def _client(self, names: list[str], depth: int = 2) -> str:
        known = [name for name in names if name.startswith("client")]
        if depth == 0:
            return self._one([*CLIENTS, *known, *known])
        inner = self._client(names, depth - 1)
        forms = [inner, f"tagged({inner}, {self._labels(names)})", f"tagged({inner})", f"{inner}.with_options(timeout=3)", f"[{inner}][0]"]
        return self._one([*forms, f"(lambda: {inner})()", f"partial(tagged, {self._labels(names)})({inner})"])

    def _call(self, names: list[str]) -> str:
        calls = [f"{self._client(names)}.responses.create(model='gpt-4o-mini')"]
        for helper, parameters in self._helpers:
            given = []
            for parameter in parameters:
                name, is_optional, _ = parameter.partition("=")
                value = self._client(names, 1) if name == "client" else self._value(names)
                if not is_optional or self._chance.random() < 0.5:
                    given.append(f"{name}={value}" if is_optional else value)
            calls += [f"{helper}({', '.join(given)})"] * 2
        call = self._one(calls)
        return self._one([call, call, f"[{call} for _ in 'a']", f"list({call} for _ in 'a')", f"(lambda: {call})()"])

    def _block(self, depth: int, names: list[str], size: int) -> None:
        for _ in range(self._chance.randint(1, size)):
            self._statement(depth, names)

    def _statement(self, depth: int, names: list[str]) -> None:
        kind = self._one(["call", "call", "assign", *(["with", "with", "if", "for", "try", "stack", "match"] if depth < 3 else [])])
        if kind == "assign":
            self._names += 1
            self._add(depth, f"client{self._names} = {self._client(names)}")
            names.append(f"client{self._names}")
        elif kind == "call":
            self._add(depth, self._call(names))
        elif kind == "stack":
            self._add(depth, "with ExitStack() as stack:")
            self._add(depth + 1, f"stack.enter_context(tags({self._labels(names)}))")
            self._block(depth + 1, [*names], 2)
        elif kind == "match":
            self._add(depth, "match YES:")
            for case in ("case True:", "case _:"):
                self._add(depth + 1, case)
                self._block(depth + 2, [*names], 1)
        else:
            self._compound(kind, depth, names)

    def _compound(self, kind: str, depth: int, names: list[str]) -> None:
        scope = self._one([f"tags({self._labels(names)})", "SCOPE", "session('chat')", f"tags({self._labels(names)}), tags(team='u')"])
        heads = {"with": [f"with {scope}:"], "if": [f"if {self._one(['YES', 'NO'])}:", "else:"], "for": ["for _ in 'ab':"]}
        for head in heads.get(kind, ["try:", self._one(["except ValueError:", "finally:"])]):
            self._add(depth, head)
            self._block(depth + 1, [*names], 2)
