"""Whatever sequence of calls one line makes, its events are the same with routes and without."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from cost_lib import stderr, tagged, tags
from cost_lib.metering import httpx_family, routes
from cost_lib.operation import SITES
from cost_lib.testing import capture_events
from tests.runtime.replay import CHAT, MESSAGE, Pieces

httpx2 = pytest.importorskip("httpx2")
OF_EACH = ("ts", "event_id", "operation_id", "latency_ms", "ttft_ms")
CHATS = "https://api.openai.com/v1/chat/completions"
MESSAGES = "https://api.anthropic.com/v1/messages"
OTHERS = ["https://eu.api.openai.com/v1/chat/completions", "https://api.groq.com/openai/v1/chat/completions"]
COUNTED = ["input_tokens", "prompt_tokens", "completion_tokens", "cost", "speed"]
QUOTED = '","usage":{"prompt_tokens":9,"total_tokens":9},"model":"x"}'


USUAL: dict[str, Any] = {
    "url": CHATS, "model": "", "asked": {}, "headers": {"x-stainless-retry-count": "0"}, "tags": {}, "status": 200, "usage": {},
    "details": {"cached_tokens": 64}, "answer": {}, "text": "hi", "end": "", "indent": None, "kind": "application/json",
    "ids": {"x-request-id": "r"}, "options": {},
}  # fmt: skip
CHANGES: dict[str, list[Any]] = {
    "url": [MESSAGES, MESSAGES, *OTHERS],
    "model": ["gpt-4o", "gpt-4o", "claude-sonnet-4-5", "nobody-s"],
    "asked": [{"service_tier": "flex"}, {"metadata": {"model": "q"}}, {"stream": True}, {"x": "z" * 70_000}],
    "headers": [{"x-stainless-retry-count": "1"}, {"x-trace": "1"}, {"user-agent": "a/1"}],
    "tags": [{"user_id": "u1"}, {"user_id": "u2"}, {"session_id": "s"}, {"team": "%s{}"}, {"team": "b", "user_id": "u"}],
    "status": [429, 201],
    "usage": [{name: count} for name in COUNTED for count in (0, 300_000, None, -1, 2.0, "7", 10**13)],
    "details": [{"cached_tokens": 500}, {"audio_tokens": 3}, {"image_tokens": 1}, None],
    "answer": [{"service_tier": "flex"}, {"usage": None}, {"model": "gpt-4o"}, {"result": {"usage": {}}}],
    "text": [QUOTED, QUOTED * 90, "\\", "\u00e9\U0001f600", "x" * 70_000],
    "end": ["\n \n", " " * 5000],
    "indent": [2],
    "kind": ["application/json; charset=utf-8", "text/event-stream", ""],
    "ids": [{}, {"request-id": 'q"\\'}, {"x-request-id": "k" * 5000}],
    "options": [{"stream": True}],
}
CHANGE = st.sampled_from(sorted(CHANGES)).flatmap(lambda name: st.tuples(st.just(name), st.sampled_from(CHANGES[name])))
KINDS = st.lists(st.lists(CHANGE, max_size=2).map(dict), min_size=1, max_size=4)


def response(call: dict[str, Any]) -> Any:
    base = MESSAGE if call["url"] == MESSAGES else CHAT
    usage = {**base["usage"], **call["usage"]}
    if base is CHAT:
        usage["prompt_tokens_details"] = call["details"]
    body = {**base, "text": call["text"], "usage": usage, **call["answer"]}
    data = (json.dumps(body, indent=call["indent"]) + call["end"]).encode()
    return httpx2.Response(call["status"], headers={"content-type": call["kind"], **call["ids"]}, stream=Pieces(httpx2, data, 1 << 20))


def events_of(calls: list[dict[str, Any]]) -> list[list[tuple[str, Any]]]:
    """Make calls from one line; return the members of their events, so that none that stands twice is missed."""
    SITES.clear()
    stderr.forget()
    answers = iter(calls)
    with capture_events() as found, httpx2.Client(transport=httpx2.MockTransport(lambda _: response(next(answers)))) as http:
        for call in calls:
            model = call["model"] or ("claude-haiku-4-5" if call["url"] == MESSAGES else "gpt-4o-mini")
            body = {"messages": [], "model": model, **call["asked"]}
            request = http.build_request("POST", call["url"], json=body, headers=call["headers"])
            with tags(**call["tags"]):
                tagged(http, feature="faq").send(request, **call["options"]).read()
    events: list[list[tuple[str, Any]]] = [json.loads(line, object_pairs_hook=list) for line in found.lines]
    return [[(name, value) for name, value in event if name not in OF_EACH] for event in events]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example([{}, {"model": "gpt-4o"}, {"tags": {"user_id": "u"}}, {"tags": {"user_id": "u"}, "model": "gpt-4o"}], [0, 1, 2, 3])
@given(KINDS, st.lists(st.integers(0, 3), max_size=10))
def test_a_sequence_of_calls_leaves_the_same_events_with_routes_and_without(
    monkeypatch: pytest.MonkeyPatch, kinds: list[dict[str, Any]], order: list[int]
) -> None:
    monkeypatch.setenv("COSTMARK_HASH_KEY", "k")
    known = [kind for kind in kinds for _ in range(3)]  # the third may be known by the second
    calls = [{**USUAL, **kind} for kind in (*known, *(kinds[place % len(kinds)] for place in order))]
    with monkeypatch.context() as without:
        without.setattr(httpx_family, "route_for", lambda *_: None)
        expected = events_of(calls)
    with monkeypatch.context() as in_python:
        in_python.setattr(httpx_family, "route_for", routes._route_for)
        in_python.setattr(httpx_family, "settle", routes._settle)
        assert expected == events_of(calls)
    assert expected == events_of(calls)
    assert len(calls) == len(expected)
