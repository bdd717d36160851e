"""A comparison for other programs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from lint_plugin.changes.calls import is_worse
from lint_plugin.changes.model import VERSION, Diff
from lint_plugin.changes.verdict import concerns
from lint_plugin.inventory.coverage import Share
from lint_plugin.inventory.model import Row


def render(diff: Diff) -> Iterator[str]:
    """Write one object."""
    yield json.dumps(record(diff), indent=2) + "\n"


def record(diff: Diff) -> dict[str, Any]:
    """Return the comparison as plain values."""
    return {
        "version": VERSION,
        "revision": diff.revision,
        "notes": list(diff.notes),
        "concerns": concerns(diff),
        "coverage": {"before": _share(diff.before), "now": _share(diff.now)},
        "calls": [
            {"kind": one.kind, "is_worse": is_worse(one), "changed": list(one.what), "before": _row(one.before), "now": _row(one.now)}
            for one in diff.calls
        ],
        "features": [feature._asdict() for feature in diff.features],
        "settings": [setting._asdict() for setting in diff.settings],
        "baseline": diff.baseline._asdict() if diff.baseline else None,
        "problems": list(diff.problems),
    }


def _share(share: Share) -> dict[str, Any]:
    return {"percent": float(share.percent()), **{name: getattr(share, name) for name in Share._fields[1:]}}


def _row(row: Row | None) -> dict[str, Any] | None:
    if row is None:
        return None
    tags = {tag.key: {"state": tag.state, "by": tag.how, "values": tag.values, "dynamic": tag.dynamic} for tag in row.tags}
    return {**row._asdict(), "models": list(row.models), "tags": tags}
