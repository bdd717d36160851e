"""Read outcomes that were not recorded by the program: a CSV file from a shop, a help desk, an experiment."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from cost_lib.errors import ReportError
from cost_lib.ledger.reports.outcomes import GIVEN
from cost_lib.ledger.session import fill
from cost_lib.privacy import named

if TYPE_CHECKING:
    from cost_lib.ledger.session import Session
    from cost_lib.policy import Policy

TEXTS: Final = (
    "feature team project cost_center owner user_segment environment priority request_type prompt_version chain_id session_id operation_id"
).split()
ALIASES: Final = {
    "date": "ts", "day": "ts", "time": "ts", "name": "outcome",
    "segment": "user_segment", "user": "user_id", "chain": "chain_id", "session": "session_id",
}  # fmt: skip
COLUMNS: Final = ("ts", "outcome", "success", "value", "count", "user_id", *TEXTS)
STAGED: Final = {"ts": "TIMESTAMP", "outcome": "VARCHAR", "success": "BOOLEAN", "value": "DOUBLE", "user_id": "VARCHAR",
                 **dict.fromkeys(TEXTS, "VARCHAR"), "tags": "VARCHAR", "kind": "VARCHAR", "event_id": "VARCHAR"}  # fmt: skip
YES: Final = ("", "1", "true", "yes", "y", "t")
NO: Final = ("0", "false", "no", "n", "f")
HASHED: Final = re.compile(r"[0-9a-f]{32}")
MOST: Final = 5_000_000


def read_outcomes(session: Session, file: Path) -> None:
    """Lay the outcomes of a file beside those that were recorded."""
    connection = session.opened("events").connection
    try:
        with file.open(encoding="utf-8-sig", newline="") as text:
            rows = list(_rows(text, file, session.rules))
    except (OSError, UnicodeDecodeError, csv.Error) as problem:
        raise ReportError(f"{file}: cannot be read as CSV: {getattr(problem, 'strerror', None) or problem}") from None
    fill(connection, "staged_outcomes", STAGED, rows)
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {GIVEN} AS SELECT * FROM events WHERE false")  # noqa: S608 - no input
    connection.execute(
        f"INSERT INTO {GIVEN} BY NAME SELECT *, ts::DATE AS dt, coalesce(feature, '') <> '' AS is_attributed FROM staged_outcomes"  # noqa: S608
    )


def _rows(text: Any, file: Path, rules: Policy) -> Iterator[tuple[Any, ...]]:
    reader = csv.DictReader(text)
    names = {name: _column(name, file) for name in reader.fieldnames or ()}
    if "ts" not in names.values() or "outcome" not in names.values():
        raise ReportError(f"{file}: needs at least the columns date and outcome; known are {', '.join(COLUMNS)} and tags.NAME")
    total = 0
    for record in reader:
        place = f"{file}:{reader.line_num}"
        found = {names[name]: value.strip() for name, value in record.items() if name is not None and isinstance(value, str)}
        count = _count(found.get("count", ""), place)
        total += count
        if total > MOST:
            raise ReportError(f"{place}: more than {MOST:,} outcomes")
        row = _row(found, place, rules)
        yield from ((*row, f"{place}:{number}") for number in range(count))


def _row(found: dict[str, str], place: str, rules: Policy) -> tuple[Any, ...]:
    tags = {name[5:]: value for name, value in found.items() if name.startswith("tags.") and value}
    user = found.get("user_id", "")
    if user and not HASHED.fullmatch(user):  # as the log names users
        user = named(user, rules.settings.user_id)
    return (
        _moment(found.get("ts", ""), place),
        found.get("outcome", ""),
        _flag(found.get("success", ""), place),
        _number(found.get("value", ""), place),
        user or None,
        *(found.get(name) or None for name in TEXTS),
        json.dumps(tags) if tags else None,
        "outcome",
    )


def _column(name: str, file: Path) -> str:
    simple = name.strip().lower().replace(" ", "_")
    found = ALIASES.get(simple, simple)
    if found in COLUMNS:
        return found
    if name.strip().startswith("tags.") and len(name.strip()) > len("tags."):
        return name.strip()
    raise ReportError(f"{file}: nothing is called {name!r}; known are {', '.join(COLUMNS)} and tags.NAME")


def _moment(text: str, place: str) -> datetime:
    try:
        return datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        raise ReportError(f"{place}: {text!r} is no day or time; write it as 2026-11-22 or 2026-11-22T10:00:00") from None


def _flag(text: str, place: str) -> bool:
    if text.lower() in YES:
        return True
    if text.lower() in NO:
        return False
    raise ReportError(f"{place}: success is {text!r}; write true or false")


def _number(text: str, place: str) -> float | None:
    try:
        return float(text) if text else None
    except ValueError:
        raise ReportError(f"{place}: value is {text!r}, which is no number") from None


def _count(text: str, place: str) -> int:
    if not text:
        return 1
    if not (text.isascii() and text.isdigit()):
        raise ReportError(f"{place}: count is {text!r}, which is no whole number")
    return int(text)
