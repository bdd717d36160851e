"""A log that is hard on engines, and every report on it: what they must agree on."""

from __future__ import annotations

import json
import random
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from cost_lib.ledger.asking.question import Question, read_question
from cost_lib.ledger.engines.exporting import Target, export
from cost_lib.ledger.engines.model import Engine
from cost_lib.ledger.reports import caching, chaining, comparing, outcome_file, quadrants, spending, tiering, units
from cost_lib.ledger.session import Session, Table
from cost_lib.policy import loads

RULES: Final = loads('[tags.squad]\n[features.faq]\n[features.search]\n[features."it\'s"]\n', Path("costmark.toml"))
DAYS: Final = ("2026-09-27", "2026-09-30", "2026-10-01", "2026-10-31", "2026-11-02", "2026-11-22")
MODELS: Final = ("gpt-4o", "gpt-4o-mini", "gpt-4.1")
TAGS: Final = ({"squad": "a"}, {"squad": "b'\"\\", "odd '\"\\ name": "x"}, {"squad": "ünïcode \U0001f600"}, None)
Result = tuple[tuple[str, ...], list[tuple[Any, ...]]]


def write_log(folder: Path, events: int = 600) -> Path:
    """Write events of every kind, with costs whose sums outgrow 64 bits."""
    chance = random.Random(7)  # noqa: S311 - the same events in every run
    folder.mkdir(parents=True, exist_ok=True)
    lines = [json.dumps(_event(number, chance), separators=(",", ":")) for number in range(events)]
    (folder / "events-2026-11-22.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def _event(number: int, chance: random.Random) -> dict[str, Any]:
    kind = chance.choice(("call",) * 12 + ("deferred", "result", "outcome"))
    found = {
        "v": 1, "ts": f"{chance.choice(DAYS)}T{chance.randrange(24):02}:00:00.{number:06}Z", "event_id": f"e{number:05}",
        "operation_id": f"o{number // 2}", "attempt": 1 + (number % 7 == 0), "kind": kind, "chain_id": f"c{number // 5}",
        "session_id": f"s{number // 4}", "feature": chance.choice(("faq", "search", "it's", "other", None)),
        "user_segment": chance.choice(("pro", "free", None)), "user_id": chance.choice((*(f"u{one}" for one in range(40)), None)),
        "prompt_version": chance.choice(("1", "2")), "tags": chance.choice(TAGS),
        "status": chance.choice(("ok",) * 8 + ("error", "refused")),
    }  # fmt: skip
    if kind == "outcome":
        found |= {"outcome": chance.choice(("solved", "converted")), "success": chance.random() < 0.7, "value": chance.randrange(8) / 4}
    else:
        found |= _spent(chance)
    return {name: value for name, value in found.items() if value is not None}


def _spent(chance: random.Random) -> dict[str, Any]:
    cost = chance.choice((chance.randrange(10**9), chance.randrange(2**58), None))
    split = {"input": cost // 3, "cache_read": cost // 7, "output": cost - cost // 3 - cost // 7} if cost else None
    return {
        "provider": "openai", "model": chance.choice(MODELS), "model_requested": "gpt-4o", "input_tokens": chance.randrange(10**5),
        "output_tokens": chance.randrange(10**4), "cache_read_tokens": chance.choice((0, 0, 500)), "cost_nano_usd": cost,
        "cost_split": split, "cost_source": "catalog" if cost is not None else "unknown", "usage_source": "reported",
        "latency_ms": chance.randrange(10**6) / 1000, "call_site": {"file": "a.py", "line": chance.randrange(4)},
    }  # fmt: skip


def _ask(by: str = "feature", where: str = "", **times: str) -> Question:
    return read_question(RULES, by=by, where=(where,) if where else (), **times)


def _alone(where: str = "") -> Question:
    return read_question(RULES, where=(where,) if where else ())


def _unit_with_file(session: Session) -> Table:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "outcomes.csv"
        file.write_text("ts,feature,outcome,success\n2026-10-01,faq,solved,1\n2026-10-02,it's,solved,0\n", encoding="utf-8")
        outcome_file.read_outcomes(session, file)
    return units.unit(session, _ask(), is_given=True)


HARD: Final = "squad='b''\"\\' or feature in (\"it's\", 'x') and not model=gpt-4o*"
REVENUE: Final = tiering.Revenue(5 * 10**17, {"pro": 10**18}, (("u1", "2026-10", 7), ("u2", "", 10**17)))
REPORTS: Final[dict[str, Callable[[Session], Table]]] = {
    "report": lambda session: spending.report(session, _ask("month,feature,segment")),
    "report by tags": lambda session: spending.report(session, _ask("tags.squad,model")),
    "report by an odd tag": lambda session: spending.report(session, _ask('tags."odd \'""\\ name"')),
    "report by user": lambda session: spending.report(session, _ask("user", since="2026-10-01")),
    "report by week": lambda session: spending.report(session, _ask("week,segment")),
    "report by meter": lambda session: spending.report(session, _ask("month,meter")),
    "report where": lambda session: spending.report(session, _ask("day", HARD)),
    "report of nothing": lambda session: spending.report(session, _ask(month="2020-01")),
    "top": lambda session: spending.top(session, _ask("feature"), limit=2),
    "top users": lambda session: spending.top(session, _ask("user"), order="tokens"),
    "trend": lambda session: spending.trend(session, _ask("day"), limit=3),
    "trend by month": lambda session: spending.trend(session, _ask("month,feature"), limit=2),
    "unattributed": lambda session: spending.unattributed(session, _ask("week,call_site")),
    "calls": lambda session: spending.calls(session, _alone("cost > 0.001")),
    "calls by latency": lambda session: spending.calls(session, _alone(), order="latency"),
    "chains": lambda session: chaining.chains(session, _alone()),
    "chains by feature": lambda session: chaining.chains(session, _ask()),
    "compare": lambda session: comparing.compare(session, before="2026-10", after="2026-11").table,
    "compare versions": lambda session: comparing.compare(session, across="prompt_version", before="1", after="2").table,
    "quadrant": lambda session: quadrants.quadrant(session, _ask()),
    "unit": lambda session: units.unit(session, _ask()),
    "unit with outcomes of a file": _unit_with_file,
    "tiers": lambda session: tiering.tiers(session, _ask("segment")),
    "tiers with prices": lambda session: tiering.tiers(session, _ask("segment"), REVENUE),
    "cache": lambda session: caching.cache(session, _ask()),
}


@contextmanager
def here(log: Path) -> Iterator[Session]:
    """Open the log in this process."""
    session = Session([log], RULES)
    try:
        yield session
    finally:
        session.close()


@contextmanager
def there(engine: Engine) -> Iterator[Session]:
    """Ask another engine."""
    session = Session([], RULES, engine=engine)
    try:
        yield session
    finally:
        session.close()


def exported(session: Session, target: Target) -> dict[str, int]:
    """Write a log to an engine."""
    return {one.view: one.rows for one in export(session.opened("events").connection, session.scratch, target)}


def read(report: str, session: Session) -> Result:
    """Make a report and read it."""
    return REPORTS[report](session).read()


def is_same(one: Result, other: Result) -> bool:
    """Compare: words, counts and money to the last digit, fractions to what the order of adding them leaves."""
    pairs = [(left, right) for rows in zip(one[1], other[1], strict=False) for left, right in zip(*rows, strict=True)]
    return one[0] == other[0] and len(one[1]) == len(other[1]) and all(_is_equal(*pair) for pair in pairs)


def _is_equal(left: Any, right: Any) -> bool:
    if isinstance(left, float) and isinstance(right, (int, float)):
        return abs(left - right) <= 1e-12 * max(abs(left), abs(right))
    return bool(left == right)
