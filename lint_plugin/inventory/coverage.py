"""How many of the calls that have to be attributed are: as a whole, and by package, owner, provider or feature."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import ROUND_FLOOR, Decimal
from typing import Final, NamedTuple

from lint_plugin.inventory.model import ALLOWED, ATTRIBUTED, RAW, UNKNOWN, UNTAGGED, Row

NONE: Final = "(none)"
TOP: Final = "."
DEPTH: Final = 2
SOURCES: Final = "src"  # a folder that only holds packages is none
FULL: Final = Decimal(100)
TENTH: Final = Decimal("0.1")


class Share(NamedTuple):
    """The calls of a group by how they stand."""

    name: str
    attributed: int = 0
    raw: int = 0
    untagged: int = 0
    unknown: int = 0
    allowed: int = 0  # need no tags: they count neither way

    def counted(self, *, known_only: bool = False) -> int:
        """Return how many calls have to be attributed; those that only a run can judge may be left out."""
        return self.attributed + self.raw + self.untagged + (0 if known_only else self.unknown)

    def percent(self, *, known_only: bool = False) -> Decimal:
        """Return the share of attributed calls, rounded down to a tenth: 100 is said of all alone."""
        counted = self.counted(known_only=known_only)
        return (FULL * self.attributed / counted).quantize(TENTH, ROUND_FLOOR) if counted else FULL.quantize(TENTH)

    def is_below(self, threshold: Decimal, *, known_only: bool = False) -> bool:
        """Tell whether the exact share lies under a threshold."""
        return FULL * self.attributed < threshold * self.counted(known_only=known_only)


def package(path: str, depth: int = DEPTH) -> str:
    """Return the folders that a file belongs to, at most so many; a leading ``src`` does not count."""
    folders = path.split("/")[:-1]
    depth += folders[:1] == [SOURCES]
    return "/".join(folders[:depth]) or TOP


def total(rows: Iterable[Row]) -> Share:
    """Count all calls together."""
    return _share("total", list(rows))


def shares(rows: Iterable[Row], by: str, *, depth: int = DEPTH) -> list[Share]:
    """Count calls by package, owner, provider or feature; groups in the order of their names, the nameless last."""
    name_of: Callable[[Row], str] = {
        "package": lambda row: package(row.path, depth),
        "owner": lambda row: row.owner or NONE,
        "provider": lambda row: row.provider or NONE,
        "feature": lambda row: row.feature or NONE,
    }[by]
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(name_of(row), []).append(row)
    return [_share(name, groups[name]) for name in sorted(groups, key=lambda name: (name == NONE, name))]


def _share(name: str, rows: list[Row]) -> Share:
    statuses = [row.status for row in rows]
    return Share(name, *(statuses.count(status) for status in (ATTRIBUTED, RAW, UNTAGGED, UNKNOWN, ALLOWED)))
