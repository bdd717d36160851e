"""Mistakes that users of other tools have reported in what is counted, not in its price; each with a real client, named by its report."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from cost_lib import in_force, meter, tagged, tags
from cost_lib.budgets import use_folder
from cost_lib.budgets.accounts import draws_of
from cost_lib.budgets.store import Store
from cost_lib.errors import BudgetExceeded
from tests.runtime.replay import CHAT, CHAT_STREAM, Replay, sse

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from cost_lib.testing import Events

openai = pytest.importorskip("openai")
httpx2 = pytest.importorskip("httpx2")
HI: list[Any] = [{"role": "user", "content": "hi"}]
USED = {"input_tokens": 100, "input_tokens_details": {"cached_tokens": 0}, "output_tokens": 20, "total_tokens": 120}
RESPONSE: dict[str, Any] = {
    "id": "resp_1",
    "object": "response",
    "created_at": 1,
    "status": "completed",
    "model": "gpt-4o-mini-2024-07-18",
    "output": [],
    "parallel_tool_calls": True,
    "tool_choice": "auto",
    "tools": [],
    "usage": {**USED, "output_tokens_details": {"reasoning_tokens": 0}},
}
RESPONSE_STREAM = sse(
    {"type": "response.created", "sequence_number": 0, "response": {**RESPONSE, "status": "in_progress", "usage": None}},
    {"type": "response.completed", "sequence_number": 1, "response": RESPONSE},
)
COST = 100 * 150 + 20 * 600


def client(*answers: Any, **options: Any) -> Any:
    return openai.OpenAI(api_key="k", http_client=httpx2.Client(transport=Replay(httpx2, *answers).transport()), **options)


@pytest.fixture(autouse=True)
def no_budgets_after() -> Iterator[None]:
    yield
    use_folder(None)


@pytest.mark.parametrize("answer", [RESPONSE, RESPONSE_STREAM])
def test_a_response_is_logged_once_however_it_is_read(events: Events, answer: Any) -> None:
    """https://github.com/BerriAI/litellm/issues/15740."""
    meter()
    found = tagged(client((200, answer)), feature="faq").responses.create(model="gpt-4o-mini", input="hi", stream=answer is RESPONSE_STREAM)
    if answer is RESPONSE_STREAM:
        list(found)
    assert COST == events.one()["cost_nano_usd"]


@pytest.mark.parametrize("answer", [RESPONSE, RESPONSE_STREAM])
def test_a_response_keeps_its_tags(events: Events, answer: Any) -> None:
    """https://github.com/BerriAI/litellm/issues/31584."""
    with tags(team="support", user_segment="pro"):
        found = tagged(client((200, answer)), feature="faq").responses.create(
            model="gpt-4o-mini", input="hi", stream=answer is RESPONSE_STREAM
        )
    if answer is RESPONSE_STREAM:
        list(found)
    assert ("faq", "support", "pro") == tuple(events.one()[key] for key in ("feature", "team", "user_segment"))


def test_retries_are_attempts_of_one_operation_and_only_the_answer_costs(events: Events) -> None:
    """https://github.com/BerriAI/litellm/issues/39455."""
    slow = (429, {"error": {"code": "rate_limit_exceeded", "message": "slow down"}})
    tagged(client(slow, slow, (200, CHAT), max_retries=2), feature="faq").with_options(timeout=9).chat.completions.create(
        model="gpt-4o-mini", messages=HI
    )
    found = events.all()
    assert [1, 2, 3] == [event["attempt"] for event in found]
    assert 1 == len({event["operation_id"] for event in found})
    assert ["none", "none", "catalog"] == [event["cost_source"] for event in found]


def test_a_disconnected_client_leaves_what_was_used_as_unknown_and_never_as_nothing(events: Events) -> None:
    """https://github.com/BerriAI/litellm/pull/39893."""

    async def run() -> None:
        http = httpx2.AsyncClient(transport=httpx2.MockTransport(Replay(httpx2, (200, CHAT_STREAM)).answer))
        made = tagged(openai.AsyncOpenAI(api_key="k", http_client=http), feature="faq")
        stream = await made.chat.completions.create(model="gpt-4o-mini", messages=HI, stream=True, stream_options={"include_usage": True})
        await anext(stream)
        await stream.close()

    asyncio.run(run())
    event = events.one()
    assert ("closed", "unknown", None) == (event["status"], event["usage_source"], event.get("cost_nano_usd"))


def test_a_budget_of_a_day_begins_anew_with_the_day(tmp_path: Path) -> None:
    """https://github.com/BerriAI/litellm/issues/40020."""
    (tmp_path / "costmark.toml").write_text('[features.faq]\ndaily-budget = 0.000001\non-exceeded = "block"\n')
    in_force.forget()
    store = Store(tmp_path / "budgets")
    evening = datetime(2026, 11, 22, 23, 59, tzinfo=UTC).timestamp()
    today, tomorrow = draws_of("faq", evening), draws_of("faq", evening + 60)
    store.settle(store.reserve(today, 1000), 1000)
    with pytest.raises(BudgetExceeded):
        store.reserve(today, 1)
    assert 1000 == store.reserve(tomorrow, 1000).amount
    store.close()


def test_a_budget_of_nothing_blocks_before_anything_is_sent(tmp_path: Path) -> None:
    """https://github.com/BerriAI/litellm/pull/37736."""
    (tmp_path / "costmark.toml").write_text('[features.faq]\nmonthly-budget = 0\non-exceeded = "block"\n')
    in_force.forget()
    use_folder(tmp_path / "budgets")
    replay = Replay(httpx2, (200, CHAT))
    made = tagged(openai.OpenAI(api_key="k", http_client=httpx2.Client(transport=replay.transport())), feature="faq")
    with pytest.raises(BudgetExceeded):
        made.chat.completions.create(model="gpt-4o-mini", messages=HI, max_tokens=5)
    assert [] == replay.requests


def test_a_free_model_is_not_blocked_by_a_budget_that_is_spent(tmp_path: Path, events: Events) -> None:
    """https://github.com/BerriAI/litellm/issues/29912."""
    (tmp_path / "costmark.toml").write_text('[features.faq]\nmonthly-budget = 0\non-exceeded = "block"\n')
    in_force.forget()
    use_folder(tmp_path / "budgets")
    answer = {**CHAT, "model": "meta-llama/llama-3.3-70b-instruct:free"}
    made = client((200, answer), base_url="https://openrouter.ai/api/v1")
    tagged(made, feature="faq").chat.completions.create(model=answer["model"], messages=HI, max_tokens=5)
    assert ("ok", 0) == (events.one()["status"], events.one()["cost_nano_usd"])
