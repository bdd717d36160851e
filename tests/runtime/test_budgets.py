"""Calls of real SDKs under budgets: refused before anything is sent, counted after."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import threading
import time
import zoneinfo
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

from cost_lib import BudgetExceeded, budget, in_force, meter, on_threshold, record_call, tagged, tags
from cost_lib.billing import money, price_of
from cost_lib.budgets import Alert, reserve, use_folder
from cost_lib.budgets.accounts import Draw, draws_of
from cost_lib.budgets.alerts import forget_hooks
from cost_lib.budgets.book import Book
from cost_lib.budgets.bounds import bound_of, look_at, place_of
from cost_lib.budgets.cells import Busy, Cells
from cost_lib.budgets.limits import limits_of
from cost_lib.budgets.store import BOOK, store_in_use
from cost_lib.catalog.prices import Price, Tier, find_price
from cost_lib.facts import Facts
from cost_lib.families import family_of
from cost_lib.metering.exchange import Exchange
from cost_lib.model import Unknown, Usage
from cost_lib.operation import Operation
from cost_lib.record import record_facts
from tests.runtime.recorded import ABSENT, read, recorded
from tests.runtime.replay import CHAT, CHAT_COST, CHAT_STREAM, Replay

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cost_lib.testing import Events

openai = pytest.importorskip("openai")
httpx2 = pytest.importorskip("httpx2")
ASKED: dict[str, Any] = {"model": "gpt-4o-mini", "messages": [{"role": "user", "content": "hi"}], "max_tokens": 100}
NANO = 10**9
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def _budgets(tmp_path: Path) -> Iterator[None]:
    forget_hooks()
    use_folder(tmp_path / "budgets")
    yield
    finish()
    use_folder(None)
    forget_hooks()


def policy(text: str, folder: Path) -> None:
    (folder / "costmark.toml").write_text(text, encoding="utf-8")
    in_force.forget()


def blocking(amount: str, folder: Path, extra: str = "") -> None:
    policy(f'{extra}\n[features.faq]\nmonthly-budget = {amount}\non-exceeded = "block"\n', folder)


def client(replay: Replay, **options: Any) -> Any:
    return openai.OpenAI(api_key="k", http_client=httpx2.Client(transport=replay.transport()), **options)


def ask(replay: Replay, feature: str = "faq", **options: Any) -> Any:
    return tagged(client(replay), feature=feature).chat.completions.create(**(ASKED | options))


def test_a_call_is_counted_to_the_nano_dollar(tmp_path: Path) -> None:
    blocking("1", tmp_path)
    ask(Replay(httpx2, (200, CHAT)))
    assert [(NANO, CHAT_COST, 0)] == [period[1:] for period in budget("faq").periods]


def test_a_spent_budget_refuses_with_nothing_sent(tmp_path: Path, events: Events) -> None:
    blocking("0.00001", tmp_path)
    replay = Replay(httpx2, (200, CHAT))
    with pytest.raises(
        BudgetExceeded, match=r'the budget of "faq" for \d{4}-\d\d is \$0.00001, of which \$0.00 is spent; this call may cost'
    ):
        ask(replay)
    assert ([], "refused", "BudgetExceeded", 0) == (
        replay.requests, events.one()["status"], events.one()["error"]["class"], events.one().get("cost_nano_usd", 0),
    )  # fmt: skip


def test_the_bound_is_set_aside_while_the_call_runs(tmp_path: Path) -> None:
    blocking("1", tmp_path)
    seen = []

    def answer(request: Any) -> Any:
        seen.append(budget("faq").periods[0].reserved)
        return Replay(httpx2, (200, CHAT))(request)

    http = httpx2.Client(transport=httpx2.MockTransport(answer))
    tagged(openai.OpenAI(api_key="k", http_client=http), feature="faq").chat.completions.create(**ASKED)
    # 100 tokens out at 600 nano-dollars, and some in
    assert 100 * 600 < seen[0] < 100 * 600 + 300 * 150


def test_a_stream_is_counted_when_it_has_ended(tmp_path: Path) -> None:
    blocking("1", tmp_path)
    for _ in ask(Replay(httpx2, (200, CHAT_STREAM)), stream=True, stream_options={"include_usage": True}):
        assert budget("faq").periods[0].spent in {0, CHAT_COST}
    assert (CHAT_COST, 0) == budget("faq").periods[0][2:]


def test_a_call_of_unknown_cost_counts_as_what_was_set_aside(tmp_path: Path) -> None:
    blocking("1", tmp_path)
    ask(Replay(httpx2, (200, {**CHAT, "usage": None})))
    assert budget("faq").periods[0].spent > 100 * 600


def test_an_error_costs_nothing(tmp_path: Path) -> None:
    blocking("1", tmp_path)
    with pytest.raises(openai.BadRequestError):
        ask(Replay(httpx2, (400, {"error": {"message": "no"}})))
    assert (0, 0) == budget("faq").periods[0][2:]


def test_a_budget_of_nothing_blocks(tmp_path: Path) -> None:
    blocking("0", tmp_path)
    with pytest.raises(BudgetExceeded):
        ask(Replay(httpx2, (200, CHAT)))
    assert budget("faq").fraction == 1.0


def test_a_free_model_is_never_blocked(tmp_path: Path) -> None:
    blocking("0", tmp_path)
    with (tmp_path / "costmark.toml").open("a", encoding="utf-8") as file:
        for model in ("gpt-4o-mini", CHAT["model"]):
            file.write(f'[prices."openai/{model}"]\ninput = 0\noutput = 0\ncache-read = 0\n')
    in_force.forget()
    assert ask(Replay(httpx2, (200, CHAT))).choices[0].message.content == "hi"


def test_an_unknown_model_passes_and_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    blocking("1", tmp_path)
    ask(Replay(httpx2, (200, {**CHAT, "model": "gpt-none"})), model="gpt-none")
    said = capsys.readouterr().err
    assert "gpt-none has no upper bound, so its budget cannot stop it" in said
    assert "costs is not known, so budgets do not count it" in said


def test_an_unknown_model_is_blocked_where_the_policy_says_so(tmp_path: Path) -> None:
    blocking("1", tmp_path, extra='on-budget-error = "block"')
    with pytest.raises(BudgetExceeded, match="no upper bound"):
        ask(Replay(httpx2, (200, CHAT)), model="gpt-none")


@pytest.mark.parametrize(("word", "passes"), [("allow", True), ("block", False)])
def test_budgets_that_cannot_be_kept_let_calls_pass_or_block_them(word: str, passes: bool, tmp_path: Path) -> None:  # noqa: FBT001
    blocking("1", tmp_path, extra=f'on-budget-error = "{word}"')
    (tmp_path / "file").write_text("", encoding="utf-8")
    use_folder(tmp_path / "file" / "below")
    replay = Replay(httpx2, (200, CHAT))
    if passes:
        ask(replay)
    else:
        with pytest.raises(BudgetExceeded, match="cannot be kept"):
            ask(replay)
    assert len(replay.requests) == passes


def test_the_budget_of_everything_counts_every_feature(tmp_path: Path) -> None:
    policy('[total]\ndaily-budget = 0.00003\non-exceeded = "block"\n', tmp_path)
    small = {"max_tokens": 1}
    ask(Replay(httpx2, (200, CHAT)), "one", **small)
    with pytest.raises(BudgetExceeded, match="the budget of everything"):
        ask(Replay(httpx2, (200, CHAT)), "two", **small)
    assert budget().periods[0].spent == CHAT_COST


def test_a_refusal_is_not_retried_and_reaches_bare_calls_as_an_answer(tmp_path: Path) -> None:
    blocking("0", tmp_path)
    meter()
    replay = Replay(httpx2, (200, CHAT))
    with tags(feature="faq"), pytest.raises(openai.APIStatusError) as refusal:
        client(replay, max_retries=3).chat.completions.create(**ASKED)
    assert (402, [], "BudgetExceeded") == (refusal.value.status_code, replay.requests, refusal.value.body["code"])


def test_asynchronous_calls_are_held_to_budgets(tmp_path: Path) -> None:
    blocking("0.00005", tmp_path)
    replay = Replay(httpx2, (200, CHAT))
    http = httpx2.AsyncClient(transport=httpx2.MockTransport(replay.answer))
    asker = tagged(openai.AsyncOpenAI(api_key="k", http_client=http), feature="faq")

    async def run() -> list[Any]:
        calls = (asker.chat.completions.create(**(ASKED | {"max_tokens": 1})) for _ in range(3))
        return await asyncio.gather(*calls, return_exceptions=True)

    kinds = sorted(type(result).__name__ for result in asyncio.run(run()))
    spent = budget("faq").periods[0]
    assert spent.spent <= 50_000
    assert "ChatCompletion" in kinds
    assert "BudgetExceeded" in kinds


def test_an_event_loop_goes_on_while_another_process_holds_the_lock(tmp_path: Path) -> None:
    blocking("1", tmp_path)
    ask(Replay(httpx2, (200, CHAT)))
    replay = Replay(httpx2, (200, CHAT))
    http = httpx2.AsyncClient(transport=httpx2.MockTransport(replay.answer))
    asker = tagged(openai.AsyncOpenAI(api_key="k", http_client=http), feature="faq")
    turns = []

    class Held(Cells):
        def lock(self, *, wait: bool) -> None:
            if not wait:
                raise_busy()
            time.sleep(0.2)
            super().lock(wait=wait)

    async def tick() -> None:
        while True:
            turns.append(time.perf_counter())
            await asyncio.sleep(0.005)

    async def run() -> None:
        ticking = asyncio.create_task(tick())
        await asker.chat.completions.create(**ASKED)
        ticking.cancel()

    with_class(Held)
    asyncio.run(run())
    assert len(turns) > 10


def raise_busy() -> None:
    raise Busy


def with_class(kind: type[Cells]) -> None:
    kept = store_in_use()
    assert kept is not None
    assert kept._files is not None
    kept._files[1].__class__ = kind


def test_what_an_event_loop_cannot_settle_at_once_is_settled_in_a_thread(tmp_path: Path) -> None:
    blocking("1", tmp_path)
    ask(Replay(httpx2, (200, CHAT)))

    class Held(Cells):
        def lock(self, *, wait: bool) -> None:
            if not wait:
                raise Busy
            super().lock(wait=wait)

    with_class(Held)
    http = httpx2.AsyncClient(transport=httpx2.MockTransport(Replay(httpx2, (200, CHAT)).answer))
    asyncio.run(tagged(openai.AsyncOpenAI(api_key="k", http_client=http), feature="faq").chat.completions.create(**ASKED))
    finish("costmark-settle")
    assert (2 * CHAT_COST, 0) == budget("faq").periods[0][2:]


def test_what_cannot_be_settled_is_said_and_the_call_is_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    blocking("1", tmp_path)
    ask(Replay(httpx2, (200, CHAT)))

    class Broken(Cells):
        def exchange(self, page: int, cell: int, cost: int, own: int, now: int) -> int:  # noqa: ARG002 - as what it replaces
            raise OSError("no room")

    with_class(Broken)
    assert ask(Replay(httpx2, (200, CHAT))).choices[0].message.content == "hi"
    assert "costmark: budgets cannot be kept: no room" in capsys.readouterr().err


@pytest.mark.parametrize(("word", "fraction"), [("allow", 0.0), ("block", 1.0)])
def test_a_budget_that_cannot_be_read_looks_as_the_policy_treats_it(word: str, fraction: float, tmp_path: Path) -> None:
    blocking("1", tmp_path, extra=f'on-budget-error = "{word}"')
    (tmp_path / "file").write_text("", encoding="utf-8")
    use_folder(tmp_path / "file" / "below")
    assert fraction == budget("faq").fraction


def test_calls_recorded_by_hand_count_and_are_refused_once_all_is_spent(tmp_path: Path) -> None:
    blocking("0.00001", tmp_path)
    with record_call(provider="openai", model="gpt-4o-mini", feature="faq") as call:
        call.usage(input_tokens=1000)
    with pytest.raises(BudgetExceeded), record_call(provider="openai", model="gpt-4o-mini", feature="faq"):
        pass
    assert budget("faq").periods[0].spent == 150_000


def test_the_result_of_a_job_counts_without_having_been_reserved(tmp_path: Path) -> None:
    blocking("1", tmp_path)
    facts = Facts({"feature": "faq"}, provider="openai", model_requested="gpt-4o-mini", usage=Usage(output_tokens=1000))
    facts.kind = "result"
    record_facts(facts)
    assert (600_000, 0) == budget("faq").periods[0][2:]


def test_attempts_that_a_library_made_by_itself_leave_the_reservation_to_the_last(tmp_path: Path) -> None:
    blocking("1", tmp_path)
    facts = Facts({"feature": "faq"}, provider="openai", endpoint="chat", model_requested="gpt-4o-mini")
    exchange = Exchange(facts, None, Operation(frozenset(), None), "url", None)
    assert reserve(facts, lambda: json.dumps(ASKED).encode()) is None
    exchange.tried_before(503, "")
    assert budget("faq").periods[0].reserved > 0
    exchange.answer(400, {})
    exchange.finish("ok")
    assert (0, 0) == budget("faq").periods[0][2:]


def test_budgets_lie_beside_the_log(tmp_path: Path) -> None:
    policy("[features.faq]\nmonthly-budget = 1\n", tmp_path)
    script = "import sys; sys.modules.pop('pytest', None); from cost_lib import budget; print(budget('faq').left)"
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST")}
    places = {"COSTMARK_EVENTS_DIR": "one", "COSTMARK_SINK": "files:two", "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, env=environment | places)
    assert (str(NANO), True) == (done.stdout.strip(), (tmp_path / "two" / BOOK).is_file())


def test_under_pytest_budgets_are_off_unless_a_folder_is_named(tmp_path: Path) -> None:
    use_folder(None)
    blocking("0", tmp_path)
    ask(Replay(httpx2, (200, CHAT)))
    assert budget("faq").periods == ()


class TestThresholds:
    def run(self, tmp_path: Path, calls: int, *, at: str = "[0.5, 0.8]") -> list[Alert]:
        # one call costs 22,200 nano-dollars
        policy(f"[features.faq]\nmonthly-budget = 0.0001\nalert-at = {at}\n", tmp_path)
        told: list[Alert] = []
        on_threshold(told.append)
        for _ in range(calls):
            ask(Replay(httpx2, (200, CHAT)))
            finish()
        return told

    def test_each_fires_once_a_period(self, tmp_path: Path) -> None:
        assert [Decimal("0.5"), Decimal("0.8")] == [alert.share for alert in self.run(tmp_path, 8)]

    def test_none_fires_before_it_is_reached(self, tmp_path: Path) -> None:
        assert [] == self.run(tmp_path, 2)

    def test_of_several_passed_at_once_the_highest_fires(self, tmp_path: Path) -> None:
        assert [Decimal("0.2")] == [alert.share for alert in self.run(tmp_path, 1, at="[0.1, 0.2]")]

    def test_a_threshold_that_another_process_has_told_is_not_told_again(self, tmp_path: Path) -> None:
        at = "2026-11-22T00:00:00+00:00"
        for draw in self.draws(tmp_path):
            Book(tmp_path / "budgets" / BOOK).is_first((draw.budget, draw.span, "0.5"), limit=draw.limit, spent=50_000, at=at)
        assert [Decimal("0.8")] == [alert.share for alert in self.run(tmp_path, 4)]

    def draws(self, tmp_path: Path) -> tuple[Draw, ...]:
        blocking("1", tmp_path)
        assert budget("faq").left == NANO  # and now the book is there
        return draws_of("faq", time.time())

    def test_the_alert_says_whose_budget_and_how_much_is_spent(self, tmp_path: Path) -> None:
        alert = self.run(tmp_path, 3)[0]
        assert ("faq", 100_000, 3 * CHAT_COST) == (alert.budget, alert.limit, alert.spent)

    def test_an_alert_that_cannot_be_entered_is_said(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        policy("[features.faq]\nmonthly-budget = 0.00002\n", tmp_path)
        assert budget("faq").left == 20_000
        (tmp_path / "budgets" / BOOK).write_bytes(b"no database")
        ask(Replay(httpx2, (200, CHAT)))
        finish()
        assert "an alert could not be entered into the book of budgets" in capsys.readouterr().err

    def test_the_first_refusal_is_told_once(self, tmp_path: Path) -> None:
        blocking("0", tmp_path)
        told: list[Alert] = []
        on_threshold(told.append)
        for _ in range(3):
            with pytest.raises(BudgetExceeded):
                ask(Replay(httpx2, (200, CHAT)))
            finish()
        assert [None] == [alert.share for alert in told]


def finish(name: str = "costmark-alert") -> None:
    """Wait for the threads that tell."""
    for _ in range(2):  # the one that enters an alert starts the one that calls the hook
        for thread in threading.enumerate():
            if thread.name == name:
                thread.join()


def _no_zone(name: str) -> None:
    raise zoneinfo.ZoneInfoNotFoundError(name)


class TestPeriods:
    def test_days_and_months_begin_in_the_zone_of_the_policy(self, tmp_path: Path) -> None:
        policy('budget-zone = "Asia/Tokyo"\n[features.faq]\ndaily-budget = 1\nmonthly-budget = 2\n', tmp_path)
        before = datetime(2026, 11, 30, 14, 59, tzinfo=UTC).timestamp()
        assert ["2026-11-30", "2026-11"] == [draw.span for draw in draws_of("faq", before)]
        assert ["2026-12-01", "2026-12"] == [draw.span for draw in draws_of("faq", before + 60)]

    def test_a_long_day_is_one_day(self, tmp_path: Path) -> None:
        policy('budget-zone = "Europe/Berlin"\n[features.faq]\ndaily-budget = 1\n', tmp_path)
        start = datetime(2026, 10, 24, 22, tzinfo=UTC)  # the clocks go back that night: 25 hours
        days = [draws_of("faq", (start + timedelta(hours=hour)).timestamp())[0].span for hour in range(26)]
        assert ["2026-10-25"] * 25 + ["2026-10-26"] == days

    def test_a_zone_that_the_machine_does_not_know_is_said_and_utc_holds(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        policy('budget-zone = "Asia/Tokyo"\n[features.faq]\ndaily-budget = 1\n', tmp_path)
        in_force.rules_in_force()
        monkeypatch.setattr(zoneinfo, "ZoneInfo", _no_zone)
        assert "2026-11-30" == draws_of("faq", datetime(2026, 11, 30, 23, tzinfo=UTC).timestamp())[0].span
        assert "does not know the time zone Asia/Tokyo" in capsys.readouterr().err

    def test_a_feature_without_a_budget_draws_on_nothing(self, tmp_path: Path) -> None:
        policy("[features.faq]\ndaily-budget = 1\n", tmp_path)
        assert draws_of("other", time.time()) == ()


def price(model: str = "gpt-4o-mini", context: str = "") -> Price:
    found = find_price("openai", model, datetime(2026, 11, 22, tzinfo=UTC), context=context)
    assert not isinstance(found, Unknown)
    return found


class TestBound:
    def of(self, body: dict[str, Any], endpoint: str = "chat", model: str = "gpt-4o-mini") -> int | None:
        return bound_of(look_at(endpoint, json.dumps(body).encode()), price(model), model)

    def test_without_a_length_the_limit_of_the_model_counts(self) -> None:
        longest, short = self.of({"messages": []}), self.of({"messages": [], "max_tokens": 1})
        assert longest is not None
        assert short is not None
        assert (16_384 - 1) * 600 - 17 * 150 == longest - short  # the key itself is 17 bytes of input

    def test_copies_multiply(self) -> None:
        one, three = self.of({"max_tokens": 100, "n": 1}), self.of({"max_tokens": 100, "n": 3})
        assert one is not None
        assert three is not None
        assert 2 * 100 * 600 == three - one

    def test_a_list_of_prompts_multiplies(self) -> None:
        texts, tokens = (
            self.of({"prompt": ["a", "b"], "max_tokens": 100}, "completions"),
            self.of({"prompt": [1, 22], "max_tokens": 100}, "completions"),
        )
        assert texts is not None
        assert tokens is not None
        assert texts - tokens > 90 * 600

    @pytest.mark.parametrize("name", ["max_completion_tokens", "max_output_tokens"])
    def test_every_name_of_the_length_is_known(self, name: str) -> None:
        found = self.of({name: 10})
        assert found is not None
        assert found < 50_000

    def test_a_length_in_the_text_of_a_message_is_not_the_length(self) -> None:
        found = self.of({"messages": [{"role": "user", "content": '"max_tokens": 1'}]})
        assert found is not None
        assert found > 16_000 * 600

    def test_words_in_the_text_of_a_message_refer_to_nothing(self) -> None:
        found = self.of({"messages": [{"role": "user", "content": '{"file": "a.py", "image": 1, "web_search": 2}'}], "max_tokens": 1})
        assert found is not None
        assert found < 300 * 150

    def test_an_image_counts_as_the_largest_there_is(self) -> None:
        found = self.of({"messages": [{"content": [{"type": "image_url", "image_url": {"url": "https://x/y.png"}}]}], "max_tokens": 1})
        assert found is not None
        assert found > 50_000 * 150

    def test_what_is_stored_elsewhere_counts_as_all_that_the_model_takes(self) -> None:
        found = self.of({"previous_response_id": "r", "max_output_tokens": 1}, "responses")
        assert found is not None
        assert found >= 128_000 * 150

    def test_tools_that_the_provider_runs_have_no_bound(self) -> None:
        assert self.of({"tools": [{"type": "web_search"}], "max_output_tokens": 1}, "responses") is None

    def test_what_is_no_json_has_no_bound(self) -> None:
        assert bound_of(look_at("chat", b"--boundary"), price(), "gpt-4o-mini") is None

    def test_an_endpoint_that_is_not_known_has_no_bound(self) -> None:
        assert self.of({"max_tokens": 1}, "videos") is None

    def test_sound_and_images_are_priced_at_their_own_rates(self) -> None:
        rates = {"input": 1_000, "audio_input": 9_000, "image_input": 5_000, "cache_write_1h": 3_000, "output": 2_000}
        dear = Price("acme", "a", "", rates)
        bodies = {"": 1, '"input_audio": 1': 9, '"cache_control": {"ttl": "1h"}': 3}
        for word, rate in bodies.items():
            body = b'{"max_tokens": 1, "x": {%s}}' % word.encode()
            assert bound_of(look_at("chat", body), dear, "a") == rate * (len(body) + 64) + 2

    def test_a_long_request_is_priced_by_the_tier_that_it_can_reach(self) -> None:
        tiered = Price("acme", "a", "", {"input": 1_000, "output": 0}, (Tier(200, cached=True, rates={"input": 7_000, "output": 0}),))
        body = b'{"max_tokens": 1, "x": "%s"}' % (b"y" * 300)
        assert bound_of(look_at("chat", body), tiered, "a") == 7 * (len(body) + 64)

    def test_the_tier_that_is_asked_for_decides(self) -> None:
        body = b'{"service_tier": "priority", "max_tokens": 1}'
        assert "priority" == look_at("chat", body).context

    def test_embeddings_have_no_output(self) -> None:
        body = json.dumps({"input": "x" * 1000}).encode()
        assert bound_of(look_at("embeddings", body), price("text-embedding-3-small"), "") == len(body) * 20


def exchanges() -> list[dict[str, Any]]:
    """Return the recorded exchanges whose requests are there in full and whose cost is known."""
    return [line for line in recorded() if line["expected"] and line["category"] == "call" and line["request_body"] is not None]


@pytest.mark.skipif(not recorded(), reason=ABSENT)
def test_no_recorded_call_has_cost_more_than_its_bound() -> None:
    at = datetime(2026, 11, 22, tzinfo=UTC)
    bounded = 0
    for line in exchanges():
        facts = read(line)
        cost = money(facts, at).get("cost_nano_usd")
        asked = line["request_body"]
        body = asked.encode() if isinstance(asked, str) else json.dumps(asked).encode()
        found = family_of(urlsplit(line["url"]).path)
        look = look_at(found[0] if found is not None else "", body)
        price, _ = price_of(facts, at, look.context)
        if cost is None or found is None or isinstance(price, Unknown):
            continue
        most = bound_of(look, price, facts.model)
        bounded += most is not None
        assert most is None or cost <= most, line["id"]
    assert bounded > 80


@pytest.mark.parametrize(
    ("model", "longest"),
    [
        ("eu.amazon.nova-pro-v1:0", 10_240),
        ("us-gov.anthropic.claude-haiku-4-5-20251001-v1:0", 64_000),
        ("openrouter/openai/gpt-4.1", 32_768),
        ("ft:gpt-4o-mini-2024-07-18:org::id", 16_384),
        ("gpt-4-32k-0613", 32_768),
        ("deepseek-v4-pro", 1_048_576),  # DeepSeek says 384,000, others serve it up to its window
    ],
)
def test_the_longest_answer_of_a_model_is_found_whatever_stands_before_its_name(model: str, longest: int) -> None:
    assert longest == limits_of(model).output


@pytest.mark.parametrize(
    ("endpoint", "body", "context"),
    [
        ("messages", {"speed": "fast", "inference_geo": "us"}, "fast+regional"),
        ("messages", {"inference_geo": "global", "service_tier": "auto"}, ""),
        ("generateContent", {"serviceTier": "PRIORITY"}, "priority"),
        ("converse", {"serviceTier": {"type": "priority"}, "performanceConfig": {"latency": "optimized"}}, "optimized+priority"),
        ("chat", {"service_tier": 7, "serviceTier": {"type": 8}, "performanceConfig": []}, ""),
    ],
)
def test_what_a_request_asks_for_is_in_the_price_of_its_bound(endpoint: str, body: dict[str, Any], context: str) -> None:
    assert context == look_at(endpoint, json.dumps(body).encode()).context


@pytest.mark.parametrize(
    ("provider", "host", "model", "place"),
    [
        ("openai", "eu.api.openai.com", "gpt-5.4", "regional"),
        ("x_ai", "us.api.x.ai", "grok-4.6", "regional"),
        ("openai", "api.openai.com", "gpt-5.4", ""),
        ("gcp.vertex_ai", "us-east5-aiplatform.googleapis.com", "claude-haiku-4-5", "regional"),
        ("gcp.vertex_ai", "aiplatform.googleapis.com", "claude-haiku-4-5", ""),
        ("gcp.vertex_ai", "aiplatform.eu.rep.googleapis.com", "gemini-2.0-flash-001", "in=vertex+regional"),
        ("aws.bedrock", "bedrock-runtime.eu-west-2.amazonaws.com", "meta.llama3-70b-instruct-v1:0", "in=eu-west-2"),
        ("aws.bedrock", "bedrock-runtime.us-east-1.amazonaws.com", "meta.llama3-70b-instruct-v1:0", ""),
    ],
)
def test_the_place_of_a_request_is_in_the_price_of_its_bound(provider: str, host: str, model: str, place: str) -> None:
    assert place == place_of(provider, host, model)
