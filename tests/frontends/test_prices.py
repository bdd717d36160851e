"""``costmark prices``: what models cost, and what of a log has no price that holds today."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest

from lint_plugin.frontends import cli

if TYPE_CHECKING:
    from pathlib import Path

EVENT: dict[str, Any] = {
    "v": 1,
    "ts": "2026-11-20T12:00:00.000000Z",
    "event_id": "e",
    "provider": "anthropic",
    "model": "claude-haiku-4-5",
    "input_tokens": 1000,
    "output_tokens": 100,
    "usage_source": "reported",
    "cost_nano_usd": 1_500_000,
    "cost_source": "catalog",
}
UNPRICED = {"cost_nano_usd": None, "cost_source": "unknown"}


def written(event: dict[str, Any]) -> str:
    return json.dumps({name: value for name, value in event.items() if value is not None}, separators=(",", ":")) + "\n"


def shown(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert 0 == cli.main(["prices", *arguments])
    return capsys.readouterr().out


def checked(capsys: pytest.CaptureFixture[str], folder: Path, *events: dict[str, Any]) -> tuple[int, dict[str, Any]]:
    (folder / "events-2026-11-20.jsonl").write_text("".join(map(written, events)))
    code = cli.main(["prices", "check", str(folder), "--format", "json"])
    return code, json.loads(capsys.readouterr().out)


def test_a_model_is_shown_with_rates_source_and_date(capsys: pytest.CaptureFixture[str]) -> None:
    text = shown(capsys, "show", "gpt-4o-mini")
    assert re.match(r"openai gpt-4o-mini at \d{4}-", text)
    assert "  input              $0.15 per million\n" in text
    assert "checked 2026-11-22" in text


def test_prices_of_another_day_are_shown(capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads(shown(capsys, "show", "o3", "--at", "2025-05-01", "--format", "json"))
    assert 10_000_000 == found["prices"][0]["rates"]["input"]
    assert "2025-06-10T00:00:00+00:00" == found["prices"][0]["to"]


def test_a_host_s_own_price_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert "aws" in shown(capsys, "show", "aws.bedrock/us.anthropic.claude-haiku-4-5-20251001-v1:0")


def test_longer_contexts_and_fees_are_shown_in_their_units(capsys: pytest.CaptureFixture[str]) -> None:
    text = shown(capsys, "show", "gemini-2.5-pro")
    assert "  over 200,000 tokens of input\n" in text
    assert "$35 per 1,000" in text


def test_house_prices_are_shown_first(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "costmark.toml").write_text('[prices."acme/acme-1"]\ninput = 2\n[prices."openai/gpt-4o-mini"]\ninput = 0.1\n')
    monkeypatch.chdir(tmp_path)
    acme, mini = shown(capsys, "show", "acme/acme-1"), shown(capsys, "show", "gpt-4o-mini")
    assert "house price\n  input              $2 per million\n  costmark.toml:1" in acme
    assert mini.index("house price") < mini.index("standard")


def test_an_unknown_model_is_refused_with_the_nearest_name(capsys: pytest.CaptureFixture[str]) -> None:
    assert 2 == cli.main(["prices", "show", "claude-haiku-4-6"])
    assert "did you mean claude-haiku-4-5" in capsys.readouterr().err


def test_a_log_that_is_priced_as_today_is_clean(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert (0, {"events": 1, "skipped": 0, "rows": []}) == checked(capsys, tmp_path, EVENT)


def test_a_cost_that_today_s_table_would_not_give_is_stale(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code, found = checked(capsys, tmp_path, {**EVENT, "cost_nano_usd": 1_000_000}, {**EVENT, "cost_nano_usd": 1_000_000})
    row = found["rows"][0]
    assert (1, "stale", "claude-haiku-4-5", 2, 1_000_000) == (code, row["kind"], row["model"], row["events"], row["nano_usd"])


def test_an_unknown_price_is_shown_with_its_reason(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code, found = checked(capsys, tmp_path, {**EVENT, **UNPRICED, "provider": "acme", "cost_reason": "no table"})
    row = found["rows"][0]
    assert (1, "unknown", "acme", "no table", None) == (code, row["kind"], row["provider"], row["reason"], row["nano_usd"])


def test_what_a_newer_table_can_price_is_worked_out(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    _, found = checked(capsys, tmp_path, {**EVENT, **UNPRICED, "cost_reason": "no model"})
    assert 1_500_000 == found["rows"][0]["nano_usd"]


@pytest.mark.parametrize(
    "event",
    [
        {**EVENT, "cost_source": "provider", "cost_nano_usd": 1},
        {**EVENT, "cost_source": "override", "cost_nano_usd": 1},
        {**EVENT, **UNPRICED, "usage_source": "unknown", "input_tokens": None, "output_tokens": None},
        {**EVENT, "cost_nano_usd": 750_000, "price_context": "batch"},
        {**EVENT, "cost_nano_usd": 1_501_000, "passes": [{"model": "claude-haiku-4-5", "why": "compaction", "input_tokens": 1}]},
    ],
)
def test_what_needs_no_price_of_today_is_left_alone(capsys: pytest.CaptureFixture[str], tmp_path: Path, event: dict[str, Any]) -> None:
    assert 0 == checked(capsys, tmp_path, event)[0]


def test_calls_of_unknown_usage_are_told_with_the_reason_and_no_price_is_to_blame(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    unread = {**EVENT, **UNPRICED, "usage_source": "unknown", "usage_reason": "the stream ended before its usage", "cost_reason": "x"}
    code, found = checked(capsys, tmp_path, EVENT, unread)
    row = found["rows"][0]
    assert (0, "usage", "the stream ended before its usage", 1, None) == (code, row["kind"], row["reason"], row["events"], row["nano_usd"])
    cli.main(["prices", "check", str(tmp_path)])
    assert capsys.readouterr().out.endswith("0 of 2 events without a price that holds today, 1 more whose usage is not known\n")


def test_a_stream_whose_end_is_not_in_the_log_is_told(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    begun = {**EVENT, "kind": "open", "cost_source": "none", "usage_source": "none", "cost_nano_usd": None}
    lost, ended = ({**begun, "operation_id": name} for name in ("killed", "ended"))
    _, found = checked(capsys, tmp_path, lost, ended, {**EVENT, "operation_id": "ended"})
    assert [("usage", 1)] == [(row["kind"], row["events"]) for row in found["rows"]]


def test_the_check_says_in_words_what_it_found(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "events-2026-11-20.jsonl").write_text(written({**EVENT, "cost_nano_usd": 1}) + "{torn\n")
    assert 1 == cli.main(["prices", "check", str(tmp_path)])
    text = capsys.readouterr().out
    assert (
        "stale    anthropic/claude-haiku-4-5: 1 events, 2026-11-20: today's table gives another cost; today's table adds $0.001500\n"
        in text
    )
    assert text.endswith("1 of 1 events without a price that holds today, 1 lines that are no events\n")


def test_a_log_that_is_not_there_is_wrong_use(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert 2 == cli.main(["prices", "check", str(tmp_path / "nowhere")])
    assert "no event files" in capsys.readouterr().err
