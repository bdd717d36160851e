"""Nothing that people wrote, and nothing that names them, gets into the log."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cost_lib import in_force, record_call, tagged, tags
from cost_lib.attribution import own_text
from cost_lib.errors import PersonalData
from cost_lib.policy import Settings
from cost_lib.privacy import Named, kind_of, masked, named
from cost_lib.record import record_facts
from tests.runtime.recorded import ABSENT, read, recorded
from tests.runtime.replay import CHAT, CHAT_STREAM, MESSAGE, MESSAGE_STREAM, Replay, sse

if TYPE_CHECKING:
    from pathlib import Path

    from cost_lib.testing import Events

MARK = "Zyzzyva"  # stands in everything that people or models write, and nowhere else
KEY = "COSTMARK_HASH_KEY"


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ("jane.doe@example.com", "an e-mail address"),
        ("Jane <jane+tag@mail.example.co.uk>", "an e-mail address"),
        ("+1 415 555 2671", "a telephone number"),
        ("+49-30-901820", "a telephone number"),
        ("(415) 555-2671", "a telephone number"),
        ("123-45-6789", "a social security number"),
        ("4111 1111 1111 1111", "a card number"),
        ("4111-1111-1111-1111", "a card number"),
        ("378282246310005", "a card number"),
        ("paid with 5555555555554444", "a card number"),
    ],
)
def test_what_names_people_is_known(value: str, kind: str) -> None:
    assert kind == kind_of(value)


@pytest.mark.parametrize(
    "value",
    [
        "faq_check",
        "v2026.11.22",
        "2026-11-22T10:00:00Z",
        "1764000000000",  # milliseconds
        "1764000000000000",  # microseconds
        "4111111111111112",  # the last digit is wrong
        "550e8400-e29b-41d4-a716-446655440000",
        "0192f4c8a1e27c3b9d5e6f708192a3b4",
        "customer-4111111111111111x",
        "10.0.0.1",
        "user@localhost",
        "000-12-3456",
        "order 12-345-6789",
        "",
    ],
)
def test_identifiers_are_left_alone(value: str) -> None:
    assert kind_of(value) == ""


@given(st.text())
def test_any_text_is_judged(value: str) -> None:
    assert isinstance(kind_of(value), str)


@given(st.uuids(version=4))
def test_identifiers_made_at_random_are_left_alone(value: Any) -> None:
    assert kind_of(f"u_{value.hex}") == ""


def test_values_are_left_as_they_are_where_the_policy_says_so() -> None:
    assert masked({"team": "jane@example.com"}, "plain") == {"team": "jane@example.com"}


def policy(text: str, folder: Path) -> None:
    (folder / "costmark.toml").write_text(f"required-tags = []\n{text}\n", encoding="utf-8")
    in_force.forget()


def record(**values: str) -> None:
    with record_call(provider="openai", model="gpt-4o-mini", **values) as call:
        call.usage(input_tokens=1)


def test_a_tag_that_names_somebody_is_hashed(events: Events, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(KEY, "k")
    record(feature="faq", customer="jane@example.com", session_id="+1 415 555 2671")
    found = events.one()
    assert [32, 32] == [len(found["tags"]["customer"]), len(found["session_id"])]
    assert b"jane" not in events.lines[0]


def test_a_name_that_is_hashed_already_is_another_than_that_of_a_user_who_is_called_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COSTMARK_HASH_KEY", "k")
    hashed, settings = named("ann", "hash"), Settings()
    kept = own_text({"user_id": Named(hashed)}, settings)
    assert f',"user_id":"{hashed}"' == kept
    assert kept != own_text({"user_id": hashed}, settings)


def test_without_a_key_it_is_left_out_and_said_once(
    events: Events, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv(KEY, raising=False)
    for _ in range(2):
        record(feature="faq", customer="jane@example.com")
    assert all("tags" not in event for event in events.all())
    assert capsys.readouterr().err.count("customer is left out: hashing it needs a key") == 1


def test_it_is_left_out_where_the_policy_says_so(tmp_path: Path, events: Events) -> None:
    policy('personal-data = "drop"', tmp_path)
    record(feature="faq", team="jane@example.com")
    assert "team" not in events.one()


def test_it_refuses_the_call_where_the_policy_says_so(tmp_path: Path, events: Events) -> None:
    openai, httpx2 = pytest.importorskip("openai"), pytest.importorskip("httpx2")
    policy('personal-data = "raise"', tmp_path)
    replay = Replay(httpx2, (200, CHAT))
    client = openai.OpenAI(api_key="k", http_client=httpx2.Client(transport=replay.transport()))
    with pytest.raises(PersonalData, match=r"the tag team at .* looks like an e-mail address") as refusal:
        tagged(client, feature="faq", team="jane@example.com").chat.completions.create(model="gpt-4o-mini", messages=[])
    assert [] == replay.requests
    assert "jane" not in str(refusal.value)
    assert b"jane" not in events.lines[0]


def test_a_user_is_never_named_without_a_key(events: Events, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(KEY, raising=False)
    record(feature="faq", user_id="u_1")
    assert "user_id" not in events.one()


ASK: list[Any] = [{"role": "user", "content": MARK}]
SAID = json.loads(json.dumps(CHAT).replace('"hi"', f'"{MARK}"'))
ANSWERED = json.loads(json.dumps(MESSAGE).replace('"hi"', f'"{MARK}"'))
FAILED = {"error": {"type": "invalid_request_error", "code": "bad", "message": f"cannot say {MARK}", "param": MARK}}
GEMINI = {
    "candidates": [{"content": {"role": "model", "parts": [{"text": MARK}]}, "finishReason": "STOP"}],
    "usageMetadata": {"promptTokenCount": 3, "candidatesTokenCount": 2, "totalTokenCount": 5},
    "modelVersion": "gemini-2.5-flash",
}
EMBEDDED = {"object": "list", "model": "text-embedding-3-small", "data": [], "usage": {"prompt_tokens": 1, "total_tokens": 1}}
RESPONSE = {
    "id": "resp_1", "object": "response", "created_at": 1, "status": "completed", "model": "gpt-4o-mini", "parallel_tool_calls": False,
    "tool_choice": "auto", "tools": [], "instructions": MARK, "metadata": {"note": MARK},
    "output": [{"type": "message", "id": "m", "role": "assistant", "status": "completed",
                "content": [{"type": "output_text", "text": MARK, "annotations": []}]}],
    "usage": {"input_tokens": 1, "output_tokens": 1, "total_tokens": 2, "input_tokens_details": {"cached_tokens": 0},
              "output_tokens_details": {"reasoning_tokens": 0}},
}  # fmt: skip


@pytest.mark.parametrize("failing", [False, True])
class TestWhatPeopleWrite:
    def check(self, call: Any, *, failing: bool) -> None:
        if failing:
            with pytest.raises(Exception, match=r".") as problem:  # each SDK has its own
                call()
            assert MARK in repr(problem.value) + repr(getattr(problem.value, "body", ""))
        else:
            call()

    def held(self, events: Events) -> None:
        assert len(events.lines) == 1
        assert MARK.encode() not in events.lines[0]

    @pytest.mark.parametrize("stream", [False, True])
    def test_openai_chat(self, *, stream: bool, failing: bool, events: Events) -> None:
        openai, httpx2 = pytest.importorskip("openai"), pytest.importorskip("httpx2")
        body: Any = CHAT_STREAM.replace(b'"hi"', b'"%s"' % MARK.encode()) if stream else SAID
        replay = Replay(httpx2, (400, FAILED) if failing else (200, body))
        client = tagged(openai.OpenAI(api_key=MARK, http_client=httpx2.Client(transport=replay.transport())), feature="faq")
        self.check(
            lambda: list(client.chat.completions.create(model="gpt-4o-mini", messages=ASK, user=MARK, stream=stream)), failing=failing
        )
        self.held(events)

    def test_openai_responses(self, *, failing: bool, events: Events) -> None:
        openai, httpx2 = pytest.importorskip("openai"), pytest.importorskip("httpx2")
        replay = Replay(httpx2, (400, FAILED) if failing else (200, RESPONSE))
        client = tagged(openai.OpenAI(api_key=MARK, http_client=httpx2.Client(transport=replay.transport())), feature="faq")
        self.check(lambda: client.responses.create(model="gpt-4o-mini", input=MARK, instructions=MARK), failing=failing)
        self.held(events)

    def test_openai_embeddings(self, *, failing: bool, events: Events) -> None:
        openai, httpx2 = pytest.importorskip("openai"), pytest.importorskip("httpx2")
        replay = Replay(httpx2, (400, FAILED) if failing else (200, EMBEDDED))
        client = tagged(openai.OpenAI(api_key=MARK, http_client=httpx2.Client(transport=replay.transport())), feature="faq")
        self.check(lambda: client.embeddings.create(model="text-embedding-3-small", input=MARK, encoding_format="float"), failing=failing)
        self.held(events)

    @pytest.mark.parametrize("stream", [False, True])
    def test_anthropic(self, *, stream: bool, failing: bool, events: Events) -> None:
        anthropic, httpx2 = pytest.importorskip("anthropic"), pytest.importorskip("httpx2")
        body: Any = MESSAGE_STREAM.replace(b'"hi"', b'"%s"' % MARK.encode()) if stream else ANSWERED
        replay = Replay(httpx2, (400, {"type": "error", **FAILED}) if failing else (200, body))
        client = tagged(anthropic.Anthropic(api_key=MARK, http_client=httpx2.Client(transport=replay.transport())), feature="faq")
        self.check(
            lambda: list(client.messages.create(model="claude-haiku-4-5", max_tokens=9, system=MARK, messages=ASK, stream=stream)),
            failing=failing,
        )
        self.held(events)

    def test_gemini(self, *, failing: bool, events: Events) -> None:
        httpx = pytest.importorskip("httpx")
        replay = Replay(httpx, (400, {"error": {"code": 400, "status": "INVALID_ARGUMENT", "message": MARK}}) if failing else (200, GEMINI))
        client = tagged(httpx.Client(transport=replay.transport()), feature="faq")
        url = "https://generativelanguage.googleapis.com/v1beta/models/gemini-2.5-flash:generateContent?key=" + MARK
        client.post(url, json={"contents": [{"parts": [{"text": MARK}]}]})
        self.held(events)

    def test_a_broken_stream(self, *, failing: bool, events: Events) -> None:
        httpx = pytest.importorskip("httpx")
        piece = sse({"id": "1", "choices": [{"index": 0, "delta": {"content": MARK}}], "model": "gpt-4o-mini"})
        replay = Replay(httpx, (200, piece if failing else piece + sse("[DONE]")))
        client = tagged(httpx.Client(transport=replay.transport()), feature="faq")
        with client.stream("POST", "https://api.openai.com/v1/chat/completions", json={"messages": ASK, "stream": True}) as response:
            next(response.iter_raw())
        self.held(events)


def test_an_exception_of_the_program_is_named_and_not_quoted(events: Events) -> None:
    with pytest.raises(ValueError, match=MARK), tags(feature="faq"), record_call(provider="acme", model="a"):
        raise ValueError(MARK)
    assert ("ValueError", False) == (events.one()["error"]["class"], MARK.encode() in events.lines[0])


def sentences(value: Any) -> set[str]:
    """Return every text of several words in a document."""
    if isinstance(value, dict):
        return set().union(*map(sentences, value.values()), set())
    if isinstance(value, list):
        return set().union(*map(sentences, value), set())
    return {value.strip()} if isinstance(value, str) and value.strip().count(" ") >= 2 else set()


def documents(body: Any) -> list[Any]:
    """Return a recorded body as documents, one for each event of a stream."""
    if not isinstance(body, str):
        return [body]
    lines = [line.removeprefix("data:").strip() for line in body.splitlines()]
    return [json.loads(line) for line in lines if line.startswith("{") and line.endswith("}")]


@pytest.mark.skipif(not recorded(), reason=ABSENT)
def test_no_sentence_of_a_recorded_exchange_is_stored(events: Events) -> None:
    looked = 0
    for line in recorded():
        record_facts(read(line))
        said = set().union(*(sentences(document) for name in ("request_body", "response_body") for document in documents(line[name])))
        event = json.dumps(events.all()[-1], ensure_ascii=False)
        assert [] == [text for text in said if text in event or json.dumps(text)[1:-1] in event], line["id"]
        looked += len(said)
    assert looked > 300
