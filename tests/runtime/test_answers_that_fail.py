"""Answers that begin well and end in an error: what came before it may be billed, so nothing is called free."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from cost_lib import meter, tagged
from cost_lib.answers import price_answer
from tests.runtime.replay import BARE_STREAM, Replay, chunk, sse

if TYPE_CHECKING:
    from cost_lib.testing import Events

httpx2 = pytest.importorskip("httpx2")
CHATS = "https://api.openai.com/v1/chat/completions"
RESPONSES = "https://api.openai.com/v1/responses"
USAGE = {"input_tokens": 10, "output_tokens": 5, "total_tokens": 15}
STARTED = {"type": "response.created", "response": {"object": "response", "model": "gpt-5", "status": "in_progress"}}


def post(events: Events, url: str, answer: Any) -> dict[str, Any]:
    meter()
    with httpx2.Client(transport=Replay(httpx2, (200, answer)).transport()) as http:
        http.post(url, json={"model": "gpt-4o-mini", "stream": True})
    return events.one()


def test_an_error_after_the_first_chunks_leaves_the_usage_unknown(events: Events) -> None:
    found = post(events, CHATS, sse(chunk(), chunk(), {"error": {"message": "x", "type": "server_error", "code": None}}))
    assert ("broken", "unknown", {"code": "server_error"}) == (found["status"], found["usage_source"], found["error"])


def test_an_error_in_place_of_an_answer_is_free(events: Events) -> None:
    found = post(events, CHATS, sse({"error": {"message": "x", "type": "server_error", "code": None}}))
    assert ("error", "none", "none") == (found["status"], found["usage_source"], found["cost_source"])


def test_an_event_that_is_an_error_itself_breaks_a_response(events: Events) -> None:
    found = post(events, RESPONSES, sse(STARTED, STARTED, {"type": "error", "code": "rate_limit_exceeded", "message": "x"}))
    assert ("broken", "unknown", {"code": "rate_limit_exceeded"}) == (found["status"], found["usage_source"], found["error"])


def test_a_response_that_failed_with_counts_is_billed_by_them(events: Events) -> None:
    failed = {"object": "response", "model": "gpt-5", "status": "failed", "error": {"code": "server_error", "message": "x"}, "usage": USAGE}
    found = post(events, RESPONSES, sse(STARTED, {"type": "response.failed", "response": failed}))
    assert ("broken", "reported", 10 * 1250 + 5 * 10_000) == (found["status"], found["usage_source"], found["cost_nano_usd"])


@pytest.mark.parametrize(
    ("chunks", "told"),
    [([chunk(), chunk()], ("broken", "unknown", {"code": "server_error"})), ([], ("error", "none", {"code": "server_error"}))],
)
def test_an_sdk_that_closes_a_stream_at_an_error_has_not_left_it_early(events: Events, chunks: list[Any], told: tuple[Any, ...]) -> None:
    openai = pytest.importorskip("openai")
    answer = sse(*chunks, {"error": {"message": "x", "type": "server_error", "code": None}})
    with httpx2.Client(transport=Replay(httpx2, (200, answer)).transport()) as http:
        chats = tagged(openai.OpenAI(api_key="k", http_client=http), feature="faq").chat.completions
        with pytest.raises(openai.APIError):
            list(chats.create(model="gpt-4o-mini", messages=[], stream=True))
    found = events.one()
    assert told == (found["status"], found["usage_source"], found["error"])


def test_a_stream_without_error_is_whole(events: Events) -> None:
    assert "ok" == post(events, CHATS, BARE_STREAM)["status"]


def test_images_among_vectors_are_billed_by_their_pixels_alone() -> None:
    # docs.voyageai.com/docs/pricing: $0.12 per million tokens of text, $0.60 per billion pixels
    usage = {"text_tokens": 10, "image_pixels": 2_000_000, "total_tokens": 3581}
    answer = {"object": "list", "model": "voyage-multimodal-3", "data": [], "usage": usage}
    found = price_answer(answer, url="https://api.voyageai.com/v1/multimodalembeddings")
    assert (10, {"pixels": 2_000_000}, 10 * 120 + 2_000_000 * 6 // 10) == (found["input_tokens"], found["units"], found["cost_nano_usd"])
