"""Generated programs: clients that are made, wrapped, passed, kept and called, in one to three modules that import each other.

A program is kept as lines with what may happen to each, so that a test can rename its locals or put lines between them.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from hypothesis import strategies as st

PREAMBLE = (
    "import asyncio",
    "from concurrent.futures import ThreadPoolExecutor",
    "from contextlib import ExitStack, contextmanager",
    "from functools import partial",
    "import requests",
    "from anthropic import Anthropic",
    "from openai import AsyncOpenAI, OpenAI",
    "import house",
    "from cost_lib import inherited, record_call, tagged, tags",
)
POLICY = """\
[features.chat]
[features.search]
[[wrappers]]
name = "house.complete"
kind = "call"
tags = ["keywords", {argument = "labels"}]
[[wrappers]]
name = "house.make"
kind = "client"
[[wrappers]]
name = "house.scope"
kind = "scope"
"""
MODULES = ("clients", "core", "use")
LOCAL = re.compile(r"\blocal_(\d+)\b")


class Line(NamedTuple):
    """One line of a program; a statement may stand before it where it is ``free``."""

    depth: int
    text: str
    free: bool = True

    def shown(self, prefix: str = "local_") -> str:
        """Return the line as it stands in a file, its local variables under other names."""
        return "    " * self.depth + LOCAL.sub(rf"{prefix}\1", self.text) + "\n"


class Program(NamedTuple):
    """The lines of each module."""

    modules: dict[str, tuple[Line, ...]]

    def sources(self, *, prefix: str = "local_") -> dict[str, str]:
        """Return the text of each file, its local variables renamed."""
        return {f"{name}.py": "".join(line.shown(prefix) for line in lines) for name, lines in self.modules.items()}


PLAIN_VALUES = st.sampled_from(
    ['"chat"', '"search"', '"serch"', '""', "None", '"todo"', "NAME", "inherited", "feature", "str(prompt)", "LABELS['feature']"]
)


@st.composite
def labels(draw: st.DrawFn) -> str:
    """Return keywords that are tags, as one form or another."""
    value = draw(PLAIN_VALUES)
    forms = ("", f"feature={value}", f"feature={value}", f"feature={value}, team='t'", "**LABELS", "**extra", f"featrue={value}")
    return draw(st.sampled_from(forms))


class Scope:
    """The names that hold something at one place of a program."""

    def __init__(self, clients: list[str], functions: list[str], depth: int = 0, *, asynchronous: bool = False) -> None:
        self.clients = clients
        self.functions = functions
        self.depth = depth
        self.asynchronous = asynchronous

    def inner(self, *, asynchronous: bool | None = None) -> Scope:
        """Return the scope of a block inside."""
        is_async = self.asynchronous if asynchronous is None else asynchronous
        return Scope(list(self.clients), list(self.functions), self.depth + 1, asynchronous=is_async)


@st.composite
def clients(draw: st.DrawFn, scope: Scope, depth: int = 2) -> str:
    """Return an expression that is a client."""
    fresh = ["OpenAI()", "AsyncOpenAI()", "Anthropic()", f"house.make({draw(labels())})"]
    known = [*scope.clients, *(f"{name}(prompt)" for name in scope.functions)]
    if depth == 0:
        return draw(st.sampled_from([*known, *known, *fresh]))
    inner = draw(clients(scope, depth - 1))
    other = draw(clients(scope, 0))
    given_tags = draw(labels())
    forms = (
        inner,
        inner,
        f"tagged({inner}, {given_tags})",
        f"tagged({inner})",
        f"({inner} if prompt else {other})",
        f"({inner} or {other})",
        f"[{inner}, {other}][0]",
        f"{{'a': {inner}}}['a']",
        f"(lambda: {inner})()",
        f"{inner}.with_options(timeout=3)",
        f"partial(tagged, {given_tags})({inner})",
    )
    return draw(st.sampled_from(forms))


@st.composite
def calls(draw: st.DrawFn, scope: Scope) -> str:
    """Return an expression that may bill."""
    client = draw(clients(scope))
    method = draw(st.sampled_from(["responses.create", "chat.completions.create", "messages.create", "embeddings.create", "models.list"]))
    call = f"{client}.{method}(model='gpt-4o-mini', input=prompt)"
    given_tags = draw(labels())
    forms = [
        call,
        call,
        call,
        f"[{call} for prompt in prompts]",
        f"list({call} for prompt in prompts)",
        f"(lambda prompt: {call})",
        f"asyncio.to_thread({client}.{method}, input=prompt)",
        f"ThreadPoolExecutor().submit({client}.{method}, input=prompt)",
        f"partial({client}.{method}, input=prompt)",
        f"house.complete(prompt, {given_tags})",
        "house.complete(prompt, labels=LABELS)",
        "requests.post('https://api.openai.com/v1/responses', json={})",
        *(f"{name}({arguments})" for name in scope.functions for arguments in ("prompt", "prompt, feature='chat'", "feature=''")),
    ]
    chosen = draw(st.sampled_from(forms))
    return f"await {chosen}" if scope.asynchronous and draw(st.booleans()) and not chosen.startswith("(lambda") else chosen


@st.composite
def blocks(draw: st.DrawFn, scope: Scope, size: int = 3) -> list[Line]:
    """Return the statements of a block."""
    lines: list[Line] = []
    for _ in range(draw(st.integers(1, size))):
        lines += draw(statements(scope))
    return lines


@st.composite
def statements(draw: st.DrawFn, scope: Scope) -> list[Line]:
    """Return one statement, with what stands inside."""
    here = scope.depth
    kind = draw(st.sampled_from(["call", "call", "assign", "with", "if", "for", "try", "stack", "def"] if here < 3 else ["call", "assign"]))
    if kind == "assign":
        name = f"local_{len(scope.clients)}"
        line = Line(here, f"{name} = {draw(clients(scope))}")
        scope.clients.append(name)
        return [line]
    if kind == "with":
        opened = draw(st.sampled_from(["tags({})", "record_call(provider='p', model='m', {})", "house.scope({})", "open('x'), tags({})"]))
        return [Line(here, f"with {opened.format(draw(labels()))}:"), *draw(blocks(scope.inner()))]
    if kind == "if":
        other = [Line(here, "else:", free=False), *draw(blocks(scope.inner()))] if draw(st.booleans()) else []
        return [Line(here, "if prompt:"), *draw(blocks(scope.inner())), *other]
    if kind == "for":
        return [Line(here, "for prompt in prompts:"), *draw(blocks(scope.inner()))]
    if kind == "try":
        body, handler = draw(blocks(scope.inner())), draw(blocks(scope.inner()))
        return [Line(here, "try:"), *body, Line(here, "except ValueError:", free=False), *handler]
    if kind == "stack":
        entered = Line(here + 1, f"stack.enter_context(tags({draw(labels())}))")
        return [Line(here, "with ExitStack() as stack:"), entered, *draw(blocks(scope.inner()))]
    if kind == "def":
        return draw(functions(scope, f"inner_{here}_{len(scope.functions)}"))
    return [Line(here, draw(calls(scope)))]


@st.composite
def functions(draw: st.DrawFn, scope: Scope, name: str, receiver: str = "") -> list[Line]:
    """Return a function or method that is given something, calls something and hands something back."""
    here = scope.depth
    inside = scope.inner(asynchronous=draw(st.booleans()))
    decorators = draw(st.lists(st.sampled_from(["@tags({})", "@house.scope({})", "@app.post('/')", "@contextmanager"]), max_size=2))
    first, last = draw(st.sampled_from([("", ""), ("client, ", ""), ("client: OpenAI, ", ""), ("", "client: OpenAI | None = None, ")]))
    inside.clients += ["client"] if first or last else []
    inside.clients += [f"{receiver}.kept", f"{receiver}.lazy"] if receiver else []
    parameters = f"{receiver}{', ' if receiver else ''}{first}prompt, {last}prompts=(), feature='chat', **extra"
    body = draw(blocks(inside))
    result = draw(st.sampled_from(["return {}", "yield {}", "{}", "return tagged({})"])).format(draw(clients(inside)))
    head = f"{'async ' if inside.asynchronous else ''}def {name}({parameters}):"
    above = [Line(here, text.format(draw(labels())), free=not number) for number, text in enumerate(decorators)]
    if not receiver:
        scope.functions.append(name)
    return [*above, Line(here, head, free=not above), *body, Line(here + 1, result)]


@st.composite
def classes(draw: st.DrawFn, scope: Scope, name: str) -> list[Line]:
    """Return a class that keeps a client."""
    base = draw(st.sampled_from(["", "(OpenAI)", "(Exception)"]))
    inside = scope.inner()
    kept = Line(2, f"self.kept = {draw(clients(inside))}")
    lazy = [Line(1, "@property"), Line(1, "def lazy(self):", free=False), Line(2, f"return {draw(clients(inside, 1))}")]
    method = draw(functions(inside, "run", "self"))
    scope.clients += [f"{name}().kept", f"{name}().lazy"]
    scope.functions.append(f"{name}().run")
    return [Line(0, f"class {name}{base}:"), Line(1, "def __init__(self, prompt=None):", free=False), kept, *lazy, *method]


@st.composite
def modules(draw: st.DrawFn, name: str, before: dict[str, Scope]) -> tuple[tuple[Line, ...], Scope]:
    """Return the lines of a module and the names that it offers."""
    imports = [Line(0, text, free=False) for text in PREAMBLE]
    scope = Scope([], [])
    for other, offered in before.items():
        names = sorted({re.split(r"\W", text)[0] for text in (*offered.clients, *offered.functions)} - {""})
        whole = draw(st.booleans())
        imports += [Line(0, f"import {other}" if whole or not names else f"from {other} import {', '.join(names)}", free=False)]
        scope.clients += [f"{other}.{text}" if whole else text for text in offered.clients]
        scope.functions += [f"{other}.{text}" if whole else text for text in offered.functions]
    constants = ["prompt, prompts, extra, feature = 'x', ['x'], {}, 'chat'", "NAME = 'chat'", "LABELS = {'feature': 'search'}"]
    lines = [*imports, *(Line(0, text, free=number > 0) for number, text in enumerate(constants))]
    own = Scope([*scope.clients], [*scope.functions])
    for number in range(draw(st.integers(1, 3))):
        kind = draw(st.sampled_from(["client", "function", "function", "class", "statement"]))
        if kind == "client":
            lines.append(Line(0, f"{name}_{number} = {draw(clients(own))}"))
            own.clients.append(f"{name}_{number}")
        elif kind == "function":
            lines += draw(functions(own, f"{name}_f{number}"))
        elif kind == "class":
            lines += draw(classes(own, f"{name.title()}{number}"))
        else:
            lines += draw(statements(own))
    offered = Scope(
        [text for text in own.clients if text not in scope.clients and not text.startswith("local_")],
        [text for text in own.functions if text not in scope.functions and not text.startswith("inner_")],
    )
    return tuple(lines), offered


@st.composite
def programs(draw: st.DrawFn, most: int = 3) -> Program:
    """Return a program of one to three modules."""
    names = MODULES[-draw(st.integers(1, most)) :]
    offered: dict[str, Scope] = {}
    written: dict[str, tuple[Line, ...]] = {}
    for name in names:
        written[name], offered[name] = draw(modules(name, offered))
    return Program(written)
