"""How a repository is laid out: packages, tests, scripts, notebooks, members of a workspace."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from lint_plugin.module_names import packages_of

TEST_FOLDERS: Final = frozenset({"test", "tests", "testing"})
SCRIPTS: Final = frozenset({"scripts", "script", "bin", "tools"})
EXAMPLES: Final = frozenset({"example", "examples", "demo", "demos", "samples", "cookbook"})
MOST_GLOBS: Final = 3  # more folders of one name become a pattern
TEST_MARK: Final = b"def test_"
MOST_NAMED: Final = 4


def describe(paths: Iterable[str], document: Mapping[str, Any]) -> tuple[str, ...]:
    """Say what the files of a repository are, in a few words each."""
    every = list(paths)
    folders = packages_of(every)
    tops = sorted(folder for folder in folders if folder and folder.rpartition("/")[0] not in folders and not has(folder, TEST_FOLDERS))
    said = [_count(sum(path.endswith((".py", ".pyi")) for path in every), "Python file")]
    if tops:
        said.append(_named("package", tops))
    for name, names in (("tests", TEST_FOLDERS), ("scripts", SCRIPTS), ("examples", EXAMPLES)):
        count = sum(has(path.rpartition("/")[0], names) for path in every)
        said += [f"{count} in {name}"] if count else []
    notebooks = sum(path.endswith(".ipynb") for path in every)
    said += [_count(notebooks, "notebook")] if notebooks else []
    members = _members(document)
    said += [_named("workspace member", members)] if members else []
    return tuple(said)


def test_globs(paths: Iterable[str], read: Callable[[str], bytes]) -> tuple[str, ...]:
    """Return the globs that cover the tests of a repository."""
    folders: dict[str, None] = {}
    names: dict[str, None] = {}
    for path in sorted(paths):
        *above, name = path.split("/")
        at = next((number for number, segment in enumerate(above) if segment in TEST_FOLDERS), None)
        if at is not None:
            folders["/".join(above[: at + 1])] = None
        elif name == "conftest.py":
            names["**/conftest.py"] = None
        elif name.startswith("test_") and name.endswith(".py") and TEST_MARK in read(path):
            names["**/test_*.py"] = None
        elif name.endswith("_test.py") and TEST_MARK in read(path):
            names["**/*_test.py"] = None
    return (*filter(is_usable, _folder_globs(list(folders))), *names)


def literal(path: str) -> str:
    """Write a path as a glob that means nothing else; brackets in it would be read as a choice."""
    return "".join(f"[{char}]" if char in "*?[" else char for char in path)


def is_usable(glob: str) -> bool:
    """Tell whether a policy can name a path: it knows no backslashes, no negation and no bytes that are no text."""
    return "\\" not in glob and not glob.startswith("!") and not any("\ud800" <= char <= "\udfff" for char in glob)


def _folder_globs(folders: list[str]) -> list[str]:
    found: list[str] = []
    for name in dict.fromkeys(folder.rpartition("/")[2] for folder in folders):
        same = [folder for folder in folders if folder.rpartition("/")[2] == name]
        found += [f"**/{name}/**"] if len(same) > MOST_GLOBS else [f"{literal(folder)}/**" for folder in same]
    return found


def _members(document: Mapping[str, Any]) -> list[str]:
    tool = document.get("tool")
    uv = tool.get("uv") if isinstance(tool, Mapping) else None
    workspace = uv.get("workspace") if isinstance(uv, Mapping) else None
    members = workspace.get("members") if isinstance(workspace, Mapping) else None
    return [str(member) for member in members] if isinstance(members, list) else []


def has(folder: str, names: frozenset[str]) -> bool:
    """Tell whether a path leads through a folder of one of these names."""
    return not names.isdisjoint(folder.split("/"))


def _named(what: str, names: list[str]) -> str:
    more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
    return f"{_count(len(names), what)} ({', '.join(names[:MOST_NAMED])}{more})"


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
