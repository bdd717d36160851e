"""The plan: a table of sites with the features that are proposed for them, for people to edit."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from lint_plugin.errors import WrongUseError
from lint_plugin.model import Finding

COLUMNS: Final = ("path", "line", "code", "call", "scope", "feature", "from", "owner", "serves", "review", "fingerprint")
FEATURE: Final = "feature"


class Row(NamedTuple):
    """One site of a plan: what it is spent on, who answers for that, and other tags that it needs."""

    path: str
    line: int
    code: str
    fingerprint: str
    feature: str
    call: str = ""
    scope: str = ""
    origin: str = ""
    owner: str = ""
    serves: int = 0
    review: bool = True
    tags: tuple[tuple[str, str], ...] = ()


def write(rows: Iterable[Row], others: Sequence[str]) -> str:
    """Return a plan as a table; ``others`` are the tags besides the feature that some site needs."""
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow([*COLUMNS, *others])
    for row in rows:
        tags = dict(row.tags)
        review = "yes" if row.review else ""
        known = (row.path, row.line, row.code, row.call, row.scope, row.feature, row.origin, row.owner, row.serves, review, row.fingerprint)
        table.writerow([*known, *(tags.get(name, "") for name in others)])
    return out.getvalue()


def read(file: Path) -> list[Row]:
    """Read a plan; the columns may stand in any order, those that only inform may be gone."""
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise WrongUseError(f"--apply {file}: {error.strerror if isinstance(error, OSError) else 'is not UTF-8'}") from error
    table = csv.DictReader(io.StringIO(text, newline=""))
    for needed in ("path", "fingerprint", FEATURE):
        if needed not in (table.fieldnames or ()):
            raise WrongUseError(f"--apply {file}: the column {needed} is missing; costmark fix --plan writes a plan")
    return [_row(entry) for entry in table]


def _row(entry: Mapping[str | None, str | None]) -> Row:
    def cell(name: str) -> str:
        return (entry.get(name) or "").strip()

    line = cell("line")
    others = [name for name in entry if name is not None and name not in COLUMNS]
    return Row(
        path=cell("path"),
        line=int(line) if line.isdigit() else 0,
        code=cell("code"),
        fingerprint=cell("fingerprint"),
        feature=cell(FEATURE),
        owner=cell("owner"),
        tags=tuple((name, cell(name)) for name in others if cell(name)),
    )


class Plan:
    """The rows of a plan by the site that they are about."""

    def __init__(self, rows: Iterable[Row]) -> None:
        """Sort the rows by fingerprint."""
        self._rows: Final[dict[tuple[str, str], Row]] = {(row.path, row.fingerprint): row for row in rows}

    def row(self, finding: Finding) -> Row | None:
        """Return the row of a finding; lines may have moved since the plan was written."""
        return self._rows.get((finding.path, finding.fingerprint))
