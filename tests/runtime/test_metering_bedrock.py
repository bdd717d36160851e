"""Bedrock through boto3, over real HTTP."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from cost_lib import UntaggedCall, in_force, meter, tagged, tags
from tests.runtime.frames import frame, wrapped
from tests.runtime.replay import MESSAGE
from tests.runtime.server import Answer, Server

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from cost_lib.testing import Events

    Client = Callable[[Server], Any]

boto3 = pytest.importorskip("boto3")
botocore_config = pytest.importorskip("botocore.config")
MODEL = "anthropic.claude-haiku-4-5-20251001-v1:0"
USAGE = {"inputTokens": 10, "outputTokens": 20, "totalTokens": 30}
CONVERSED: dict[str, Any] = {
    "output": {"message": {"role": "assistant", "content": [{"text": "hi"}]}},
    "stopReason": "end_turn",
    "usage": USAGE,
    "metrics": {"latencyMs": 5},
}
CONVERSATION: list[Any] = [{"role": "user", "content": [{"text": "hi"}]}]
FRAMES = "application/vnd.amazon.eventstream"
START = frame("messageStart", {"role": "assistant"}) + frame("contentBlockDelta", {"contentBlockIndex": 0, "delta": {"text": "hi"}})
STREAM = START + frame("messageStop", {"stopReason": "end_turn"}) + frame("metadata", {"usage": USAGE, "metrics": {"latencyMs": 5}})
INVOKED = b"".join(
    wrapped(event)
    for event in (
        {"type": "message_start", "message": {**MESSAGE, "content": [], "usage": {"input_tokens": 10, "output_tokens": 1}}},
        {"type": "content_block_delta", "index": 0, "delta": {"type": "text_delta", "text": "hi"}},
        {"type": "message_delta", "delta": {"stop_reason": "end_turn"}, "usage": {"output_tokens": 20}},
        {"type": "message_stop", "amazon-bedrock-invocationMetrics": {"inputTokenCount": 10, "outputTokenCount": 20}},
    )
)


@pytest.fixture(name="client")
def _client() -> Iterator[Callable[[Server], Any]]:
    made = []

    def make(server: Server) -> Any:
        config = botocore_config.Config(proxies={"http": server.url}, retries={"max_attempts": 3, "mode": "standard"})
        keys = {"aws_access_key_id": "k", "aws_secret_access_key": "s", "region_name": "us-east-1"}
        url = "http://bedrock-runtime.us-east-1.amazonaws.com"
        made.append(boto3.client("bedrock-runtime", endpoint_url=url, config=config, **keys))
        return made[-1]

    yield make
    for one in made:
        one.close()


def counts(event: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(event.get(key) for key in ("feature", "provider", "model_requested", "status", "input_tokens", "output_tokens"))


COUNTS = ("faq", "aws.bedrock", MODEL, "ok", 10, 20)


def test_a_conversation_is_recorded(events: Events, client: Client) -> None:
    with Server(Answer(CONVERSED)) as server:
        tagged(client(server), feature="faq").converse(modelId=MODEL, messages=CONVERSATION)
    assert COUNTS == counts(events.one())


@pytest.mark.parametrize("size", [0, 7])
def test_the_frames_of_a_conversation_are_read_and_its_usage_comes_after_its_end(events: Events, client: Client, size: int) -> None:
    with Server(Answer(STREAM, type=FRAMES, is_chunked=True, size=size)) as server:
        answer = tagged(client(server), feature="faq").converse_stream(modelId=MODEL, messages=CONVERSATION)
        assert 4 == len(list(answer["stream"]))
    assert (COUNTS, True) == (counts(events.one()), events.one()["stream"])


def test_an_invoked_model_is_recorded(events: Events, client: Client) -> None:
    with Server(Answer(MESSAGE)) as server:
        answer = tagged(client(server), feature="faq").invoke_model(modelId=MODEL, body=json.dumps({"max_tokens": 9}))
        assert MESSAGE == json.loads(answer["body"].read())
    assert COUNTS == counts(events.one())


def test_the_wrapped_events_of_an_invoked_model_are_read(events: Events, client: Client) -> None:
    with Server(Answer(INVOKED, type=FRAMES, is_chunked=True, size=64)) as server:
        answer = tagged(client(server), feature="faq").invoke_model_with_response_stream(modelId=MODEL, body="{}")
        assert 4 == len(list(answer["body"]))
    assert COUNTS == counts(events.one())


def test_a_stream_closed_early_reports_nothing(events: Events, client: Client) -> None:
    with Server(Answer(STREAM, type=FRAMES, is_chunked=True, size=64)) as server:
        answer = tagged(client(server), feature="faq").converse_stream(modelId=MODEL, messages=CONVERSATION)
        next(iter(answer["stream"]))
        answer["stream"].close()
    assert ("closed", "unknown") == (events.one()["status"], events.one()["usage_source"])


def test_an_exception_among_the_frames_makes_the_call_broken(events: Events, client: Client) -> None:
    data = START + frame("throttlingException", {"message": "slow"}, message="exception")
    with Server(Answer(data, type=FRAMES, is_chunked=True)) as server:
        answer = tagged(client(server), feature="faq").converse_stream(modelId=MODEL, messages=CONVERSATION)
        with pytest.raises(Exception, match="slow"):
            list(answer["stream"])
        answer["stream"].close()
    assert ("broken", {"code": "throttlingException"}) == (events.one()["status"], events.one()["error"])


@pytest.mark.parametrize("is_tagged", [True, False])
def test_retries_are_attempts_of_one_operation(events: Events, client: Client, *, is_tagged: bool) -> None:
    slow = Answer({"message": "slow"}, status=503, headers={"x-amzn-errortype": "ServiceUnavailableException"})
    with Server(slow, Answer(CONVERSED)) as server, tags(feature="faq"):
        meter()
        made = client(server)
        (tagged(made) if is_tagged else made).converse(modelId=MODEL, messages=CONVERSATION)
    first, second = events.all()
    assert (1, 2) == (first["attempt"], second["attempt"])
    assert first["operation_id"] == second["operation_id"]
    assert ("error", "ok") == (first["status"], second["status"])


@pytest.mark.parametrize("is_tagged", [True, False])
def test_a_refusal_reaches_the_caller_at_once_and_nothing_is_sent(
    events: Events, client: Client, tmp_path: Path, *, is_tagged: bool
) -> None:
    (tmp_path / "costmark.toml").write_text('on-untagged = "raise"\n')
    in_force.forget()
    with Server(Answer(CONVERSED)) as server:
        meter()
        made = client(server)
        with pytest.raises(UntaggedCall if is_tagged else made.exceptions.ClientError, match="feature" if is_tagged else "UntaggedCall"):
            (tagged(made) if is_tagged else made).converse(modelId=MODEL, messages=CONVERSATION)
        assert [] == server.asked
    assert "refused" == events.one()["status"]


def test_the_code_of_a_refusal_is_its_own_reason(events: Events, client: Client, tmp_path: Path) -> None:
    (tmp_path / "costmark.toml").write_text('required-tags = []\npersonal-data = "raise"\n')
    in_force.forget()
    with Server(Answer(CONVERSED)) as server, tags(feature="ann@example.org"):
        meter()
        made = client(server)
        with pytest.raises(made.exceptions.ClientError) as refused:
            made.converse(modelId=MODEL, messages=CONVERSATION)
    assert "PersonalData" == refused.value.response["Error"]["Code"]
    assert {"class": "PersonalData"} == events.one()["error"]


def test_a_signed_request_is_sent_as_it_was_signed(events: Events, client: Client) -> None:
    with Server(Answer(CONVERSED)) as server:
        tagged(client(server), feature="faq").converse(modelId=MODEL, messages=CONVERSATION)
        assert b"stream_options" not in server.asked[0].body
    assert "aws.bedrock" == events.one()["provider"]
