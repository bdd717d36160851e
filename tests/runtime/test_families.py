"""The usage and the cost of recorded answers, meter by meter, fed as the wire does."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from cost_lib.billing import money
from cost_lib.model import Usage
from tests.runtime.recorded import ABSENT, provider_of, read, recorded

AT = datetime(2026, 11, 22, tzinfo=UTC)  # the expected costs are list prices of that day
ALL = recorded()
MEDIA = {"input_audio_tokens": "audio_input", "input_image_tokens": "image_input", "input_video_tokens": "video_input"}
MADE = {"output_audio_tokens": "audio_output", "output_image_tokens": "image_output"}
COUNTED = {"search_units": "rerank_searches", "images": "images", "pages": "pages"}


def named(line: dict[str, Any]) -> str:
    return f"{line['id']}-{line['provider']}-{line['endpoint']}".replace("/", "-")


def expected_of(line: dict[str, Any]) -> dict[str, int]:
    told = {name: value or 0 for name, value in line["expected"].items() if not isinstance(value, str)}
    beside = told.get("input_audio_tokens", 0) if line["expected"].get("input_includes_audio") is False else 0
    return {
        "uncached": told.get("input_tokens_uncached", 0) + beside,
        "read": told.get("cache_read_tokens", 0),
        "written": told.get("cache_write_tokens", 0),
        "hour": told.get("cache_write_1h_tokens", 0),
        "output": told.get("output_tokens_total", 0),
        "reasoning": told.get("reasoning_tokens", 0),
        "audio_ms": round(told.get("audio_seconds", 0) * 1000),
        **{meter: told.get(name, 0) for name, meter in (MADE | COUNTED).items()},
    }


def found_of(usage: Usage) -> dict[str, int]:
    units = usage.units
    return {
        "uncached": usage.input_tokens + sum(units.get(meter, 0) for meter in MEDIA.values()),
        "read": usage.cache_read_tokens + sum(count for name, count in units.items() if name.endswith("_cache_read")),
        "written": usage.cache_write_5m_tokens + usage.cache_write_1h_tokens,
        "hour": usage.cache_write_1h_tokens,
        "output": usage.output_tokens + sum(units.get(meter, 0) for meter in ("audio_output", "image_output", "video_output")),
        "reasoning": usage.reasoning_tokens,
        "audio_ms": units.get("audio_ms", 0),
        **{meter: units.get(meter, 0) for meter in (MADE | COUNTED).values()},
    }


@pytest.mark.skipif(not ALL, reason=ABSENT)
def test_there_are_recorded_answers() -> None:
    assert (165, 124, 46) == (
        len(ALL),
        len([line for line in ALL if line["expected"]]),
        len([x for x in ALL if x.get("expected_cost_usd")]),
    )


@pytest.mark.parametrize("line", [line for line in ALL if line["expected"]], ids=named)
def test_recorded_usage_is_read(line: dict[str, Any]) -> None:
    usage = read(line).usage
    assert isinstance(usage, Usage), usage
    assert expected_of(line) == found_of(usage)


@pytest.mark.parametrize("line", [line for line in ALL if line["expected"]], ids=named)
def test_media_are_told_apart_as_far_as_they_were_not_cached(line: dict[str, Any]) -> None:
    usage = read(line).usage
    assert isinstance(usage, Usage), usage
    for name, meter in MEDIA.items():
        if line["expected"].get(name):
            assert usage.units.get(meter, 0) == line["expected"][name] or usage.cache_read_tokens
    searches = line["expected"].get("web_search_requests")
    assert searches in {None, usage.units.get("web_searches")}


@pytest.mark.parametrize("line", [line for line in ALL if line.get("expected_cost_usd")], ids=named)
def test_recorded_costs_are_right_to_the_nano_dollar(line: dict[str, Any]) -> None:
    event = money(read(line), AT)
    assert Decimal(str(line["expected_cost_usd"])) * 10**9 == event.get("cost_nano_usd"), event


@pytest.mark.parametrize("line", [line for line in ALL if line.get("expected_cost_usd")], ids=named)
def test_the_address_of_a_recorded_request_is_enough_to_price_it(line: dict[str, Any]) -> None:
    provider = provider_of(line)
    assert provider
    assert Decimal(str(line["expected_cost_usd"])) * 10**9 == money(read(line, provider=provider), AT).get("cost_nano_usd")


@pytest.mark.parametrize("line", [line for line in ALL if line["category"] != "call"], ids=named)
def test_errors_and_free_calls_have_no_cost(line: dict[str, Any]) -> None:
    assert "cost_nano_usd" not in money(read(line), AT)


@pytest.mark.parametrize("line", [line for line in ALL if line["expected"] is None], ids=named)
def test_what_reports_no_usage_is_never_counted_as_nothing(line: dict[str, Any]) -> None:
    facts = read(line)
    assert not isinstance(facts.usage, Usage) or any(facts.usage[:5]) or facts.usage.units
    assert money(facts, AT).get("cost_nano_usd") != 0


@pytest.mark.parametrize("line", [line for line in ALL if line["streaming"]], ids=named)
def test_how_a_stream_is_cut_changes_nothing(line: dict[str, Any]) -> None:
    whole = read(line)
    for seed in (1, 2, 3):
        parts = read(line, seed)
        assert (whole.usage, whole.model, whole.price_context) == (parts.usage, parts.model, parts.price_context)
