"""A log with the skew of a real one, the same each time: few users make most calls, few models most cost, growth, weekends, a campaign."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any, Final

BEGIN: Final = date(2026, 8, 24)
# feature: weight, team, models with weights, tokens in, cached share, tokens out, call site
FEATURES: Final[dict[str, tuple[int, str, dict[str, int], int, float, int, str]]] = {
    "faq_check": (40, "support", {"gpt-4o-mini": 9, "gpt-4o": 1}, 900, 0.6, 20, "support/faq.py:31"),
    "faq_answer": (18, "support", {"gpt-4o-mini": 8, "claude-haiku-4-5": 2}, 2200, 0.5, 180, "support/faq.py:58"),
    "search_rerank": (22, "search", {"gpt-4o-mini": 10}, 600, 0.0, 8, "search/rerank.py:12"),
    "complex_reasoning": (4, "core", {"claude-sonnet-4-5": 8, "gpt-5": 2}, 9000, 0.4, 1400, "core/agent.py:140"),
    "ticket_summary": (9, "support", {"claude-haiku-4-5": 10}, 3500, 0.0, 260, "support/tickets.py:77"),
    "": (3, "", {"gpt-4o": 7, "gpt-4o-mini": 3}, 1500, 0.0, 300, "scripts/backfill.py:9"),
}
# nano-USD a token: input, cache read, cache write, output
RATES: Final = {
    "gpt-4o-mini": (150, 75, 150, 600),
    "gpt-4o": (2500, 1250, 2500, 10000),
    "gpt-5": (1250, 125, 1250, 10000),
    "claude-haiku-4-5": (1000, 100, 1250, 5000),
    "claude-sonnet-4-5": (3000, 300, 3750, 15000),
}
CLASSES: Final = {"gpt-4o-mini": "fast", "gpt-4o": "workhorse", "gpt-5": "frontier", "claude-haiku-4-5": "fast", "claude-sonnet-4-5": "workhorse"}
SEGMENTS: Final = {"free": 70, "pro": 25, "enterprise": 5}


def events(days: int, calls_a_day: int, seed: int = 1) -> Iterator[tuple[date, dict[str, Any]]]:
    """Yield events in the order of their time."""
    random = Random(seed)  # noqa: S311 - the same log each time
    names, weights = list(FEATURES), [one[0] for one in FEATURES.values()]
    number = 0
    for index in range(days):
        day = BEGIN + timedelta(days=index)
        busy = calls_a_day * (1 + index / days) * (0.45 if day.weekday() >= 5 else 1)
        for second in sorted(random.uniform(0, 86_400) for _ in range(int(busy))):
            number += 1
            at = datetime.combine(day, datetime.min.time(), UTC) + timedelta(seconds=second)
            yield from ((day, one) for one in _of_call(random, at, number, random.choices(names, weights)[0], index))


def write(folder: Path, days: int, calls_a_day: int, seed: int = 1) -> int:
    """Write daily files, and return how many events they hold."""
    folder.mkdir(parents=True, exist_ok=True)
    count, file, last = 0, None, None
    for day, event in events(days, calls_a_day, seed):
        if day != last:
            if file is not None:
                file.close()
            file, last = (folder / f"events-{day}.jsonl").open("w", encoding="utf-8"), day
        if file is not None:
            file.write(json.dumps(event, separators=(",", ":")) + "\n")
        count += 1
    if file is not None:
        file.close()
    return count


def _of_call(random: Random, at: datetime, number: int, feature: str, index: int) -> Iterator[dict[str, Any]]:
    weight, team, models, tokens_in, cached, tokens_out, site = FEATURES[feature]
    model = random.choices(list(models), list(models.values()))[0]
    if feature == "complex_reasoning" and index > 60:  # a dearer model takes over
        model = random.choices(["claude-sonnet-4-5", "gpt-5"], [9, 1])[0]
    user = int(random.paretovariate(0.9)) % 4000
    segment = Random(user).choices(list(SEGMENTS), list(SEGMENTS.values()))[0]  # noqa: S311
    spent = max(1, int(random.lognormvariate(0, 0.6) * tokens_in))
    read = int(spent * cached) if cached and random.random() < 0.7 else 0
    written = int(spent * cached) if cached and not read and random.random() < 0.3 else 0
    made = max(1, int(random.lognormvariate(0, 0.7) * tokens_out))
    version = "v3" if index > 45 else "v2"
    if feature == "faq_answer" and version == "v3":
        made = int(made * 0.7) + 1
    rate = RATES[model]
    split = {name: count * price for name, count, price in zip(
        ("input", "cache_read", "cache_write_5m", "output"), (spent - read - written, read, written, made), rate, strict=True) if count}  # fmt: skip
    base: dict[str, Any] = {
        "v": 1, "ts": f"{at:%Y-%m-%dT%H:%M:%S.%f}Z", "event_id": f"e{number:09d}", "operation_id": f"o{number:09d}", "attempt": 1, "kind": "call",
        "chain_id": f"c{number // 4:08d}", "session_id": f"s{user}-{index // 3}", "user_id": f"u{user:05d}", "user_segment": segment,
        "environment": "production", "prompt_version": version, "provider": "openai" if model.startswith("gpt") else "anthropic", "model": model,
        "model_class": CLASSES[model], "status": "ok", "usage_source": "reported", "latency_ms": round(300 + made * 9.5, 3),
        "call_site": {"file": site.split(":")[0], "name": "run", "line": int(site.split(":")[1])}, "tags": {"tenant": f"t{user % 7}"},
    }  # fmt: skip
    if feature:
        base |= {"feature": feature, "team": team, "owner": team}
    if random.random() < 0.02:
        yield {**base, "status": "error", "cost_source": "none", "usage_source": "none", "error": {"class": "RateLimitError", "status": 429}}
        base |= {"event_id": f"e{number:09d}r", "attempt": 2}
    meters = {"input_tokens": spent - read - written, "cache_read_tokens": read, "cache_write_5m_tokens": written, "cache_write_1h_tokens": 0,
              "output_tokens": made, "reasoning_tokens": 0}  # fmt: skip
    if random.random() < 0.002:
        yield {**base, "usage_source": "unknown", "cost_source": "unknown", "cost_reason": "the usage is unknown"}
        return
    yield {**base, **meters, "cost_nano_usd": sum(split.values()), "cost_split": split, "cost_source": "catalog"}
    if number % 4 == 3 and feature:
        yield {**{key: base[key] for key in ("v", "ts", "chain_id", "session_id", "user_id", "user_segment")}, "event_id": f"x{number:09d}",
               "kind": "outcome", "feature": feature, "outcome": "resolved", "success": random.random() < 0.8}  # fmt: skip
    if number % 997 == 3:
        yield {**{key: base[key] for key in ("v", "ts", "user_id", "user_segment")}, "event_id": f"y{number:09d}", "kind": "outcome",
               "outcome": "converted", "success": True, "value": 20.0}  # fmt: skip


if __name__ == "__main__":
    import sys

    sys.stdout.write(f"{write(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))} events\n")
