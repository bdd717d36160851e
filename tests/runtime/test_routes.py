"""A request that is known again against the long way: the same event, or the long way."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any, cast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cost_lib import UntaggedCall, in_force, record, tagged, tags
from cost_lib.compiled import SPEEDUPS
from cost_lib.metering import httpx_family, routes
from cost_lib.metering.route_learning import learn
from cost_lib.operation import SITES
from cost_lib.sinks.function import Function
from cost_lib.testing import Events, capture_events
from tests.runtime.replay import CHAT, MESSAGE, Replay

if TYPE_CHECKING:
    from pathlib import Path

httpx2 = pytest.importorskip("httpx2")
OF_EACH = ("ts", "event_id", "operation_id", "latency_ms")
CHATS = "https://api.openai.com/v1/chat/completions"
MESSAGES = "https://api.anthropic.com/v1/messages"
VECTORS = "https://api.openai.com/v1/embeddings"
ASKED: dict[str, Any] = {"messages": [{"role": "user", "content": "hi"}], "model": "gpt-4o-mini"}
HEADERS = {"x-stainless-retry-count": "0"}
settled: list[bool] = []
learned = httpx_family._learn


@pytest.fixture(autouse=True, params=["compiled", "python"])
def watched(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "compiled" and SPEEDUPS is None:
        pytest.skip("nothing is compiled here")
    settle = routes.settle if request.param == "compiled" else routes._settle

    def told(*args: Any) -> bool:
        settled.append(settle(*args))
        return settled[-1]

    def at_once(exchange: Any, sent: Any, response: Any) -> None:
        learn(exchange, sent.client, sent.request, response, sent.frame)

    settled.clear()
    SITES.clear()
    monkeypatch.setattr(httpx_family, "_learn", at_once)
    monkeypatch.setattr(httpx_family, "settle", told)
    monkeypatch.setattr(httpx_family, "route_for", routes.route_for if request.param == "compiled" else routes._route_for)


def client(*answers: Any) -> Any:
    return httpx2.Client(transport=Replay(httpx2, *((200, answer) for answer in answers)).transport())


def ask(http: Any, body: Any = ASKED, url: str = CHATS, **options: Any) -> Any:
    return tagged(http, feature="faq").post(url, json=body, **{"headers": HEADERS, **options})


def lasting(event: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in event.items() if name not in OF_EACH}


def chat(**changes: Any) -> dict[str, Any]:
    return {**CHAT, "usage": {**CHAT["usage"], **changes}}


def test_the_second_request_of_a_line_leaves_the_event_that_the_first_left(events: Events) -> None:
    http = client(CHAT)
    for _ in range(2):
        ask(http)
    first, second = events.all()
    assert [True] == settled
    assert list(first) == list(second)
    assert lasting(first) == lasting(second)


@pytest.mark.skipif(SPEEDUPS is None, reason="nothing is compiled here")
@pytest.mark.parametrize(("url", "answer"), [(CHATS, CHAT), (MESSAGES, MESSAGE)])
def test_the_compiled_part_needs_no_python_for_what_is_usual(events: Events, url: str, answer: Any, request: pytest.FixtureRequest) -> None:
    asked = {"python_settle": lambda *_: pytest.fail("left to Python"), "python_route_for": lambda *_: pytest.fail("left to Python")}
    SPEEDUPS.use_routes(**{**routes.PARTS, **asked})  # type: ignore[union-attr]
    request.addfinalizer(lambda: SPEEDUPS.use_routes(**routes.PARTS))  # type: ignore[union-attr]
    http = client(answer)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(httpx_family, "settle", routes.settle)
        patched.setattr(httpx_family, "route_for", routes.route_for)
        for _ in range(3):
            ask(http, {**ASKED, "model": answer["model"]}, url)
    assert 1 == len({json.dumps(lasting(event)) for event in events.all()})
    assert 3 == len(events.all())


def test_sessions_of_one_line_are_judged_once_and_told_apart(events: Events, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Any] = []
    monkeypatch.setattr(routes, "judge", lambda *given: asked.append(given))
    if SPEEDUPS is not None:
        monkeypatch.setitem(cast("dict[str, Any]", routes.PARTS), "judge", lambda *given: asked.append(given))
        SPEEDUPS.use_routes(**routes.PARTS)
    http = client(CHAT)
    for session, team in (("s1", "a"), ("s2", "a"), ("s1", "a"), ("s3", "b"), ("s4", "b")):
        with tags(session_id=session, team=team):
            ask(http)
    monkeypatch.undo()
    if SPEEDUPS is not None:
        SPEEDUPS.use_routes(**routes.PARTS)
    assert [("s1", "a"), ("s2", "a"), ("s1", "a"), ("s3", "b"), ("s4", "b")] == [(one["session_id"], one["team"]) for one in events.all()]
    assert [{"session_id": "s3", "team": "b", "feature": "faq"}] == [given[0] for given in asked]


def test_the_key_of_hashes_may_change(events: Events, monkeypatch: pytest.MonkeyPatch) -> None:
    http = client(CHAT)
    for key in ("one", "one", "two", ""):
        monkeypatch.setenv("COSTMARK_HASH_KEY", key)
        with tags(user_id="u1"):
            ask(http)
    first, again, other, without = (one.get("user_id", "") for one in events.all())
    assert first == again != other
    assert "" == without


def test_a_line_is_learned_when_it_comes_again(events: Events, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(httpx_family, "_learn", learned)
    http = client(CHAT)
    for _ in range(4):
        ask(http)
    assert [True, True] == settled
    assert 1 == len({json.dumps(lasting(event)) for event in events.all()})


def test_the_keys_stand_in_the_order_of_the_long_way_with_every_meter(events: Events) -> None:
    usage = {**MESSAGE["usage"], "cache_creation": {"ephemeral_5m_input_tokens": 15, "ephemeral_1h_input_tokens": 25}}
    http = client({**MESSAGE, "usage": usage})
    for _ in range(2):
        ask(http, {"model": "claude-haiku-4-5", "messages": []}, MESSAGES)
    first, second = events.all()
    assert [True] == settled
    assert json.dumps(lasting(first)) == json.dumps(lasting(second))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.integers(-1, 3000), st.integers(-1, 300_000), st.integers(0, 40), st.sampled_from([None, "default", "flex", "priority"]),
    st.sampled_from(["gpt-4o-mini", "gpt-5.4", "gpt-4o-search-preview", "nobody-s"]), st.text(max_size=20), st.sampled_from([0, 9000]),
)  # fmt: skip
def test_whatever_is_answered_the_event_is_that_of_the_long_way(  # noqa: PLR0917 - one argument a part of the exchange
    cached: int, made: int, beside: int, tier: str | None, model: str, text: str, long: int
) -> None:
    usage = {"prompt_tokens": 1000, "completion_tokens": made, "total_tokens": 1000 + made + beside}
    answer: dict[str, Any] = {"model": model, "choices": [{"message": {"content": text + "x" * long}}], "service_tier": tier}
    answer["usage"] = {**usage, "prompt_tokens_details": {"cached_tokens": cached}}
    body: dict[str, Any] = {"messages": [{"role": "user", "content": text}], "model": model}
    SITES.clear()
    with capture_events() as alone:
        ask(client(answer), body)
    with capture_events() as after:
        http = client(chat(), answer)
        for one in ({**body, "model": "gpt-4o-mini"}, body):
            ask(http, one)
    assert lasting(alone.one()) == lasting(after.all()[1])


@pytest.mark.parametrize(
    ("body", "options"),
    [
        ({**ASKED, "model": "gpt-4o"}, {}),
        ({"model": "gpt-4o-mini", "messages": []}, {}),
        ({**ASKED, "stream": False}, {}),
        ({**ASKED, "tools": [{"model": "other"}]}, {}),
        ({**ASKED, "metadata": {"model": "other"}}, {}),
        (ASKED, {"headers": {"x-stainless-retry-count": "2"}}),
        (ASKED, {"headers": {**HEADERS, "user-agent": "another/1"}}),
        (ASKED, {"headers": {}}),
    ],
)
def test_a_request_of_another_kind_leaves_its_own_event(events: Events, body: Any, options: Any) -> None:
    for known in (False, True):
        SITES.clear()
        http = client(CHAT)
        for one, given_options in [(ASKED, {})] * 2 * known + [(body, options)]:
            ask(http, one, **given_options)
    alone, *_, after = events.all()
    assert lasting(alone) == lasting(after)


def test_what_only_the_request_says_of_its_tier_is_not_missed(events: Events) -> None:
    http = client(CHAT)
    for body in (ASKED, ASKED, {**ASKED, "service_tier": "flex"}):
        ask(http, body)
    assert ["", "", "flex"] == [event.get("service_tier", "") for event in events.all()]


def test_an_error_and_a_retry_go_the_long_way(events: Events) -> None:
    http = httpx2.Client(transport=Replay(httpx2, (200, CHAT), (429, {"error": {"code": "slow"}}), (200, CHAT)).transport())
    with tags(team="a"):
        for count in ("0", "0", "1"):
            ask(http, headers={"x-stainless-retry-count": count})
    assert ["ok", "error", "ok"] == [event["status"] for event in events.all()]
    assert [1, 1, 2] == [event["attempt"] for event in events.all()]


def test_a_header_that_counts_tries_is_seen_in_the_place_of_another(events: Events) -> None:
    http = client(CHAT)
    for headers in ({"x-trace": "1"}, {"x-trace": "1"}, {"x-stainless-retry-count": "2"}):
        ask(http, headers=headers)
    assert [1, 1, 3] == [event["attempt"] for event in events.all()]


def test_a_request_that_breaks_leaves_its_event(events: Events) -> None:
    answers = [httpx2.Response(200, json=CHAT), None]

    def respond(_: object) -> Any:
        return answers.pop(0) if answers[0] is not None else exec("raise httpx2.ReadTimeout('slow')", {"httpx2": httpx2})  # noqa: S102

    http = httpx2.Client(transport=httpx2.MockTransport(respond))
    ask(http)
    with pytest.raises(httpx2.ReadTimeout):
        ask(http)
    assert ["ok", "error"] == [event["status"] for event in events.all()]
    assert {"class": "ReadTimeout"} == events.all()[1]["error"]


def test_tags_that_differ_from_request_to_request_are_each_one_s_own(events: Events, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COSTMARK_HASH_KEY", "k")
    http = client(CHAT)
    for number in range(3):
        with tags(user_id=f"u{number}", session_id=f"s{number}"):
            ask(http)
    assert [True, True] == settled
    assert ["s0", "s1", "s2"] == [event["session_id"] for event in events.all()]
    assert 3 == len({event["user_id"] for event in events.all()})


def test_a_tag_of_one_request_is_not_missed_on_the_next(events: Events, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COSTMARK_HASH_KEY", "k")
    (tmp_path / "costmark.toml").write_text('on-untagged = "raise"\nrequired-tags = ["user_id"]\n')
    http = client(CHAT)
    for user in ("a", "b"):
        with tags(user_id=user):
            ask(http)
    with pytest.raises(UntaggedCall):
        ask(http)
    assert ["ok", "ok", "refused"] == [event["status"] for event in events.all()]


def test_requests_with_and_without_a_user_keep_their_own_events_whatever_the_model(events: Events, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COSTMARK_HASH_KEY", "k")
    http = httpx2.Client(transport=httpx2.MockTransport(lambda asked: httpx2.Response(200, json={**CHAT, **json.loads(asked.content)})))
    for user in (None, "u", None):
        for model in ("gpt-4o-mini", "gpt-4o", "gpt-4o-mini", "gpt-4o"):
            with tags(user_id=user):
                ask(http, {**ASKED, "model": model})
    assert {1} == {line.count(b'"feature"') for line in events.lines}
    assert [False, True, False] == ["user_id" in event for event in events.all()[::4]]


def test_what_cannot_be_metered_is_said_beside_what_is_known(events: Events, capsys: pytest.CaptureFixture[str]) -> None:
    openai, library = pytest.importorskip("openai"), pytest.importorskip("httpx")
    made = openai.OpenAI(api_key="k", http_client=library.Client(transport=Replay(library, (200, CHAT)).transport()))
    chat = {"model": "gpt-4o-mini", "messages": []}
    calls = [(made.chat.completions.create, chat)] * 2 + [(made.realtime.connect, {"model": "gpt-realtime"})]
    for call, options in calls:
        tagged(call, feature="faq")(**options)
    assert "connect() goes over a websocket" in capsys.readouterr().err
    assert 2 == len(events.all())


def test_a_helper_with_many_callers_keeps_their_tags_apart(events: Events) -> None:
    http = client(CHAT)
    for _ in range(2):
        for name in ("a", "b", "c"):
            with tags(team=name):
                ask(http)
    assert [True] * 5 == settled
    assert ["a", "b", "c"] * 2 == [event["team"] for event in events.all()]


def test_any_number_of_sessions_keeps_the_short_way(events: Events) -> None:
    http = client(CHAT)
    for number in range(40):
        with tags(session_id=f"s{number}"):
            ask(http)
    assert [True] * 39 == settled
    assert [f"s{number}" for number in range(40)] == [event["session_id"] for event in events.all()]


def test_a_policy_that_was_read_anew_holds_for_the_next_request(events: Events, tmp_path: Path) -> None:
    http = client(CHAT)
    ask(http)
    (tmp_path / "costmark.toml").write_text('[features.faq]\nowner = "support"\n')
    in_force.forget()
    ask(http)
    assert ["", "support"] == [event.get("owner", "") for event in events.all()]


def test_megabytes_of_vectors_are_counted_by_their_end(events: Events) -> None:
    rows = [{"object": "embedding", "index": 0, "embedding": [0.1] * 9000}]
    answer = {"object": "list", "data": rows, "model": "text-embedding-3-small", "usage": {"prompt_tokens": 8, "total_tokens": 8}}
    http = client(answer)
    for _ in range(2):
        ask(http, {"input": "x", "model": "text-embedding-3-small"}, VECTORS)
    first, second = events.all()
    assert [True] == settled
    assert (8, lasting(first)) == (second["input_tokens"], lasting(second))


def test_asynchronous_clients_are_known_again_too(events: Events) -> None:
    async def run() -> None:
        async with httpx2.AsyncClient(transport=httpx2.MockTransport(Replay(httpx2, (200, CHAT)).answer)) as http:
            for _ in range(2):
                await tagged(http, feature="faq").post(CHATS, json=ASKED, headers=HEADERS)

    asyncio.run(run())
    first, second = events.all()
    assert [True] == settled
    assert lasting(first) == lasting(second)


def test_a_place_that_fails_loses_the_event_and_not_the_call(events: Events, monkeypatch: pytest.MonkeyPatch) -> None:
    http = client(CHAT)
    ask(http)

    def fail(_: object) -> None:
        raise OSError(28, "No space left on device")

    before = record.use_sink(Function(fail))
    assert 200 == ask(http).status_code
    record.use_sink(before)
    ask(http)
    assert [0, 1] == [event.get("lost", 0) for event in events.all()]
    monkeypatch.setattr(record.STATE, "lost", 0)


def test_ids_of_a_route_are_of_version_7_and_no_two_alike(events: Events) -> None:
    http = client(CHAT)
    for _ in range(20):
        ask(http)
    ids = [event[name] for event in events.all() for name in ("event_id", "operation_id")]
    assert 40 == len(set(ids))
    assert {"7"} == {one[14] for one in ids}
    assert {36} == {len(one) for one in ids}


def test_the_names_that_the_short_way_leans_on_are_there() -> None:
    for name in ("httpx", "httpx2"):
        library = pytest.importorskip(name)
        request, response = library.Request("POST", CHATS, json=ASKED), library.Response(200, json=CHAT)
        assert "/v1/chat/completions" == request.url._uri_reference.path
        assert (b"{", b"{") == (request._content[:1], response._content[:1])
        assert 3 == len(request.headers._list[0]) == len(response.headers._list[0])


def test_a_failure_of_the_short_way_is_made_good_by_the_long_one(
    events: Events, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("PYTEST_CURRENT_TEST")
    http = client(CHAT)
    ask(http)
    monkeypatch.setattr(routes, "perf_counter_ns", None)
    monkeypatch.setattr(httpx_family, "settle", routes._settle)
    assert 200 == ask(http).status_code
    assert lasting(events.all()[0]) == lasting(events.all()[1])
    assert "recording failed and the call went on: TypeError" in capsys.readouterr().err
