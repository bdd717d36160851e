"""Read ``--by``: up to four names, which become the keys of a report."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from cost_lib.ledger.asking.dimensions import Dimension, named
from cost_lib.ledger.asking.tokens import AskedWronglyError, cut, plain

if TYPE_CHECKING:
    from cost_lib.policy import Policy

OPTION: Final = "--by"
MOST: Final = 4
ABSENT: Final = "CAST(NULL AS VARCHAR)"


class Grouping(NamedTuple):
    """The keys of a report, as SQL of our own with parameters."""

    dimensions: tuple[Dimension, ...]
    parameters: dict[str, str]

    @property
    def names(self) -> tuple[str, ...]:
        """Return what the keys are called."""
        return tuple(one.name for one in self.dimensions)

    @property
    def columns(self) -> frozenset[str]:
        """Return the columns that are needed."""
        found = frozenset[str]().union(*(one.columns for one in self.dimensions))
        return found | {"is_attributed"} if "feature" in self.names else found

    @property
    def is_by_time(self) -> bool:
        """Say whether the first key is a day, week or month."""
        return bool(self.dimensions) and self.dimensions[0].kind == "time"

    def keys(self) -> list[str]:
        """Write the keys as they are read off a row."""
        return self._numbered("key", [of.expression for of in self.dimensions])

    def raw(self) -> str:
        """Write what rows are grouped by before the keys are made of it."""
        return ", ".join(self._numbered("raw", [of.raw for of in self.dimensions]))

    def made(self) -> str:
        """Write the keys as they are made of what rows were grouped by."""
        shown = [of.shown.replace("{raw}", f"raw{number}") for number, of in enumerate(self.dimensions, 1)]
        return self._apart(shown)

    def spliced(self) -> str:
        """Write the keys as they are read off a row, and whether the row stands apart because nobody answers for it."""
        return self._apart([of.expression for of in self.dimensions])

    def plain(self) -> str:
        """Write the keys where nothing stands apart."""
        return ", ".join((*self.keys(), "false AS is_apart"))

    def _apart(self, expressions: Sequence[str]) -> str:
        """Set aside what nobody answers for where the feature is asked for."""
        names = self.names
        own = [
            f"CASE WHEN is_attributed THEN {expression} END" if name == "feature" else expression
            for name, expression in zip(names, expressions, strict=True)
        ]
        return ", ".join((*self._numbered("key", own), f"{'NOT is_attributed' if 'feature' in names else 'false'} AS is_apart"))

    def _numbered(self, name: str, expressions: Sequence[str]) -> list[str]:
        tags = iter(self.parameters)
        found = [one.replace("{tag}", f"${next(tags)}") if "{tag}" in one else one for one in expressions]
        filled = [*found, *(ABSENT for _ in range(MOST - len(found)))]
        return [f"{one} AS {name}{number}" for number, one in enumerate(filled, 1)]


def read_grouping(texts: Sequence[str], rules: Policy, *, default: str = "") -> Grouping:
    """Read names that are separated by commas, or given one after the other."""
    found: list[Dimension] = []
    for text in texts or ((default,) if default else ()):
        found += _dimensions(text, rules)
    repeated = next((one.name for number, one in enumerate(found) if one.name in [before.name for before in found[:number]]), None)
    whole = ",".join(texts)
    if repeated is not None:
        raise AskedWronglyError(f"{plain(repeated)} is asked for twice", OPTION, whole, 0, len(whole))
    if len(found) > MOST:
        raise AskedWronglyError(f"at most {MOST} names; fewer and --where tell more", OPTION, whole, 0, len(whole))
    tags = [one.tag for one in found if one.tag is not None]
    return Grouping(tuple(found), {f"t{number}": tag for number, tag in enumerate(tags, 1)})


def _dimensions(text: str, rules: Policy) -> list[Dimension]:
    tokens, found, at = cut(text, OPTION), [], 0
    while True:
        token = tokens[at]
        if token.kind not in ("word", "name"):
            raise AskedWronglyError("a name was expected, such as feature or feature,model", OPTION, text, token.start, token.end)
        found.append(named(token, rules, option=OPTION, text=text))
        after = tokens[at + 1]
        if after.kind == "end":
            return found
        if (after.kind, after.text) != ("sign", ","):
            raise AskedWronglyError("names are separated by commas", OPTION, text, after.start, after.end)
        at += 2
