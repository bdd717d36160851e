"""What is written is what the schema says, and what is read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cost_lib.event import MOST_BYTES, NANO, START, line
from cost_lib.event_model import Event, schema
from cost_lib.facts import Facts
from cost_lib.json_text import written_fields
from cost_lib.model import Pass, Usage
from cost_lib.operation import CallSite
from cost_lib.record import record_facts
from cost_lib.testing import capture_events

SCHEMA = Path(__file__).resolve().parents[2] / "docs" / "event.schema.json"
VALID = jsonschema.Draft202012Validator(schema())
KEYS = schema()["$defs"]["Event"]["properties"].keys()
TEXT = st.text(max_size=200)
COUNT = st.integers(0, 10**9)


def strict(data: bytes) -> dict[str, Any]:
    """Read a line and fail on keys that the schema does not name."""
    found: dict[str, Any] = json.loads(data)
    assert set() == found.keys() - KEYS
    VALID.validate(found)
    return found


@pytest.fixture(scope="module")
def facts() -> Facts:
    site = CallSite("/app/faq.py", "answer", 7)
    found = Facts({"feature": "faq", "team": "support", "shade": "blue"}, call_site=site, provider="openai", host="api.openai.com")
    return found.changed(model="gpt-4o-mini", usage=Usage(1, 2, 0, 0, 3, 1), provider_request_id="r", error={"status": 429}, started=1.0)


def recorded(facts: Facts) -> bytes:
    with capture_events() as events:
        record_facts(facts)
    (data,) = events.lines
    return data


def test_the_schema_document_is_that_of_the_code() -> None:
    assert json.loads(json.dumps(schema())) == json.loads(SCHEMA.read_text(encoding="utf-8"))


def test_an_event_is_as_the_schema_says(facts: Facts) -> None:
    event = strict(recorded(facts))
    assert ("faq", {"shade": "blue"}, 1, {"status": 429}) == (event["feature"], event["tags"], event["input_tokens"], event["error"])


@settings(max_examples=40)
@given(
    st.dictionaries(st.one_of(st.sampled_from(["feature", "team", "user_id", "chain_id"]), TEXT), TEXT, max_size=8),
    st.text(max_size=1000),
    st.tuples(COUNT, COUNT, COUNT, COUNT, COUNT, COUNT),
    st.dictionaries(st.sampled_from(["audio_input", "images", "web_searches"]), COUNT),
)
def test_whatever_is_known_becomes_one_valid_line_within_a_page(
    tags: dict[str, str], model: str, counts: tuple[int, int, int, int, int, int], units: dict[str, int]
) -> None:
    data = recorded(Facts(tags, provider="openai", model_requested=model, endpoint="chat", usage=Usage(*counts, units)))
    assert data.startswith(START)
    assert data.endswith(b"}\n")
    assert b"\n" not in data[:-1]
    assert len(data) <= MOST_BYTES
    assert isinstance(msgspec.json.decode(data, type=Event), Event)
    assert strict(data)["v"] == 1


@settings(max_examples=40)
@given(st.dictionaries(TEXT, TEXT, max_size=5))
def test_tags_are_read_as_they_were_written(tags: dict[str, str]) -> None:
    event = json.loads(recorded(Facts({f"x-{name}": value for name, value in tags.items() if value})))
    if "cut" not in event:
        assert {f"x-{name}": value for name, value in tags.items() if value} == event.get("tags", {})


def test_half_a_surrogate_pair_is_written_as_what_can_be_read() -> None:
    assert "a?" == json.loads(recorded(Facts({"feature": "a\ud83d"})))["feature"]


def test_a_line_is_cut_in_the_stated_order() -> None:
    money = written_fields({"cost_split": {"input": 1}, "units": {"images": 1}})
    who = written_fields({"feature": "f" * 200, "tags": {"long": "x" * 5000}, "call_site": {"file": "f", "name": "n", "line": 1}})
    event = json.loads(line(Facts({}), NANO, who=who, money=money))
    assert ["feature", "cost_split", "units", "tags"] == event["cut"]
    assert "call_site" in event
    assert 96 == len(event["feature"])


def test_a_key_of_which_nobody_thought_is_cut_too() -> None:
    assert ["others"] == json.loads(line(Facts({}).changed(others={"others": ["x"] * 5000}), NANO, who="", money=""))["cut"]


def test_moments_are_written_in_utc_with_microseconds() -> None:
    moments = [json.loads(line(Facts({}), at, who="", money=""))["ts"] for at in (0, 1795348800_123456789)]
    assert ["1970-01-01T00:00:00.000000Z", "2026-11-22T12:00:00.123456Z"] == moments


def test_passes_of_second_models_are_as_the_schema_says() -> None:
    facts = Facts({"feature": "faq"}, provider="anthropic", model="claude-haiku-4-5", usage=Usage(1)).changed(
        passes=(Pass("claude-opus-4-5", "advisor_message", Usage(5, output_tokens=2)),), price_context="batch"
    )
    event = strict(recorded(facts))
    assert ("batch", 5) == (event["price_context"], event["passes"][0]["input_tokens"])
    assert 5 == msgspec.json.decode(json.dumps(event), type=Event).passes[0]["input_tokens"]
