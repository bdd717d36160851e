"""Read the rate tables, ``rates/<provider>.json``, each when first asked for, and find entries in them."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from datetime import time as clock_time
from typing import Any, Final, NamedTuple

BEGIN: Final = datetime.min.replace(tzinfo=UTC)
END: Final = datetime.max.replace(tzinfo=UTC)
# how the generator lays a table out: a model begins a line, no JSON string holds a line break, the names come before the prices
MODELS: Final = '"models": ['
MODEL: Final = "\n{"
MATCH: Final = r'"match":(\[.*?\]),"(?:minimum|prices)"'
FOLDER: Final = f"{os.path.dirname(__file__)}{os.sep}rates"  # noqa: PTH120
TABLE_NAME: Final = r"[a-z0-9][a-z0-9_.-]*"


class Tier(NamedTuple):
    """Rates of a request whose input is longer than ``tokens``; they hold for the whole request."""

    tokens: int
    cached: bool  # whether cache reads and writes count towards ``tokens``
    rates: Mapping[str, int]  # complete: the standard rates where the tier changes nothing


class Price(NamedTuple):
    """The rates of one model in one context over one period."""

    provider: str  # the table
    model: str  # the table's entry
    context: str
    rates: Mapping[str, int]  # meter -> pico-USD per unit (durations: per hour); empty = free of charge
    tiers: tuple[Tier, ...] = ()  # longest first
    start: datetime = BEGIN  # UTC, inclusive
    end: datetime = END  # exclusive
    hours: tuple[clock_time, clock_time] | None = None  # UTC, inclusive and exclusive
    days: tuple[int, int] | None = None  # ISO week days, UTC, both inclusive
    minimum: Mapping[str, int] = {}  # meter -> least quantity that a request is billed for
    source: str = ""
    checked: str = ""  # ISO date on which the source was read


class Retired(NamedTuple):
    """The provider no longer serves the model."""

    date: date
    source: str


class Table:
    """One file. Its header is read at once; a model's text is searched for and read when the model is asked for.

    Reading everything takes 0.5 to 2 ms, finding one name in the text 0.02: a process prices a handful of models.
    """

    def __init__(self, provider: str, header: Mapping[str, Any], body: str) -> None:
        self.provider = provider
        self.fallback: tuple[str, ...] = tuple(header["fallback"])  # tables to ask for names that are not here
        self.sources: Mapping[str, Mapping[str, Any]] = header["sources"]
        self.retired: tuple[tuple[str, str, str], ...] = tuple((row[0], row[1], row[2]) for row in header["retired"])
        self.uplifts: tuple[Mapping[str, Any], ...] = tuple(header["uplifts"])
        self._body = body
        self._clauses: tuple[tuple[str, int], ...] = ()

    def find_entry(self, names: Iterable[str]) -> Mapping[str, Any] | None:
        """Find the entry of a model under any of its spellings; an exact name wins over a pattern."""
        for name in names:
            place = self._body.find(_quoted("=" + name))
            if place < 0:
                place = next((place for clause, place in self.clauses if clause[0] != "=" and matches(clause, name)), -1)
            if place >= 0:
                return self._read_entry(place)
        return None

    @property
    def clauses(self) -> tuple[tuple[str, int], ...]:
        """Give what every model is matched by, with its place in the text."""
        if not self._clauses:
            found = list(re.finditer(MATCH, self._body))
            lists = _unquoted(match[1] for match in found)
            self._clauses = tuple((clause, match.start()) for match, names in zip(found, lists, strict=True) for clause in names)
        return self._clauses

    def names(self) -> tuple[str, ...]:
        """Give every literal name and prefix of the table."""
        return tuple(clause[1:] for clause, _ in self.clauses if clause[0] in "=^")

    def _read_entry(self, place: int) -> Mapping[str, Any]:
        """Read the model around a place in the text."""
        from json import JSONDecoder

        entry: Mapping[str, Any] = JSONDecoder().raw_decode(self._body, self._body.rindex(MODEL, 0, place) + 1)[0]
        return entry

    def find_retirement(self, names: Iterable[str]) -> Retired | None:
        """Find when a model was, or will be, retired."""
        for name in names:
            for clause, day, source in self.retired:
                if matches(clause, name):
                    return Retired(date.fromisoformat(day), str(self.sources[source]["from"]))
        return None

    def prices_of(self, entry: Mapping[str, Any], context: str) -> tuple[Price, ...]:
        """Give the prices of an entry in a context, in the order in which they are to be tried."""
        rows = [row for row in entry["prices"] if row.get("for", "") == context]
        if rows:
            return tuple(_price(self, entry, row) for row in rows)
        for uplift in self.uplifts:
            parts = context.split("+")
            if uplift["for"] in parts and any(matches(clause, entry["id"]) for clause in uplift["match"]):
                parts.remove(uplift["for"])
                base = self.prices_of(entry, "+".join(parts))
                return tuple(_lifted(self, price, context, uplift) for price in base)
        return ()


_tables: dict[str, Table | None] = {}
_given: Final[dict[str, str]] = {}  # tables from elsewhere, by name


def read_table(name: str) -> Table | None:
    """Read a provider's table once; None where there is none."""
    if name not in _tables:
        found = _read(name)
        if found is None:
            return None  # not kept: provider names come from outside
        _tables[name] = found
    return _tables[name]


def give_table(name: str, text: str) -> None:
    """Let a text stand for a table until an empty one takes it back; it is laid out as those that are shipped."""
    if text:
        _given[name] = text
    else:
        _given.pop(name, None)
    forget_tables()


def forget_tables() -> None:
    """Drop what was read, so that the tables are read anew."""
    _tables.clear()


def matches(clause: str, name: str) -> bool:
    """Say whether a clause accepts a name: "=" exact, "^" prefix, "$" suffix, "*" contained, "~" regular expression."""
    sign, text = clause[0], clause[1:]
    if sign == "^":
        return name.startswith(text)
    if sign == "*":
        return text in name
    if sign == "=":
        return name == text
    if sign == "$":
        return name.endswith(text)
    return re.search(text, name) is not None


def text_of(name: str) -> str:
    """Return a table as it is shipped; empty where there is none."""
    if name in _given:
        return _given[name]
    if not re.fullmatch(TABLE_NAME, name):
        return ""
    try:
        with open(f"{FOLDER}{os.sep}{name}.json", encoding="utf-8") as file:  # noqa: PTH123 - a third of the time
            return file.read()
    except (FileNotFoundError, NotADirectoryError):  # too many open files say nothing of a table
        return "" if os.path.isdir(FOLDER) else _packed(name)  # noqa: PTH112


def _packed(name: str) -> str:
    """Read a table out of a package that lies in an archive."""
    from importlib import resources  # here, because it takes as long as ten tables

    file = resources.files("cost_lib.catalog").joinpath("rates", f"{name}.json")
    return file.read_text(encoding="utf-8") if file.is_file() else ""


def _read(name: str) -> Table | None:
    """Read and index one file."""
    import json

    head, found, body = text_of(name).partition(MODELS)
    return Table(name, json.loads(f"{head}{MODELS}]}}"), body) if found else None


def _quoted(text: str) -> str:
    """Write a JSON string as the generator does."""
    from json import dumps

    return dumps(text, ensure_ascii=False)


def _unquoted(texts: Iterable[str]) -> list[list[str]]:
    """Read JSON lists of strings."""
    from json import loads

    lists: list[list[str]] = loads(f"[{','.join(texts)}]")
    return lists


def _price(table: Table, entry: Mapping[str, Any], row: Mapping[str, Any]) -> Price:
    """Build a price from one row of a table."""
    rates = row["rates"]
    source = table.sources[row.get("source", "genai")]
    return Price(
        table.provider,
        entry["id"],
        row.get("for", ""),
        rates,
        tuple(Tier(tier["tokens"], tier["cached"], {**rates, **tier["rates"]}) for tier in reversed(row.get("above", ()))),
        utc(datetime.fromisoformat(row["from"])) if "from" in row else BEGIN,
        utc(datetime.fromisoformat(row["to"])) if "to" in row else END,
        _hours(row.get("hours", "")),
        _days(row.get("days", "")),
        entry.get("minimum", {}),
        _cite(source),
        source["checked"],
    )


def _lifted(table: Table, price: Price, context: str, uplift: Mapping[str, Any]) -> Price:
    """Raise the token rates of a price by a surcharge."""
    source = table.sources[uplift["source"]]
    return price._replace(
        context=context,
        rates=_raise(price.rates, uplift),
        tiers=tuple(tier._replace(rates=_raise(tier.rates, uplift)) for tier in price.tiers),
        source=f"{price.source}; {_cite(source)}",
    )


def _raise(rates: Mapping[str, int], uplift: Mapping[str, Any]) -> dict[str, int]:
    """Multiply rates by thousandths, half to even; fees per search or request stay."""
    fees = uplift["fees"]
    return {meter: rate if meter in fees else round_half_even(rate * uplift["thousandths"], 1000) for meter, rate in rates.items()}


def round_half_even(amount: int, unit: int) -> int:
    """Divide integers, rounding half to even."""
    whole, rest = divmod(amount, unit)
    return whole + (rest * 2 > unit or (rest * 2 == unit and whole % 2 == 1))


def utc(at: datetime | date) -> datetime:
    """Give an aware UTC time; naive times are UTC, a date is its first moment."""
    if not isinstance(at, datetime):
        return datetime(at.year, at.month, at.day, tzinfo=UTC)
    if at.tzinfo is UTC:
        return at
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)


def _cite(source: Mapping[str, Any]) -> str:
    """Name a source with its pages."""
    return " ".join((source["from"], *source.get("urls", ())))


def _hours(text: str) -> tuple[clock_time, clock_time] | None:
    """Read ``01:00-04:00``."""
    if not text:
        return None
    start, _, end = text.partition("-")
    return clock_time.fromisoformat(start), clock_time.fromisoformat(end)


def _days(text: str) -> tuple[int, int] | None:
    """Read ``1-5``."""
    return (int(text[0]), int(text[-1])) if text else None
