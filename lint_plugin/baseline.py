"""Keep the findings that a project has accepted, so that only new ones count.

The file is JSON with one accepted finding a line, sorted by path, no line numbers, every line alike: two branches that each add or
drop some merge without a conflict unless both change neighbouring lines, and with ``merge=union`` in ``.gitattributes`` always.

An entry accepts one finding of the same rule, scope and outline: first one in the same file with the same arguments, then one in
the same file, then one elsewhere, which is how a moved call and a renamed file are recognised. While a run looks at a part of the
project only, an entry whose file is still there and was not looked at accepts nothing elsewhere.

The file shrinks by itself: an entry that accepts nothing is stale, ``shrink`` takes it out, and the finding is new should it come
back. It is left alone where the run may not write: in CI, or where the file is read-only; stale entries are then only reported.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final, NamedTuple

from lint_plugin.errors import LintError
from lint_plugin.matching import Entry, match, remember
from lint_plugin.model import Finding, Report

VERSION: Final = 1
MARK: Final = "costmark-baseline"
END: Final = "end"  # a last record of its own keeps the comma behind every finding
ABOUT: Final = "accepted findings; a fixed one leaves by itself"
FIELDS: Final = Entry._fields
_CONFLICT: Final = re.compile(r"^(?:<{7}|\|{7}|={7}|>{7})(?: .*)?$", re.MULTILINE)
_OFF: Final = frozenset(("", "0", "false", "no"))

# Places are compared as strings, and links are not followed.
# ruff: noqa: PTH100, PTH120


class BaselineError(LintError):
    """The baseline cannot be used; exit code 2."""


class Baseline(NamedTuple):
    """The accepted findings, and the file that they were read from."""

    path: Path
    entries: tuple[Entry, ...]


class Applied(NamedTuple):
    """A report held against a baseline."""

    report: Report  # with the new findings alone
    known: tuple[Finding, ...]
    stale: tuple[Entry, ...]  # accept nothing any more
    kept: tuple[Entry, ...]  # the others, moved ones at their new place


def write(report: Report, path: Path, *, root: Path, looked_at: Collection[Path] = ()) -> int:
    """Accept every finding of a report, and return how many entries there are.

    Entries of files that the run did not look at, or could not analyze, stay.
    """
    folder = _folder(path)
    entries = _entries(report.findings, root, folder)
    is_covered, unread = _covering(folder, looked_at or (root,)), _unread(report, root, folder)
    try:
        earlier = read(path).entries if path.exists() else ()
    except BaselineError:
        if looked_at:  # what is in it of other files would be lost
            raise
        earlier = ()
    entries += [entry for entry in earlier if not is_covered(entry.path) or unread(entry.path)]
    _save(path, entries)
    return len(entries)


def read(path: Path) -> Baseline:
    """Read a baseline file; what is wrong with it is one sentence."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise BaselineError(f"{path}: there is no such baseline; 'costmark check --baseline {path} --write-baseline' writes it") from None
    except (OSError, UnicodeDecodeError) as problem:
        why = problem.strerror if isinstance(problem, OSError) else "it is not UTF-8 text"
        raise BaselineError(f"{path}: the baseline cannot be read: {why}; name another file, or {_again(path)}") from None
    return parse(path, text)


def parse(path: Path, text: str) -> Baseline:
    """Read the text of a baseline, wherever it comes from; ``path`` is where the file belongs."""
    if conflict := _CONFLICT.search(text):
        line = text.count("\n", 0, conflict.start()) + 1
        raise BaselineError(f"{path}:{line}: the baseline holds a merge conflict; keep the lines of both sides and remove the markers")
    return Baseline(path, tuple(dict.fromkeys(_parsed(path, text))))


def apply(report: Report, baseline: Baseline, *, root: Path, looked_at: Collection[Path] = (), before: Collection[Finding] = ()) -> Applied:
    """Take the accepted findings out of a report.

    ``looked_at`` are the files and folders of the run (all of ``root``), ``before`` findings that are left out of the report
    because they were there before a change: what was accepted for them accepts nothing else.
    """
    folder = _folder(baseline.path)
    is_covered = _covering(folder, looked_at or (root,))
    unread = _unread(report, root, folder)

    def may_move(entry: Entry) -> bool:
        return not unread(entry.path) and (is_covered(entry.path) or not (folder / entry.path).exists())

    current = _entries(report.findings, root, folder)
    spent = match(_entries(before, root, folder), baseline.entries, may_move)
    free = [baseline.entries[at] for at in spent.left]
    matched = match(current, free, may_move)
    # a file that is gone may have moved to where this run did not look
    left = [free[at] for at in matched.left]
    stale = dict.fromkeys(entry for entry in left if is_covered(entry.path) and not unread(entry.path))
    kept = [*(current[at] for at in matched.known), *(entry for entry in left if entry not in stale)]
    return Applied(
        report=report._replace(findings=tuple(report.findings[at] for at in matched.new)),
        known=tuple(report.findings[at] for at in matched.known),
        stale=tuple(stale),
        kept=tuple(kept),
    )


def shrink(baseline: Baseline, applied: Applied, *, env: Mapping[str, str]) -> bool:
    """Take the stale entries out of the file; tell whether there were any and that was possible."""
    if not applied.stale or env.get("CI", "").lower() not in _OFF or not os.access(baseline.path, os.W_OK):
        return False
    _save(baseline.path, applied.kept)
    return True


def _folder(path: Path) -> Path:
    return Path(os.path.abspath(path)).parent


def _entries(findings: Iterable[Finding], root: Path, folder: Path) -> list[Entry]:
    return [remember(finding, _rebased(finding.path, root, folder)) for finding in findings]


def _rebased(path: str, root: Path, folder: Path) -> str:
    """Return a path of the report as seen from the folder of the baseline."""
    return path if root == folder else os.path.relpath(root / path, folder).replace(os.sep, "/")


def _covering(folder: Path, looked_at: Collection[Path]) -> Callable[[str], bool]:
    """Return the question whether a run looked at the place of an entry."""
    tops = {os.path.abspath(top) for top in looked_at}

    def is_covered(path: str) -> bool:
        place = os.path.normpath(folder / path)
        while place not in tops:
            above = os.path.dirname(place)
            if above == place:
                return False
            place = above
        return True

    return is_covered


def _unread(report: Report, root: Path, folder: Path) -> Callable[[str], bool]:
    """Return the question whether an entry's file could not be analyzed: nothing is known of its findings."""
    return _covering(folder, [root / problem.path for problem in report.problems])


def _parsed(path: Path, text: str) -> Iterator[Entry]:
    """Read the entries; the first record says what the file is."""
    try:
        records = json.loads(text)
    except (ValueError, RecursionError) as problem:
        line = problem.lineno if isinstance(problem, json.JSONDecodeError) else 1
        raise BaselineError(f"{path}:{line}: the baseline is not JSON; {_again(path)}") from None
    if not isinstance(records, list) or not records or not isinstance(records[0], dict) or MARK not in records[0]:
        raise BaselineError(
            f"{path}: this is no costmark baseline: its first record names no {MARK!r} version; name another file, or {_again(path)}"
        )
    if records[0][MARK] != VERSION:
        raise BaselineError(
            f"{path}: the baseline has version {json.dumps(records[0][MARK])}, this costmark reads {VERSION}; upgrade it, or {_again(path)}"
        )
    for number, record in enumerate(records[1:], 2):
        if isinstance(record, dict) and record.get(END) is True:
            continue
        if not isinstance(record, dict) or not all(isinstance(record.get(field), str) for field in FIELDS):
            raise BaselineError(f"{path}: record {number} of the baseline is no accepted finding; {_again(path)}")
        yield Entry(*(record[field] for field in FIELDS))


def _again(path: Path) -> str:
    return f"'costmark check --baseline {path} --write-baseline' writes it anew"


def _save(path: Path, entries: Iterable[Entry]) -> None:
    """Write the file as a whole or not at all."""
    records = [{MARK: VERSION, "about": ABOUT}, *(entry._asdict() for entry in sorted(set(entries))), {END: True}]
    lines = ",\n".join(json.dumps(record, ensure_ascii=False) for record in records)
    target = Path(os.path.realpath(path))  # a link stays one
    if target.exists() and not target.is_file():  # a device or a pipe would be replaced
        raise BaselineError(f"{path}: the baseline cannot be written: it is no file; name another one with --baseline")
    fresh = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        fresh.write_text(f"[\n{lines}\n]\n", encoding="utf-8")
        if target.exists():
            fresh.chmod(target.stat().st_mode)
        fresh.replace(target)
    except OSError as problem:
        fresh.unlink(missing_ok=True)
        raise BaselineError(f"{path}: the baseline cannot be written: {problem.strerror}; name another place with --baseline") from None
