"""Keep restatements beside what was recorded: one folder a version, never changed once it is there.

``restatements/v0001/`` below the ledger holds ``events.parquet`` (what each event costs now), ``days.parquet`` and
``user_days.parquet`` (what that adds to the rollups and takes off them) and ``about.json``. ``closed.json`` names the months
whose figures are final.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from cost_lib.errors import ReportError
from cost_lib.ledger.repricing.model import Closed, Version

FOLDER: Final = "restatements"
EVENTS: Final = "events.parquet"
DAYS: Final = "days.parquet"
USER_DAYS: Final = "user_days.parquet"
ABOUT: Final = "about.json"
CLOSED: Final = "closed.json"
NAME: Final = re.compile(r"v(\d{4,})")
MONTH: Final = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])")


def kept_versions(ledger: Path) -> tuple[Version, ...]:
    """Return the restatements of a ledger, the oldest first."""
    folder = ledger / FOLDER
    found = []
    for one in sorted(folder.iterdir()) if folder.is_dir() else ():
        name = NAME.fullmatch(one.name)
        if name is not None and (one / ABOUT).is_file():
            found.append(_version(int(name[1]), one))
    return tuple(sorted(found, key=lambda version: version.number))


def _version(number: int, folder: Path) -> Version:
    about = _read(folder / ABOUT)
    try:
        return Version(
            number,
            datetime.fromisoformat(about["at"]),
            about["reason"],
            tuple(about["months"]),
            tuple(about["reopened"]),
            about["events"],
            about["old_nano_usd"],
            about["new_nano_usd"],
            about["asked"],
            folder,
        )
    except (KeyError, TypeError, ValueError) as problem:
        raise ReportError(f"{folder / ABOUT}: no description of a restatement: {problem}") from None


def draft_folder(ledger: Path) -> Path:
    """Make a folder for a version that is not there before it is whole."""
    place = ledger / FOLDER
    try:
        place.mkdir(parents=True, exist_ok=True)
        for left in place.glob(".draft-*"):
            with suppress(ValueError):
                if not _is_running(int(left.name.rpartition("-")[2])):
                    shutil.rmtree(left, ignore_errors=True)
        draft = place / f".draft-{os.getpid()}"
        draft.mkdir()
    except OSError as problem:
        raise ReportError(f"{place}: {problem.strerror or problem}") from None
    return draft


def publish(draft: Path, about: Mapping[str, Any]) -> int:
    """Give a draft the next number; two at the same time get one each."""
    (draft / ABOUT).write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8")
    place = draft.parent
    number = max((int(name[1]) for one in place.iterdir() if (name := NAME.fullmatch(one.name)) is not None), default=0) + 1
    while True:
        try:
            draft.rename(place / f"v{number:04d}")  # onto a folder with something in it a rename fails
        except OSError:
            if not (place / f"v{number:04d}").exists():
                raise
            number += 1
        else:
            return number


def closed_months(ledger: Path) -> dict[str, Closed]:
    """Return the months that are closed."""
    path = ledger / FOLDER / CLOSED
    if not path.exists():
        return {}
    try:
        return {
            month: Closed(month, datetime.fromisoformat(row["at"]), row["events"], row["nano_usd"]) for month, row in _read(path).items()
        }
    except (KeyError, TypeError, ValueError, AttributeError) as problem:
        raise ReportError(f"{path}: no list of closed months: {problem}") from None


def close(ledger: Path, closed: Closed) -> None:
    """Note that a month is closed."""
    path = ledger / FOLDER / CLOSED
    rows = {**closed_months(ledger), closed.month: closed}
    text = json.dumps({month: {**row._asdict(), "at": row.at.isoformat()} for month, row in sorted(rows.items())}, indent=1)
    draft = path.with_name(f".{CLOSED}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft.write_text(f"{text}\n", encoding="utf-8")
        draft.replace(path)
    except OSError as problem:
        raise ReportError(f"{path}: {problem.strerror or problem}") from None


def _read(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as problem:
        raise ReportError(f"{path}: {problem}") from None


def _is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
