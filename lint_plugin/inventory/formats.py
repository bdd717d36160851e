"""Write an inventory or a coverage in the format that was asked for."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from lint_plugin.facts import TagProof
from lint_plugin.inventory.coverage import Share
from lint_plugin.inventory.model import STATUSES, Inventory, Row
from lint_plugin.inventory.tables import aligned, markdown

VERSION: Final = 1
COLUMNS: Final = (
    "path", "line", "column", "cell", "scope", "feature", "owner", "provider", "layer", "method", "model", "status", "why", "tags", "call",
)  # fmt: skip
SHOWN: Final = ("where", "scope", "call", "provider", "model", "feature", "owner", "status")
COUNTS: Final = frozenset(("share", "attributed", "raw", "untagged", "unknown", "allowed"))
FORMATS: Final = ("table", "json", "csv", "markdown")


def inventory(found: Inventory, form: str) -> Iterator[str]:
    """Write one line a call; a table ends with how many there are."""
    if form == "json":
        yield json.dumps({"version": VERSION, "files": found.files, "sites": [_record(row) for row in found.rows]}, indent=2) + "\n"
    elif form == "csv":
        yield _csv(found.rows)
    else:
        shown = [_shown(row) for row in found.rows]
        if shown:
            yield from aligned(SHOWN, shown) if form == "table" else markdown(SHOWN, shown)
            yield "\n"
        yield f"{summary(found)}\n"


def summary(found: Inventory) -> str:
    """Return how many calls there are, by how they stand."""
    count = len(found.rows)
    if not count:
        return f"No billable call in {_files(found.files)}."
    statuses = [row.status for row in found.rows]
    parts = ", ".join(f"{statuses.count(status)} {status}" for status in STATUSES if status in statuses)
    return f"{count} billable {'call' if count == 1 else 'calls'} in {_files(found.files)}: {parts}."


def coverage(whole: Share, groups: Mapping[str, Sequence[Share]], form: str, *, known_only: bool) -> Iterator[str]:
    """Write the share of attributed calls, of each group and as a whole."""
    if form == "json":
        record = {"version": VERSION, **_counts(whole, known_only=known_only)}
        by = {name: [{name: share.name, **_counts(share, known_only=known_only)} for share in shares] for name, shares in groups.items()}
        yield json.dumps({**record, "by": by}, indent=2) + "\n"
        return
    write = aligned if form == "table" else markdown
    if whole.counted() or whole.allowed:
        for name, shares in groups.items():
            rows = [_line(share, known_only=known_only) for share in (*shares, whole)]
            yield from write((name, "share", "attributed", "raw", "untagged", "unknown", "allowed"), rows, numbers=COUNTS)
            yield "\n"
    yield f"{verdict(whole, known_only=known_only)}\n"


def verdict(whole: Share, *, known_only: bool) -> str:
    """Return the share as a sentence."""
    counted = whole.counted(known_only=known_only)
    if not counted:
        return f"100 %: no call has to be attributed{_beside(whole, known_only=known_only)}."
    shown = f"{whole.percent(known_only=known_only)} % of {counted} billable {'call' if counted == 1 else 'calls'} attributed"
    return f"{shown}{_beside(whole, known_only=known_only)}."


def _beside(whole: Share, *, known_only: bool) -> str:
    """Name what is counted apart."""
    parts: list[str] = []
    if whole.unknown:
        parts.append(f"{whole.unknown} unknown, which only a run can judge, {'left out' if known_only else 'not counted as attributed'}")
    if whole.allowed:
        parts.append(f"{whole.allowed} allowed by the policy left out")
    return f" ({'; '.join(parts)})" if parts else ""


def _files(count: int) -> str:
    return f"{count} {'file' if count == 1 else 'files'}"


def _line(share: Share, *, known_only: bool) -> tuple[str, ...]:
    return share.name, f"{share.percent(known_only=known_only)} %", *(str(count) for count in share[1:])


def _counts(share: Share, *, known_only: bool) -> dict[str, Any]:
    return {"percent": float(share.percent(known_only=known_only)), **{name: getattr(share, name) for name in Share._fields[1:]}}


def _shown(row: Row) -> tuple[str, ...]:
    cell = f":cell {row.cell}" if row.cell else ""
    place = f"{row.path}{cell}:{row.line}:{row.column}"
    status = f"{row.status}: {row.why}" if row.why else row.status
    return place, row.scope, row.call or row.method, row.provider, "|".join(row.models), row.feature, row.owner, status


def _record(row: Row) -> dict[str, Any]:
    record: dict[str, Any] = {**row._asdict(), "models": list(row.models)}
    record["tags"] = {tag.key: {"state": tag.state, "by": tag.how, "values": tag.values, "dynamic": tag.dynamic} for tag in row.tags}
    return record


def _csv(rows: Sequence[Row]) -> str:
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(COLUMNS)
    for row in rows:
        values: dict[str, Any] = {**row._asdict(), "cell": row.cell or "", "model": "|".join(row.models), "tags": _tags(row.tags)}
        table.writerow([values[name] for name in COLUMNS])
    return out.getvalue()


def _tags(tags: Sequence[TagProof]) -> str:
    """Return ``feature=faq (receiver); team (missing)``."""
    return "; ".join(_tag(tag) for tag in tags)


def _tag(tag: TagProof) -> str:
    value = "|".join((*tag.values, "..."[: 3 * tag.dynamic])).strip("|") if tag.values else "..."[: 3 * tag.dynamic]
    by = ", ".join(tag.how) if tag.state == "proven" else ", ".join((tag.state, *tag.how))
    return f"{tag.key}{'=' if value else ''}{value}{f' ({by})' if by else ''}"
