"""Work whose result comes later is counted once, under the tags of its submission."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from cost_lib import meter, tagged, tags
from cost_lib.metering.deferral import derived_id, object_at, part_of
from cost_lib.metering.deferred_store import Store, Submission
from cost_lib.record import use_sink
from cost_lib.sinks.files import Files
from tests.runtime.replay import CHAT, MESSAGE, Replay, sse

if TYPE_CHECKING:
    from pathlib import Path

    from cost_lib.testing import Events

openai = pytest.importorskip("openai")
anthropic = pytest.importorskip("anthropic")
genai = pytest.importorskip("google.genai")
httpx2 = pytest.importorskip("httpx2")
BATCH: dict[str, Any] = {
    "id": "batch_1",
    "object": "batch",
    "endpoint": "/v1/chat/completions",
    "status": "validating",
    "input_file_id": "file-in",
    "completion_window": "24h",
    "created_at": 1,
    "model": "gpt-4o-mini",
}
SPENT = {"input_tokens": 100, "output_tokens": 20, "total_tokens": 120}
FULL = {**BATCH, "status": "completed", "output_file_id": "file-out", "usage": SPENT}
HALF_PRICE = (100 * 150 + 20 * 600) // 2
RESPONSE: dict[str, Any] = {
    "id": "resp_1",
    "object": "response",
    "created_at": 1,
    "model": "gpt-4o-mini",
    "status": "queued",
    "background": True,
    "output": [],
    "parallel_tool_calls": True,
    "tool_choice": "auto",
    "tools": [],
}
ANSWERED = {**RESPONSE, "status": "completed", "usage": SPENT}


def client(*answers: Any) -> Any:
    replay = Replay(httpx2, *((200, answer) for answer in answers))
    return openai.OpenAI(api_key="k", http_client=httpx2.Client(transport=replay.transport()))


def submit(made: Any) -> Any:
    return tagged(made, feature="night").batches.create(input_file_id="f", endpoint="/v1/chat/completions", completion_window="24h")


@pytest.fixture(autouse=True)
def _metered() -> None:
    meter()


def test_a_batch_is_deferred_and_its_result_counted_once_under_its_tags(events: Events) -> None:
    made = client(BATCH, {**BATCH, "status": "in_progress"}, FULL, FULL)
    submit(made)
    with tags(feature="poller"):
        for _ in range(3):
            made.batches.retrieve("batch_1")
    deferred, result = events.all()
    assert ("deferred", "none", "night") == (deferred["kind"], deferred["cost_source"], deferred["feature"])
    assert ("result", HALF_PRICE, "night", True) == tuple(result[key] for key in ("kind", "cost_nano_usd", "feature", "batch"))
    assert deferred["operation_id"] == result["operation_id"]
    assert derived_id("openai", "batches/batch_1", "") == result["event_id"]


def test_a_result_inherits_tags_in_another_process(events: Events, tmp_path: Path) -> None:
    use_sink(Files(tmp_path / "log"))
    submit(client(BATCH))
    use_sink(Files(tmp_path / "log"))  # another sink opens the store anew
    client(FULL).batches.retrieve("batch_1")
    use_sink(events)
    lines = [json.loads(line) for file in (tmp_path / "log").glob("events-*.jsonl") for line in file.read_text().splitlines()]
    assert [("deferred", "night"), ("result", "night")] == [(line["kind"], line["feature"]) for line in lines]


LINE = {"id": "1", "custom_id": "a", "response": {"status_code": 200, "body": CHAT}, "error": None}
FAILED = {"id": "2", "custom_id": "b", "response": None, "error": {"code": "batch_expired", "message": "no"}}
OUTPUT = "\n".join(json.dumps(line) for line in (LINE, FAILED, {**LINE, "custom_id": "c"})).encode()
UNPRICED = {name: value for name, value in FULL.items() if name != "usage"}


def test_what_remembers_a_submission_names_nobody_and_its_result_has_the_same_user(
    events: Events, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COSTMARK_HASH_KEY", "k")
    use_sink(Files(tmp_path / "log"))
    made = client(BATCH, FULL)
    with tags(user_id="ann", team="ann@example.org"):
        submit(made)
    made.batches.retrieve("batch_1")
    use_sink(events)
    kept = {file.name.partition("-")[0]: file.read_bytes() for file in (tmp_path / "log").iterdir() if file.is_file()}
    deferred, result = map(json.loads, kept["events"].splitlines())
    assert (deferred["user_id"], deferred["team"]) == (result["user_id"], result["team"])
    assert not any(b'"ann' in content for content in kept.values())


def test_a_batch_that_says_no_usage_is_counted_line_by_line_in_its_file(events: Events) -> None:
    made = client(BATCH, UNPRICED, OUTPUT, OUTPUT)
    submit(made)
    made.batches.retrieve("batch_1")
    made.files.content("file-out")
    made.files.content("file-out")
    _, *results = events.all()
    assert ["ok", "error", "ok"] == [result["status"] for result in results]
    assert {"night"} == {result["feature"] for result in results}
    assert 3 == len({result["event_id"] for result in results})
    assert all(result.get("input_tokens") == 36 for result in results if result["status"] == "ok")


def test_the_file_of_a_batch_that_was_counted_is_not_counted_again(events: Events) -> None:
    made = client(BATCH, FULL, OUTPUT)
    submit(made)
    made.batches.retrieve("batch_1")
    made.files.content("file-out")
    assert ["deferred", "result"] == [event["kind"] for event in events.all()]


def test_a_file_that_belongs_to_no_batch_is_nothing(events: Events) -> None:
    client(OUTPUT).files.content("file-in")
    assert [] == events.all()


def test_the_requests_of_a_batch_are_no_results() -> None:
    assert part_of({"custom_id": "a", "method": "POST", "url": "/v1/chat/completions", "body": {}}, 1) is None


def test_results_of_anthropic_are_counted_line_by_line(events: Events) -> None:
    submitted = {"id": "msgbatch_1", "type": "message_batch", "processing_status": "in_progress"}
    good = {"custom_id": "a", "result": {"type": "succeeded", "message": MESSAGE}}
    bad = {"custom_id": "b", "result": {"type": "errored", "error": {"type": "error", "error": {"type": "overloaded_error"}}}}
    done = {**submitted, "processing_status": "ended", "results_url": "https://api.anthropic.com/v1/messages/batches/msgbatch_1/results"}
    lines = "\n".join(json.dumps(line) for line in (good, bad)).encode()
    replay = Replay(httpx2, *((200, answer) for answer in (submitted, done, lines, done, lines)))
    made = anthropic.Anthropic(api_key="k", http_client=httpx2.Client(transport=replay.transport()))
    tagged(made, feature="night").messages.batches.create(requests=[])
    for _ in range(2):
        assert 2 == len(list(made.messages.batches.results("msgbatch_1")))
    deferred, result, error = events.all()
    assert ("deferred", "result", "error") == (deferred["kind"], result["kind"], error["status"])
    assert (True, "night", 10, "errored") == (result["batch"], result["feature"], result["input_tokens"], error["error"]["code"])


def test_a_response_in_the_background_is_counted_when_it_is_done(events: Events) -> None:
    made = client(RESPONSE, {**RESPONSE, "status": "in_progress"}, ANSWERED, ANSWERED)
    tagged(made, feature="night").responses.create(model="gpt-4o-mini", input="hi", background=True)
    for _ in range(3):
        made.responses.retrieve("resp_1")
    deferred, result = events.all()
    assert ("deferred", "result", "night") == (deferred["kind"], result["kind"], result["feature"])
    assert 2 * HALF_PRICE == result["cost_nano_usd"]


def test_a_stored_response_is_not_counted_when_it_is_fetched(events: Events) -> None:
    made = client({**ANSWERED, "background": False})
    made.responses.create(model="gpt-4o-mini", input="hi")
    made.responses.retrieve("resp_1")
    assert ["call"] == [event["kind"] for event in events.all()]


def test_a_background_stream_read_to_its_end_is_counted_there_and_not_again(events: Events) -> None:
    stream = sse({"type": "response.created", "response": RESPONSE}, {"type": "response.completed", "response": ANSWERED})
    made = client(stream, ANSWERED)
    list(tagged(made, feature="night").responses.create(model="gpt-4o-mini", input="hi", background=True, stream=True))
    made.responses.retrieve("resp_1")
    assert [("call", 2 * HALF_PRICE)] == [(event["kind"], event["cost_nano_usd"]) for event in events.all()]


def test_a_background_stream_that_was_cut_is_counted_when_it_is_fetched(events: Events) -> None:
    made = client(sse({"type": "response.created", "response": RESPONSE}), ANSWERED)
    list(tagged(made, feature="night").responses.create(model="gpt-4o-mini", input="hi", background=True, stream=True))
    made.responses.retrieve("resp_1")
    assert [("deferred", None), ("result", 2 * HALF_PRICE)] == [(event["kind"], event.get("cost_nano_usd")) for event in events.all()]


@pytest.mark.filterwarnings("ignore:The Sora API:DeprecationWarning")
def test_a_video_is_paid_by_the_second_when_it_is_made(events: Events) -> None:
    video = {"id": "video_1", "object": "video", "model": "sora-2", "status": "queued", "seconds": "4", "size": "720x1280", "progress": 0}
    made = client(video, {**video, "status": "completed"})
    tagged(made, feature="ad").videos.create(model="sora-2", prompt="hi", seconds="4")
    made.videos.retrieve("video_1")
    deferred, result = events.all()
    assert ("deferred", "ad", {"video_seconds": 4}) == (deferred["kind"], result["feature"], result["units"])
    assert 4 * 100_000_000 == result["cost_nano_usd"]


@pytest.mark.filterwarnings("ignore:The Sora API:DeprecationWarning")
def test_a_video_that_failed_costs_nothing(events: Events) -> None:
    video = {"id": "video_1", "object": "video", "model": "sora-2", "status": "failed", "seconds": "4", "size": "720x1280", "progress": 0}
    client(video).videos.retrieve("video_1")
    assert ("result", "error", "none") == tuple(events.one()[key] for key in ("kind", "status", "cost_source"))


def test_a_batch_of_gemini_is_counted_by_its_answers(events: Events) -> None:
    inner = {"candidates": [], "usageMetadata": {"promptTokenCount": 100, "candidatesTokenCount": 20}, "modelVersion": "gemini-2.5-flash"}
    output = {"inlinedResponses": {"inlinedResponses": [{"response": inner}, {"response": inner}]}}
    running = {"name": "batches/b1", "metadata": {"state": "BATCH_STATE_PENDING", "model": "models/gemini-2.5-flash"}}
    ended = {"name": "batches/b1", "done": True, "metadata": {"state": "BATCH_STATE_SUCCEEDED", "output": output}, "response": output}
    replay = Replay(httpx2, *((200, answer) for answer in (running, running, ended, ended)))
    options = genai.types.HttpOptions(httpx_client=httpx2.Client(transport=replay.transport()))
    made = genai.Client(api_key="k", http_options=options)
    tagged(made, feature="night").batches.create(model="gemini-2.5-flash", src=[{"contents": [{"parts": [{"text": "hi"}]}]}])
    for _ in range(3):
        made.batches.get(name="batches/b1")
    deferred, *results = events.all()
    assert ("deferred", 2) == (deferred["kind"], len(results))
    assert {("result", "night", True, 100)} == {tuple(one[key] for key in ("kind", "feature", "batch", "input_tokens")) for one in results}


def test_a_video_of_google_takes_the_seconds_from_its_request(events: Events) -> None:
    name = "models/veo-2.0-generate-001/operations/o1"
    sample = {"video": {"uri": "https://example.org/v"}}
    done = {"name": name, "done": True, "response": {"generateVideoResponse": {"generatedSamples": [sample, sample]}}}
    http = httpx2.Client(transport=Replay(httpx2, (200, {"name": name}), (200, done)).transport())
    url = "https://generativelanguage.googleapis.com/v1beta/"
    asked = {"instances": [{"prompt": "hi"}], "parameters": {"durationSeconds": 5}}
    tagged(http, feature="ad").post(url + "models/veo-2.0-generate-001:predictLongRunning", json=asked)
    http.get(url + name)
    assert ("ad", {"video_seconds": 10}) == (events.all()[1]["feature"], events.all()[1]["units"])


def test_two_who_see_a_result_at_once_count_it_once(tmp_path: Path) -> None:
    one, other = Store(tmp_path), Store(tmp_path)
    one.remember("openai:batches/b", Submission({"feature": "night"}, ("f.py", "f", 1)))
    assert [True, False, False] == [one.claim("openai:batches/b"), other.claim("openai:batches/b"), one.claim("openai:batches/b")]
    assert Submission({"feature": "night"}, ("f.py", "f", 1)) == other.find("openai:batches/b")


def test_a_folder_that_cannot_be_written_is_replaced_by_memory(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("")
    store = Store(tmp_path / "file")
    store.remember("a", Submission({"feature": "x"}))
    assert {"feature": "x"} == store.find("a").tags
    assert "in this process alone" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/v1/batches/b", "batches/b"),
        ("/v1/batches", ""),
        ("/v1/responses/r/cancel", "responses/r"),
        ("/v1/responses/r/input_items", ""),
        ("/v1beta/models/veo-3/operations/o", "models/veo-3/operations/o"),
    ],
)
def test_objects_are_known_by_the_end_of_their_path(path: str, name: str) -> None:
    assert name == object_at(path)
