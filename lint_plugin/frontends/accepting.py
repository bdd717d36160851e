"""Hold an outcome against the baseline, or make it the baseline."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from lint_plugin import baseline, stamp
from lint_plugin.frontends.choices import Choices
from lint_plugin.frontends.console import complain
from lint_plugin.frontends.outcome import Outcome
from lint_plugin.matching import Entry

FILE: Final = Path("costmark-baseline.json")
LISTED: Final = 20  # stale entries that are named one by one


def accept(outcome: Outcome, choices: Choices) -> Outcome:
    """Leave the findings that the project has not accepted."""
    if choices.write_baseline:
        return _write(outcome, choices.baseline or FILE)
    if choices.baseline is None:
        return outcome
    accepted = (
        read_at(choices.baseline, choices.policy_from, outcome.root) if choices.policy_from else _read(choices.baseline, outcome.root)
    )
    applied = baseline.apply(outcome.report, accepted, root=outcome.root, looked_at=outcome.looked_at, before=outcome.before)
    if _is_usual(choices):
        was_written = baseline.shrink(accepted, applied, env=os.environ)
        _tell(applied.stale, choices.baseline, was_written=was_written)
    return outcome._replace(report=applied.report)


def read_at(file: Path, revision: str, root: Path) -> baseline.Baseline:
    """Read a baseline as the base of a change has it: nobody accepts his own findings. Say so where the change has another one."""
    from lint_plugin.revision import content_at  # git is asked by few

    data = content_at(revision, Path(os.path.abspath(file)), root)  # noqa: PTH100  (resolve() would follow links)
    now = _content(file)
    if data is None:
        if now:
            complain(f"{file} is not there at {revision}, so it accepts nothing yet: what a change adds to it counts once it is merged")
            return baseline.Baseline(file, ())
        return baseline.read(file)  # says that there is none
    if data != now:
        complain(f"{file} is read as it is at {revision}: what this change does to it counts once it is merged")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        raise baseline.BaselineError(f"{file}: the baseline at {revision} cannot be read: it is not UTF-8 text") from None
    return baseline.parse(file, text)


def _read(file: Path, root: Path) -> baseline.Baseline:
    """Read a baseline, and note for the next start of the command that it can be read and what it is about."""
    before = _content(file)
    accepted = baseline.read(file)
    if before and before == _content(file):
        stamp.note_baseline(os.fspath(root), before, (os.path.normpath(entry.path) for entry in accepted.entries))
    return accepted


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError:  # the sentence about it is that of the reader
        return b""


def _write(outcome: Outcome, file: Path) -> Outcome:
    count = baseline.write(outcome.report, file, root=outcome.root, looked_at=outcome.looked_at)
    complain(f"{file} accepts {count} {'finding' if count == 1 else 'findings'}")
    return outcome._replace(report=outcome.report._replace(findings=()))


def _is_usual(choices: Choices) -> bool:
    """Tell whether the findings are those of the project as it lies there: no others make an entry stale."""
    return not (choices.since or choices.policy_from or choices.isolated or choices.as_of or choices.stdin_filename)


def _tell(stale: Sequence[Entry], file: Path, *, was_written: bool) -> None:
    if not stale:
        return
    count = f"{len(stale)} {'entry' if len(stale) == 1 else 'entries'}"
    complain(f"{count} of {file} accept nothing any more and {'were taken out' if was_written else 'can be taken out'}")
    for entry in stale[:LISTED]:
        complain(f"stale: {entry.path}: {entry.code} {entry.call}")
    if len(stale) > LISTED:
        complain(f"stale: and {len(stale) - LISTED} more")
