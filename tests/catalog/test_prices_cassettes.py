"""Recorded provider responses: what their usage cost, to the nano-dollar."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from cost_lib.catalog.prices import context_key, find_price
from cost_lib.model import Cost, Usage
from cost_lib.pricing import cost

CASSETTES = Path(__file__).resolve().parents[3] / "shared" / "cassettes" / "cassettes.jsonl"
AT = datetime(2026, 11, 22, tzinfo=UTC)  # the expected costs are list prices of that day
UNITS = {
    "input_audio_tokens": "audio_input",
    "input_image_tokens": "image_input",
    "input_video_tokens": "video_input",
    "output_audio_tokens": "audio_output",
    "output_image_tokens": "image_output",
    "web_search_requests": "web_searches",
}


def recorded() -> list[dict[str, Any]]:
    if not CASSETTES.is_file():
        return []
    lines = [json.loads(line) for line in CASSETTES.read_text(encoding="utf-8").splitlines()]
    return [line for line in lines if (line.get("expected_cost_usd")) is not None]


def usage_of(expected: dict[str, Any]) -> Usage:
    units = {meter: expected[field] for field, meter in UNITS.items() if expected.get(field)}
    heard = sum(units.get(meter, 0) for meter in ("audio_input", "image_input", "video_input"))
    spoken = sum(units.get(meter, 0) for meter in ("audio_output", "image_output"))
    hour = expected.get("cache_write_1h_tokens") or 0
    written = expected.get("cache_write_tokens") or 0
    return Usage(
        input_tokens=expected["input_tokens_uncached"] - heard,
        cache_read_tokens=expected.get("cache_read_tokens") or 0,
        cache_write_5m_tokens=written - hour,
        cache_write_1h_tokens=hour,
        output_tokens=(expected.get("output_tokens_total") or 0) - spoken,
        reasoning_tokens=expected.get("reasoning_tokens") or 0,
        units=units,
    )


def context_of(expected: dict[str, Any]) -> str:
    geography = expected.get("inference_geo") or ""
    return context_key(expected.get("service_tier") or "", "" if geography.startswith("<") else geography)  # "<...>": redacted


@pytest.mark.skipif(not CASSETTES.is_file(), reason="the recorded responses are not beside this checkout")
def test_there_are_recorded_costs() -> None:
    assert 46 == len(recorded())


@pytest.mark.parametrize("line", recorded(), ids=lambda line: f"{line['id']}-{line['model']}")
def test_a_recorded_response_costs_what_is_expected(line: dict[str, Any]) -> None:
    found = cost(usage_of(line["expected"]), find_price(line["provider"], line["model"], AT, context=context_of(line["expected"])))
    assert isinstance(found, Cost), found
    assert Decimal(str(line["expected_cost_usd"])) * 10**9 == found.nano_usd
