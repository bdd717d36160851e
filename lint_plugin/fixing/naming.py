"""Propose the feature that a call is spent on: from what stands around it in the code, and the registry."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from lint_plugin.fixing.model import Name

LONGEST: Final = 40  # characters of a name that nobody chose
MOST: Final = 40  # new names that one run makes up; beyond that calls are named after their packages

# modules whose name says what they are and not what for
GENERIC: Final = frozenset(
    "api app apps base chat client clients common config core engine handler handlers helper helpers index init lib llm llms lm lms main"
    " manager misc model models module modules openai anthropic provider providers run runner script scripts server service services"
    " shared src test tests tool tools util utils view views wrapper wrappers worker workers".split()
)
ROUTES: Final = frozenset("get post put patch delete route websocket api_route".split())
TASKS: Final = frozenset("task shared_task job flow step actor periodic_task command tool activity".split())
_CAMEL: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_SPLIT: Final = re.compile(r"[^0-9a-zA-Z]+")
_FIRST_STRING: Final = re.compile(r"""\(\s*[rbuf]?["']([^"']*)["']""")
_NAMED: Final = re.compile(r"""\bname\s*=\s*["']([^"']*)["']""")
_LEAF: Final = re.compile(r"@\s*[\w.]*?(\w+)\s*(\(|$)")


class Around(NamedTuple):
    """What stands around a call."""

    path: str
    scope: str = ""  # qualified name of the function
    decorators: tuple[str, ...] = ()  # of that function, as written


class Candidate(NamedTuple):
    """One name that a call could have, and what it comes from."""

    feature: str
    origin: str


def candidates(around: Around) -> list[Candidate]:
    """Return the names that a call could have, the most telling first."""
    found = [*_from_decorators(around.decorators), *_from_scope(around.scope), Candidate(of_module(around.path), "module")]
    return [candidate for candidate in found if candidate.feature]


def choose(around: Around, registry: Collection[str], *, finest: bool = False) -> Name:
    """Return the name of a call: a registered one if any fits, else its module (``finest``: what is nearest to it)."""
    known = candidates(around)
    by_plain = {snake(name): name for name in registry}
    for candidate in known:
        if candidate.feature in by_plain:
            return Name(by_plain[candidate.feature], "registry")
    chosen = known[0] if finest and known else Candidate(of_module(around.path), "module")
    return Name(chosen.feature, chosen.origin, is_new=True)


def snake(word: str) -> str:
    """Return a word as a feature is named: lower case, underscores."""
    return "_".join(part.lower() for part in _SPLIT.split(_CAMEL.sub("_", word)) if part)


def capped(name: str) -> str:
    """Return a name cut to its last words where it is too long."""
    words = name.split("_")
    while len(words) > 1 and len("_".join(words)) > LONGEST:
        words.pop(0)
    return "_".join(words)[:LONGEST]


def of_module(path: str, *, up: int = 0) -> str:
    """Return the name that a file gives its calls; ``up`` leaves out so many of its last parts."""
    parts = [snake(part) for part in path.rpartition(".")[0].split("/")]
    parts = [part for part in parts if part not in ("", "init")] or ["main"]
    parts = parts[: max(1, len(parts) - up)]
    name = parts.pop()
    while parts and name.split("_")[0] in GENERIC and name.count("_") < len(("a", "b", "c")) - 1 and _says_nothing(name):
        name = f"{parts.pop()}_{name}"
    return capped(name)


def _says_nothing(name: str) -> bool:
    return all(word in GENERIC for word in name.split("_"))


def _from_decorators(decorators: Iterable[str]) -> Iterator[Candidate]:
    for decorator in decorators:
        found = _LEAF.match(decorator)
        leaf = found.group(1) if found else ""
        if leaf in ROUTES:
            path = _FIRST_STRING.search(decorator)
            fixed = [part for part in (path.group(1) if path else "").split("/") if part and not re.search(r"[{<:]|^v\d+$|^api$", part)]
            yield Candidate(capped(snake("_".join(fixed[-2:]))), "route")
        elif leaf in TASKS:
            named = _NAMED.search(decorator) or (_FIRST_STRING.search(decorator) if leaf in ("task", "job", "command") else None)
            yield Candidate(capped(snake((named.group(1) if named else "").rpartition(".")[2])), "task")


def _from_scope(scope: str) -> Iterator[Candidate]:
    names = [name for name in scope.split(".") if name and not name.startswith("<")]
    for name in reversed(names):
        if not name.startswith("__"):
            yield Candidate(capped(snake(name)), "class" if name[:1].isupper() else "function")


def limit(paths: Iterable[str]) -> Mapping[str, str]:
    """Return the name of each file's calls: after the module, or after ever larger packages where that makes too many."""
    files = sorted(set(paths))
    for up in range(max((path.count("/") for path in files), default=0) + 1):
        names = {path: of_module(path, up=up) for path in files}
        if len(set(names.values())) <= MOST:
            break
    return names if files else {}
