"""A log with the skew of a real one, the same each time: few users make most calls, few models most cost, growth, weekends, a new model."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, Final, NamedTuple

from cost_lib.catalog.prices import Price, find_price
from cost_lib.catalog.table_archive import version_of
from cost_lib.model import Cost, Usage
from cost_lib.pricing import cost

BEGIN: Final = date(2026, 8, 24)
Event = dict[str, Any]


class Feature(NamedTuple):
    """What calls of a feature are like."""

    weight: int
    team: str
    models: dict[str, int]
    tokens_in: int
    cached: float  # the part of the input that caching can hold
    tokens_out: int
    file: str
    line: int


FEATURES: Final = {
    "faq_check": Feature(40, "support", {"gpt-4o-mini": 9, "gpt-4o": 1}, 900, 0.6, 20, "support/faq.py", 31),
    "faq_answer": Feature(18, "support", {"gpt-4o-mini": 8, "claude-haiku-4-5": 2}, 2200, 0.5, 180, "support/faq.py", 58),
    "search_rerank": Feature(22, "search", {"gpt-4o-mini": 10}, 600, 0.0, 8, "search/rerank.py", 12),
    "complex_reasoning": Feature(4, "core", {"claude-sonnet-4-5": 8, "gpt-5": 2}, 9000, 0.4, 1400, "core/agent.py", 140),
    "ticket_summary": Feature(9, "support", {"claude-haiku-4-5": 10}, 3500, 0.0, 260, "support/tickets.py", 77),
    "": Feature(3, "", {"gpt-4o": 7, "gpt-4o-mini": 3}, 1500, 0.0, 300, "scripts/backfill.py", 9),
}
CLASSES: Final = {
    "gpt-4o-mini": "fast",
    "gpt-4o": "workhorse",
    "gpt-5": "frontier",
    "claude-haiku-4-5": "fast",
    "claude-sonnet-4-5": "workhorse",
}
SEGMENTS: Final = {"free": 70, "pro": 25, "enterprise": 5}
DEARER: Final = ("complex_reasoning", 60, "claude-sonnet-4-5")  # from that day on it takes nearly all of them
VERSIONS: Final = ("v2", 45, "v3")


def events(days: int, calls_a_day: int, seed: int = 1) -> Iterator[tuple[date, Event]]:
    """Yield events in the order of their time."""
    random = Random(seed)  # noqa: S311 - the same log each time
    names, weights = list(FEATURES), [one.weight for one in FEATURES.values()]
    number = 0
    for index in range(days):
        day = BEGIN + timedelta(days=index)
        busy = calls_a_day * (1 + index / days) * (0.45 if day.weekday() >= 5 else 1)
        for second in sorted(random.uniform(0, 86_400) for _ in range(int(busy))):
            number += 1
            at = datetime.combine(day, datetime.min.time(), UTC) + timedelta(seconds=second)
            name = random.choices(names, weights)[0]
            yield from ((day, one) for one in _of_call(random, at, number, name, index))


def write(folder: Path, days: int, calls_a_day: int, seed: int = 1) -> int:
    """Write daily files, and return how many events they hold."""
    folder.mkdir(parents=True, exist_ok=True)
    by_day: dict[date, list[str]] = {}
    for day, event in events(days, calls_a_day, seed):
        by_day.setdefault(day, []).append(json.dumps(event, separators=(",", ":")) + "\n")
    for day, lines in by_day.items():
        (folder / f"events-{day}.jsonl").write_text("".join(lines), encoding="utf-8")
    return sum(map(len, by_day.values()))


def _of_call(random: Random, at: datetime, number: int, name: str, index: int) -> Iterator[Event]:
    feature = FEATURES[name]
    model = random.choices(list(feature.models), list(feature.models.values()))[0]
    if name == DEARER[0] and index > DEARER[1] and random.random() < 0.9:
        model = DEARER[2]
    user = min(int(random.paretovariate(1.1) * 12) - 11, 4000)
    version = VERSIONS[2] if index > VERSIONS[1] else VERSIONS[0]
    usage = _usage(random, feature, shortened=name == "faq_answer" and version == "v3")
    base: Event = {
        "v": 1,
        "ts": f"{at:%Y-%m-%dT%H:%M:%S.%f}Z",
        "event_id": f"e{number:09d}",
        "operation_id": f"o{number:09d}",
        "attempt": 1,
        "kind": "call",
        "chain_id": f"c{number // 4:08d}",
        "session_id": f"s{user}-{index // 3}",
        "user_id": f"u{user:05d}",
        "user_segment": _segment(user),
        "environment": "production",
        "prompt_version": version,
        "provider": "openai" if model.startswith("gpt") else "anthropic",
        "model": model,
        "model_class": CLASSES[model],
        "status": "ok",
        "latency_ms": round(300 + usage.output_tokens * 9.5, 3),
        "call_site": {"file": feature.file, "name": "run", "line": feature.line},
        "tags": {"tenant": f"t{user % 7}"},
    }
    if name:
        base |= {"feature": name, "team": feature.team, "owner": feature.team}
    if random.random() < 0.02:
        yield {
            **base,
            "status": "error",
            "cost_source": "none",
            "usage_source": "none",
            "error": {"class": "RateLimitError", "status": 429},
        }
        base |= {"event_id": f"e{number:09d}r", "attempt": 2}
    if random.random() < 0.002:
        yield {**base, "usage_source": "unknown", "cost_source": "unknown", "cost_reason": "the usage is unknown"}
        return
    yield {**base, **_money(base["provider"], model, usage)}
    yield from _outcomes(random, base, number)


def _usage(random: Random, feature: Feature, *, shortened: bool) -> Usage:
    spent = max(1, int(random.lognormvariate(0, 0.6) * feature.tokens_in))
    read = int(spent * feature.cached) if random.random() < 0.7 else 0
    written = int(spent * feature.cached) if not read and random.random() < 0.3 else 0
    made = max(1, int(random.lognormvariate(0, 0.7) * feature.tokens_out))
    return Usage(spent - read - written, read, written, 0, made * 7 // 10 + 1 if shortened else made)


def _money(provider: str, model: str, usage: Usage) -> Event:
    price = _price(provider, model)
    found = cost(usage, price)
    assert isinstance(found, Cost)
    counts = dict(zip(Usage._fields[:6], usage[:6], strict=True))
    split = {meter: amount for meter, amount in found.split.items() if amount}
    priced = {"cost_nano_usd": found.nano_usd, "cost_split": split, "cost_source": "catalog", "price_version": version_of(price.provider)}
    return {**counts, "usage_source": "reported", **priced}


def _outcomes(random: Random, base: Event, number: int) -> Iterator[Event]:
    who = {key: base[key] for key in ("v", "ts", "chain_id", "session_id", "user_id", "user_segment")}
    if number % 4 == 3 and "feature" in base:
        done = {"event_id": f"x{number:09d}", "kind": "outcome", "feature": base["feature"], "outcome": "resolved"}
        yield {**who, **done, "success": random.random() < 0.8}
    if number % 997 == 3:
        yield {**who, "event_id": f"y{number:09d}", "kind": "outcome", "outcome": "converted", "success": True, "value": 20.0}


@cache
def _price(provider: str, model: str) -> Price:
    found = find_price(provider, model, BEGIN)
    assert isinstance(found, Price)
    return found


@cache
def _segment(user: int) -> str:
    return Random(user).choices(list(SEGMENTS), list(SEGMENTS.values()))[0]  # noqa: S311


if __name__ == "__main__":
    import sys

    sys.stdout.write(f"{write(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))} events\n")
