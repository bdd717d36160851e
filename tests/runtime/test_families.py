"""The usage of recorded responses, meter by meter, fed as the wire does."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from cost_lib.catalog.prices import find_price
from cost_lib.facts import Facts
from cost_lib.families import family_of
from cost_lib.model import Cost, Unknown, Usage
from cost_lib.pricing import cost

CASSETTES = Path(__file__).resolve().parents[3] / "shared" / "cassettes" / "cassettes.jsonl"
AT = datetime(2026, 11, 22, tzinfo=UTC)
PROVIDERS = {"openai", "azure-openai", "anthropic", "google-gemini", "google-vertex", "groq", "together", "deepseek", "cerebras", "xai"}


def recorded() -> list[dict[str, Any]]:
    if not CASSETTES.is_file():
        return []
    lines = [json.loads(line) for line in CASSETTES.read_text(encoding="utf-8").splitlines()]
    known = [line for line in lines if line.get("expected") and line["provider"] in PROVIDERS]
    return [line for line in known if family_of(urlsplit(line["url"]).path) is not None]


def read(line: dict[str, Any]) -> Facts:
    found = family_of(urlsplit(line["url"]).path)
    assert found is not None
    body, encoding = line["response_body"], line["response_body_encoding"]
    data = json.dumps(body).encode() if encoding == "json" else base64.b64decode(body) if encoding == "base64" else body.encode()
    reader = found[1].reader()
    reader.is_stream = b"\ndata: " in b"\n" + data and not data.startswith(b"{")
    for start in range(0, len(data), 1000):
        reader.feed(data[start : start + 1000])
    facts = Facts({})
    reader.tell(facts)
    return facts


@pytest.mark.skipif(not CASSETTES.is_file(), reason="the recorded responses are not beside this checkout")
def test_there_are_recorded_responses() -> None:
    assert 30 < len(recorded())


@pytest.mark.parametrize("line", recorded(), ids=lambda line: f"{line['id']}-{line['provider']}-{line['endpoint']}")
def test_recorded_usage_is_read(line: dict[str, Any]) -> None:
    usage, expected = read(line).usage, line["expected"]
    assert isinstance(usage, Usage), usage
    units = dict(usage.units)
    heard = sum(count for name, count in units.items() if name.endswith("_input"))
    spoken = sum(count for name, count in units.items() if name.endswith("_output"))
    assert expected["input_tokens_uncached"] == usage.input_tokens + heard
    assert (expected.get("output_tokens_total") or 0) == usage.output_tokens + spoken
    assert (expected.get("cache_read_tokens") or 0) == usage.cache_read_tokens + sum(
        count for name, count in units.items() if name.endswith("_cache_read")
    )
    assert (expected.get("cache_write_tokens") or 0) == usage.cache_write_5m_tokens + usage.cache_write_1h_tokens
    assert (expected.get("reasoning_tokens") or 0) == usage.reasoning_tokens


@pytest.mark.parametrize(
    "line",
    [line for line in recorded() if line.get("expected_cost_usd") is not None],
    ids=lambda line: f"{line['id']}-{line['provider']}-{line['endpoint']}",
)
def test_recorded_costs_are_right_to_the_nano_dollar(line: dict[str, Any]) -> None:
    facts = read(line)
    assert not isinstance(facts.usage, Unknown)
    found = cost(
        facts.usage, find_price(line["provider"], line["model"], AT, context=facts.price_context if "<" not in facts.price_context else "")
    )
    assert isinstance(found, Cost), found
    assert Decimal(str(line["expected_cost_usd"])) * 10**9 == found.nano_usd
