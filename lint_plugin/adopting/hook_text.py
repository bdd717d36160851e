"""Propose the pre-commit hooks: a file of their own, or an entry in the one that is there, in its style."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec
from typing import TYPE_CHECKING, Final, NamedTuple

from lint_plugin.adopting.documents import BrokenFileError, text_of
from lint_plugin.adopting.model import ByHand, Kept, Origin, Proposal, Step

if TYPE_CHECKING:
    import yaml

FILE: Final = ".pre-commit-config.yaml"
OURS: Final = ("costmark", "costmark-policy")
ABOUT: Final = "the pre-commit hooks"
AGAIN: Final = "mend it, then run 'costmark init' again"


class _Place(NamedTuple):
    """Where an entry goes, and how the others are written."""

    line: int  # number of lines before it
    dash: int  # column of the dash of an entry
    inner: int  # columns from the key ``hooks`` to the dashes below it
    is_spaced: bool  # a blank line stands between entries
    brackets: int  # line of an empty list written as ``[]``, from 0; -1 = there is none


def propose(before: bytes | None, origin: Origin, baseline: str) -> Step:
    """Return the file with our hooks."""
    if before is None:
        return Proposal(FILE, None, ("repos:\n" + "".join(_entry(origin, baseline, 2, 2))).encode(), ABOUT)
    text = text_of(before, FILE)
    found = _place(text)
    if isinstance(found, str):
        return Kept(found) if found.startswith(FILE) else ByHand(f"{FILE}, under repos", "".join(_entry(origin, baseline, 2, 2)))
    return Proposal(FILE, before, _inserted(before.decode(), found, origin, baseline).encode(), ABOUT)


def _inserted(text: str, place: _Place, origin: Origin, baseline: str) -> str:
    end = "\r\n" if "\r\n" in text else "\n"
    lines = text.splitlines(keepends=True)
    if place.brackets >= 0:
        lines[place.brackets] = f"{lines[place.brackets].partition('[')[0].rstrip()}{end}"
    head, tail = "".join(lines[: place.line]), "".join(lines[place.line :])
    gap = (end if head and not head.endswith("\n") else "") + (end if place.is_spaced else "")
    entry = "".join(_entry(origin, baseline, place.dash, place.inner)).replace("\n", end)
    return f"{head}{gap}{entry}{tail}"


def _entry(origin: Origin, baseline: str, dash: int, inner: int) -> Iterator[str]:
    """Write our entry: from our repository where others can reach it, else with the costmark that is installed."""
    start, key = " " * dash, " " * (dash + 2)
    hook = key + " " * inner
    arguments = f" --baseline {baseline}" if baseline else ""
    if origin.repository:
        yield f"{start}- repo: {origin.repository}\n{key}rev: {origin.revision}\n{key}hooks:\n"
        for name in OURS:
            yield f"{hook}- id: {name}\n"
            yield f"{hook}  args: [--baseline, {baseline}]\n" if baseline else ""
        return
    yield f'{start}- repo: local  # the costmark that is installed: pip install "{origin.requirement}"\n{key}hooks:\n'
    yield f"{hook}- id: {OURS[0]}\n{hook}  name: costmark\n{hook}  entry: costmark check{arguments}\n{hook}  language: system\n"
    yield f"{hook}  types_or: [python, pyi, jupyter]\n{hook}  require_serial: true\n"
    yield f"{hook}- id: {OURS[1]}\n{hook}  name: costmark (whole project, when the policy changes)\n"
    yield f"{hook}  entry: costmark check{arguments}\n{hook}  language: system\n"
    yield f"{hook}  files: (^|/)(costmark|pyproject)\\.toml$\n{hook}  pass_filenames: false\n{hook}  require_serial: true\n"


def _place(text: str) -> _Place | str:
    """Find where an entry can be added; else say why none is."""
    if find_spec("yaml") is None:  # libcst brings it along on nearly every Python
        return "without a YAML reader nothing is changed"
    import yaml

    try:
        document = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as problem:
        line = problem.problem_mark.line + 1 if problem.problem_mark else 1
        raise BrokenFileError(f"{FILE}:{line}: the file is not valid YAML ({problem.problem}): {AGAIN}") from None
    except (yaml.YAMLError, RecursionError) as problem:
        raise BrokenFileError(f"{FILE}: the file is not valid YAML ({str(problem).splitlines()[0]}): {AGAIN}") from None
    repos = _value(document, "repos")
    if not isinstance(repos, yaml.SequenceNode):
        raise BrokenFileError(f"{FILE}: the file has no list of repos, so pre-commit cannot read it either: {AGAIN}")
    ids = [_text(_value(hook, "id")) for repo in repos.value for hook in _items(_value(repo, "hooks"))]
    if any(name in OURS for name in ids):
        return f"{FILE} runs costmark already: it is kept as it is"
    lines = text.splitlines()
    if not repos.value and repos.flow_style:
        line = repos.start_mark.line
        return _Place(line + 1, 2, 2, is_spaced=False, brackets=line) if repos.end_mark.line == line else "the list is written in brackets"
    if repos.flow_style or not repos.value:
        return "the list is written in brackets"
    return _behind_last(repos, lines)


def _behind_last(repos: yaml.SequenceNode, lines: list[str]) -> _Place:
    import yaml

    dash = repos.start_mark.column
    starts = [repo.start_mark.line for repo in repos.value]
    is_spaced = len(starts) > 1 and not lines[starts[-1] - 1].strip()
    inner = 2
    for repo in repos.value:
        hooks = _value(repo, "hooks")
        if isinstance(hooks, yaml.SequenceNode) and hooks.value and not hooks.flow_style:
            inner = max(hooks.start_mark.column - repo.start_mark.column, 0)
    return _Place(_last_line(repos) + 1, dash, inner, is_spaced, -1)


def _last_line(node: yaml.Node) -> int:
    """Return the last line that a value stands on: a block ends for YAML only where the next thing begins."""
    import yaml

    if isinstance(node, yaml.ScalarNode):
        return int(node.end_mark.line) - (node.style in ("|", ">"))
    if not isinstance(node, yaml.CollectionNode) or node.flow_style:
        return int(node.end_mark.line)
    children = [part for pair in node.value for part in pair] if isinstance(node, yaml.MappingNode) else list(node.value)
    return max((_last_line(child) for child in children), default=int(node.start_mark.line))


def _value(node: yaml.Node | None, key: str) -> yaml.Node | None:
    import yaml

    if not isinstance(node, yaml.MappingNode):
        return None
    return next((value for name, value in node.value if _text(name) == key), None)


def _items(node: yaml.Node | None) -> list[yaml.Node]:
    import yaml

    return list(node.value) if isinstance(node, yaml.SequenceNode) else []


def _text(node: yaml.Node | None) -> str:
    import yaml

    return str(node.value) if isinstance(node, yaml.ScalarNode) else ""
