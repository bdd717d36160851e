"""What an event says of money: costs that providers report, passes of second models, price tables that are kept."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from cost_lib import in_force
from cost_lib.billing import money, money_text
from cost_lib.catalog import table_archive
from cost_lib.catalog.rate_tables import text_of
from cost_lib.facts import Facts
from cost_lib.json_text import written_fields
from cost_lib.model import Pass, Unknown, Usage
from cost_lib.sinks.files import Files

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

AT = datetime(2026, 11, 22, tzinfo=UTC)
HAIKU = 1000 * 1000 + 100 * 5000


def facts(**values: Any) -> Facts:
    found = Facts({}, provider="anthropic", model_requested="claude-haiku-4-5", usage=Usage(1000, output_tokens=100))
    return found.changed(**values)


@pytest.fixture
def archive() -> Iterator[None]:
    table_archive.forget()
    yield
    table_archive.forget()


def test_the_catalog_prices_what_the_provider_says_nothing_of() -> None:
    assert (HAIKU, "catalog", None) == tuple(
        money(facts(), AT).get(key) for key in ("cost_nano_usd", "cost_source", "provider_cost_nano_usd")
    )


def test_what_the_provider_says_it_charges_is_the_cost() -> None:
    event = money(facts(reported_cost=7), AT)
    assert (7, "provider", 7, {}) == tuple(event[key] for key in ("cost_nano_usd", "cost_source", "provider_cost_nano_usd", "cost_split"))


def test_a_cost_that_the_catalog_agrees_with_keeps_its_split() -> None:
    assert {"input": 1000 * 1000, "output": 100 * 5000} == money(facts(reported_cost=HAIKU), AT)["cost_split"]


def test_a_reported_cost_needs_no_usage_and_no_price() -> None:
    event = money(facts(reported_cost=7, usage=Unknown("none"), model_requested="unheard-of"), AT)
    assert ("unknown", 7, "provider") == (event["usage_source"], event["cost_nano_usd"], event["cost_source"])


def test_house_prices_outweigh_what_the_provider_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = money(facts(), AT)["price_version"]
    (tmp_path / "costmark.toml").write_text('[prices."anthropic/claude-haiku-4-5"]\ninput = 2\n')
    monkeypatch.chdir(tmp_path)
    in_force.forget()
    event = money(facts(reported_cost=7), AT)
    in_force.forget()
    assert (1000 * 2000 + 100 * 5000, "override") == (event["cost_nano_usd"], event["cost_source"])
    assert plain != event["price_version"]


def test_the_pass_of_a_second_model_is_billed_at_its_own_price() -> None:
    event = money(facts(passes=(Pass("claude-opus-4-8", "advisor_message", Usage(2518, output_tokens=22)),)), AT)
    assert HAIKU + 2518 * 5000 + 22 * 25000 == event["cost_nano_usd"]
    assert 2518 * 5000 + 22 * 25000 == event["cost_split"]["advisor_message"]
    assert [{"model": "claude-opus-4-8", "why": "advisor_message", "input_tokens": 2518, "output_tokens": 22}] == event["passes"]


def test_a_pass_without_a_price_makes_the_whole_unknown() -> None:
    event = money(facts(passes=(Pass("unheard-of", "advisor_message", Usage(1)),)), AT)
    assert "unknown" == event["cost_source"]
    assert event["cost_reason"].startswith("advisor_message: ")


def test_batches_are_marked_and_billed_at_half() -> None:
    known = facts(price_context="batch")
    event = money(known, AT)
    assert (HAIKU // 2, "batch", True) == (event["cost_nano_usd"], event["price_context"], known.is_batch)


def test_an_event_names_the_class_of_its_model() -> None:
    known = facts()
    money(known, AT)
    assert "fast" == known.model_class


def test_a_model_that_the_answer_shortens_is_priced_by_the_name_that_was_asked_for() -> None:
    event = money(facts(provider="azure.ai.openai", model="ada", model_requested="text-embedding-ada-002", usage=Usage(10)), AT)
    assert 1000 == event["cost_nano_usd"]


def test_a_name_that_no_table_knows_is_priced_by_the_one_that_was_asked_for() -> None:
    event = money(facts(model="an-unheard-of-snapshot"), AT)
    assert HAIKU == event["cost_nano_usd"]


def test_a_second_pass_adds_nothing_to_what_is_unknown() -> None:
    event = money(facts(model_requested="unheard-of", passes=(Pass("claude-opus-4-8", "advisor_message", Usage(1)),)), AT)
    assert "no model" in event["cost_reason"]


@pytest.mark.parametrize(
    "known",
    [
        facts(),
        facts(price_context="batch"),
        facts(model_requested="unheard-of"),
        facts(usage=Unknown("none")),
        facts(is_charged=False),
        facts(usage=Usage(1000, units={"web_searches": 1})),
        facts(usage_source="estimated"),
        facts(reported_cost=5),
        facts(price_context='a"b'),
    ],
)
def test_both_ways_to_write_money_write_the_same(known: Facts) -> None:
    assert written_fields(money(known.changed(), AT)) == money_text(known.changed(), AT)


@pytest.mark.usefixtures("archive")
def test_tables_used_before_and_after_the_log_is_opened_are_kept_beside_it(tmp_path: Path) -> None:
    first = money(facts(), AT)["price_version"]
    sink = Files(tmp_path)
    sink.write(b"{}\n", 0)
    second = money(facts(provider="openai", model_requested="gpt-4o-mini"), AT)["price_version"]
    sink.close()
    assert {f"anthropic-{first}.json", f"openai-{second}.json"} == {file.name for file in (tmp_path / "prices").iterdir()}


@pytest.mark.usefixtures("archive")
def test_a_kept_table_is_what_its_version_says(tmp_path: Path) -> None:
    table_archive.archive(tmp_path)
    version = table_archive.version_of("cohere")
    kept = (tmp_path / "prices" / f"cohere-{version}.json").read_text(encoding="utf-8")
    assert (text_of("cohere"), version) == (kept, hashlib.blake2b(kept.encode(), digest_size=6).hexdigest())


@pytest.mark.usefixtures("archive")
def test_a_table_that_cannot_be_kept_breaks_nothing(tmp_path: Path) -> None:
    (tmp_path / "prices").write_text("a file where the folder should be")
    table_archive.archive(tmp_path)
    assert HAIKU == money(facts(), AT)["cost_nano_usd"]
