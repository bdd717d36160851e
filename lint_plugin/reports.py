"""Reports on disk, and what of one concerns the files that were asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path, PurePath
from typing import Any, NamedTuple

from lint_plugin.model import Finding, Problem, Report
from lint_plugin.reach import Packed, Reach
from lint_plugin.stamp import digest

Depends = Mapping[str, tuple[str, ...]]  # a file, and the files that it takes something from
_Shape = tuple[list[tuple[Any, ...]], list[tuple[Any, ...]], int, int, dict[str, tuple[str, ...]], Packed]


class Kept(NamedTuple):
    """A report and what it rests on."""

    report: Report
    depends: Depends
    reach: Reach


def place(folder: Path, key: str) -> Path:
    """Return the path of a report."""
    return folder / f"report-{key}"


def encode(kept: Kept) -> bytes:
    """Turn a report into the bytes of a file."""
    import msgspec

    report = kept.report
    findings, problems = list(map(tuple, report.findings)), list(map(tuple, report.problems))
    content = (findings, problems, report.relevant, report.suppressed, dict(kept.depends), kept.reach.packed())
    return msgspec.msgpack.encode(content)


def load(folder: Path, key: str, files: int) -> Kept | None:
    """Read a report on so many files; ``None`` where there is none."""
    import msgspec

    try:
        found = msgspec.msgpack.decode(place(folder, key).read_bytes(), type=_Shape)
    except (OSError, msgspec.MsgspecError):
        return None
    findings, problems, relevant, suppressed, depends, reach = found
    report = Report(tuple(Finding(*item) for item in findings), tuple(Problem(*item) for item in problems), files, relevant, suppressed)
    return Kept(report, depends, Reach(reach))


def elsewhere_place(folder: Path, key: str, before: Mapping[str, bytes | None]) -> Path:
    """Return where it is kept which findings of a report exist because some files are not what they were."""
    contents = [(path, b"" if data is None else digest(data)) for path, data in sorted(before.items())]
    return folder / f"elsewhere-{digest(repr((key, contents)).encode()).hex()}"


def encode_findings(findings: Iterable[Finding]) -> bytes:
    """Turn findings into the bytes of a file."""
    import msgspec

    return msgspec.msgpack.encode([tuple(finding) for finding in findings])


def load_findings(file: Path) -> list[Finding] | None:
    """Read findings; ``None`` where there are none to read."""
    import msgspec

    try:
        return [Finding(*item) for item in msgspec.msgpack.decode(file.read_bytes(), type=list[tuple[Any, ...]])]
    except (OSError, msgspec.MsgspecError):
        return None


def related(depends: Depends, asked: Iterable[str]) -> set[str]:
    """Return the files that depend on some of ``asked``, or that these depend on, directly or not."""
    importers: dict[str, set[str]] = {}
    for path, imported in depends.items():
        for other in imported:
            importers.setdefault(other, set()).add(path)
    start = set(asked)
    return _closure(start, lambda path: importers.get(path, ())) | _closure(start, lambda path: depends.get(path, ()))


def narrowed(report: Report, asked: set[str], elsewhere: Iterable[Finding]) -> Report:
    """Keep what concerns the files that were asked for, and what they make wrong elsewhere."""
    more = set(elsewhere)
    findings = tuple(f for f in report.findings if f.path in asked or f in more or _is_policy(f.path))
    problems = tuple(p for p in report.problems if p.path in asked)
    return report._replace(findings=findings, problems=problems, files=len(asked))


def _is_policy(path: str) -> bool:
    return PurePath(path).name in ("costmark.toml", "pyproject.toml")


def _closure(start: set[str], step: Callable[[str], Iterable[str]]) -> set[str]:
    found: set[str] = set()
    todo = list(start)
    while todo:
        for path in step(todo.pop()):
            if path not in found:
                found.add(path)
                todo.append(path)
    return found
