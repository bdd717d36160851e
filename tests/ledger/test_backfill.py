"""Events out of older logs: joined without guessing, priced as at the time, the same in every run."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cost_lib import in_force
from cost_lib.catalog import table_archive
from cost_lib.errors import PolicyError, ReportError
from cost_lib.ledger.backfilling.model import Outcome
from cost_lib.ledger.backfilling.rules import read_rules
from cost_lib.ledger.backfilling.run import backfill
from cost_lib.ledger.backfilling.told import as_json, as_text, remarks
from cost_lib.reading_log import Skipped, read_log
from lint_plugin.frontends import cli

AT = 1_760_000_000  # 2025-10-09T08:53:20Z
SECRET = "the prompt that nobody may read"


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "costmark.toml").write_text('[tags.squad]\n[features.faq]\nowner = "support"\n[features.search]\n')
    in_force.forget()
    yield
    in_force.forget()
    table_archive.forget()


def chat(name: str, *, at: int = AT, given: int = 100, made: int = 20, model: str = "gpt-4o-mini-2024-07-18") -> dict[str, Any]:
    usage = {"prompt_tokens": given, "completion_tokens": made, "total_tokens": given + made}
    choices = [{"message": {"content": SECRET}, "finish_reason": "stop"}]
    return {"id": name, "object": "chat.completion", "created": at, "model": model, "usage": usage, "choices": choices}


def record(feature: str, *, at: float = AT + 1, given: int = 100, made: int = 20, **more: Any) -> dict[str, Any]:
    return {"ts": at, "model": "gpt-4o-mini", "input_tokens": given, "output_tokens": made, "feature": feature, **more}


def lines(path: Path, *documents: Any) -> Path:
    path.write_text("".join(f"{one if isinstance(one, str) else json.dumps(one)}\n" for one in documents))
    return path


def run(answers: list[Any], records: list[Any] | None = None, rules: str = "", *, out: str = "events", is_dry: bool = False) -> Outcome:
    logs = [lines(Path("app.jsonl"), *records)] if records else []
    Path("rules.toml").write_text(rules)
    return backfill([lines(Path("answers.jsonl"), *answers)], logs, Path(out), read_rules(Path("rules.toml")), is_dry=is_dry)


def events(out: str = "events") -> list[dict[str, Any]]:
    files = sorted(Path(out).glob("events-*.jsonl")) if Path(out).is_dir() else [Path(out)]
    return [json.loads(line) for file in files for line in file.read_text().splitlines()]


def marks(out: str = "events") -> list[tuple[str, str]]:
    return [(one.get("feature", ""), one["tags"]["backfill"]) for one in events(out)]


class TestJoining:
    def test_an_id_joins(self) -> None:
        run([chat("a"), chat("b")], [{"response_id": "b", "feature": "faq"}, {"response_id": "a", "feature": "search"}])
        assert {("search", "id"), ("faq", "id")} == set(marks())

    def test_the_request_id_of_the_head_joins(self) -> None:
        answer = {"response": chat("a"), "response_headers": {"X-Request-Id": "req-1"}}
        run([answer], [{"request_id": "req-1", "feature": "faq"}])
        assert [("faq", "id")] == marks()

    def test_model_time_and_tokens_join(self) -> None:
        run([chat("a"), chat("b", made=21)], [record("faq"), record("search", made=21)])
        assert {("faq", "tokens"), ("search", "tokens")} == set(marks())

    def test_two_lines_that_disagree_are_reported_and_none_is_taken(self) -> None:
        found = run([chat("a")], [record("faq"), record("search")])
        assert [("", "ambiguous")] == marks()
        assert ["answers.jsonl:1: app.jsonl:1, app.jsonl:2 fit this answer"] == [str(one) for one in found.ambiguous]

    def test_one_line_for_two_answers_is_reported(self) -> None:
        run([chat("a"), chat("b")], [record("faq")])
        assert [("", "ambiguous")] * 2 == marks()

    def test_equal_lines_that_say_the_same_are_no_question(self) -> None:
        run([chat("a"), chat("b")], [record("faq"), record("faq")])
        assert [("faq", "tokens")] * 2 == marks()

    def test_lines_that_disagree_about_an_id_are_reported(self) -> None:
        run([chat("a")], [{"response_id": "a", "feature": "faq"}, {"response_id": "a", "feature": "search"}])
        assert [("", "ambiguous")] == marks()

    @pytest.mark.parametrize("other", [{"ts": AT + 121}, {"input_tokens": 101}, {"output_tokens": 19}, {"model": "gpt-4o"}])
    def test_what_does_not_fit_is_not_joined(self, other: dict[str, Any]) -> None:
        found = run([chat("a")], [{**record("faq"), **other}])
        assert ([("", "none")], 1) == (marks(), found.spare)

    def test_another_answers_id_is_never_joined_by_tokens(self) -> None:
        run(
            [chat("a"), chat("b", at=AT + 60)],
            [record("faq", response_id="a"), record("search", response_id="of an answer that was not logged")],
        )
        assert {("faq", "id"), ("", "none")} == set(marks())

    def test_ids_of_the_applications_own_do_not_stand_in_the_way(self) -> None:
        run([chat("a")], [record("faq", request_id="web-17")])
        assert [("faq", "tokens")] == marks()

    def test_tokens_without_the_cached_ones_fit_too(self) -> None:
        answer = {"id": "msg_1", "type": "message", "model": "claude-haiku-4-5", "timestamp": AT,
                  "usage": {"input_tokens": 10, "cache_read_input_tokens": 90, "output_tokens": 5}}  # fmt: skip
        run([answer], [{**record("faq", given=10, made=5), "model": "claude-haiku-4-5"}])
        assert [("faq", "tokens")] == marks()


class TestRules:
    RULE = '[[rules]]\nfeature = "faq"\nconfidence = 0.8\nmatch = { "request.messages.*.content" = "(?i)frequently" }\n'

    def wrapped(self, text: str) -> dict[str, Any]:
        return {"timestamp": AT, "request": {"messages": [{"role": "system", "content": "x"}, {"content": text}]}, "response": chat("a")}

    def test_a_pattern_of_the_request_gives_the_feature(self) -> None:
        run([self.wrapped("Frequently asked")], rules=self.RULE)
        assert {"backfill": "rule", "backfill_confidence": "0.8"} == events()[0]["tags"]

    def test_what_the_application_says_counts_more(self) -> None:
        run([self.wrapped("Frequently asked")], [{"response_id": "a", "feature": "search"}], self.RULE)
        assert [("search", "id")] == marks()

    def test_a_line_without_a_feature_gets_it_by_its_own_fields(self) -> None:
        rule = '[[rules]]\ntags = { feature = "faq", team = "b" }\nconfidence = 0.5\nmatch = { "app.path" = "^/faq", model = "mini" }\n'
        run([chat("a")], [{"response_id": "a", "path": "/faq/1", "team": "a"}], rule)
        assert ("faq", "a", "rule") == (events()[0]["feature"], events()[0]["team"], events()[0]["tags"]["backfill"])

    def test_the_surest_rule_counts(self) -> None:
        run([self.wrapped("frequently")], rules=self.RULE + self.RULE.replace("faq", "search").replace("0.8", "0.9"))
        assert [("search", "rule")] == marks()

    def test_equally_sure_rules_that_disagree_are_reported(self) -> None:
        found = run([self.wrapped("frequently")], rules=self.RULE + self.RULE.replace("faq", "search"))
        assert ("rules 1 and 2 fit this answer and are equally sure", [("", "ambiguous")]) == (found.ambiguous[0].reason, marks())

    @pytest.mark.parametrize(
        ("text", "word"),
        [
            ("[[rules]]\nfeature = 'x'\n", "what has to fit"),
            ("[[rules]]\nmatch = {a = 'b'}\n", 'feature = "..."'),
            ("[[rules]]\nfeature = 'x'\nmatch = {a = '('}\nconfidence = 1\n", "no regular expression"),
            ("[[rules]]\nfeature = 'x'\nmatch = {a = 'b'}\n", "confidence is a number"),
            ("[[rules]]\nfeature = 'x'\nmatch = {a = 'b'}\nconfidence = 2\n", "confidence is a number"),
            ("[fields.responses]\nx = 'b'\n", "has no 'x'"),
            ("[fields.app-logs]\nfeature = 3\n", "is a path"),
            ("[fields.other]\n", "known: responses, app-logs"),
            ("window-seconds = -1\n", "from 0 to 86400"),
            ("provider = 3\n", "provider is a name"),
            ("rules = 3\n", "[[rules]]"),
            ("rules = [3]\n", "rules 1 is a table"),
            ("x = \n", "Invalid value"),
        ],
    )
    def test_what_is_wrong_in_the_rules_is_said(self, text: str, word: str) -> None:
        Path("r.toml").write_text(text)
        with pytest.raises(PolicyError) as problem:
            read_rules(Path("r.toml"))
        assert word in str(problem.value)

    def test_own_names_of_fields_are_found(self) -> None:
        records = "[fields.app-logs]\nresponse_id = ['x', 'y.z']\nfeature = 'l.0'\nsquad = 'q'\n"
        rules = f"[fields.responses]\nresponse = 'a.b'\ntime = 'when'\n{records}"
        run([{"when": "2025-10-09 10:00:00+02:00", "a": {"b": chat("a")}}], [{"y": {"z": "a"}, "l": ["faq"], "q": 7}], rules)
        assert ("2025-10-09T08:00:00.000000Z", "faq", "7") == (events()[0]["ts"], events()[0]["feature"], events()[0]["tags"]["squad"])


GEMINI = {"promptTokenCount": 10, "candidatesTokenCount": 3, "thoughtsTokenCount": 4, "totalTokenCount": 17}
CONVERSE = {"usage": {"inputTokens": 10, "outputTokens": 5, "totalTokens": 15}}
PAIR = {"input_tokens": 100, "output_tokens": 20}
TEXT = f"data: {json.dumps({**chat('chatcmpl-4'), 'choices': []})}\n\ndata: [DONE]\n\n"
URL = "https://api.openai.com/v1/chat/completions"
HAIKU = "anthropic.claude-3-haiku-20240307-v1:0"
SHAPES: list[tuple[dict[str, Any], str, tuple[int, int], int]] = [
    (chat("chatcmpl-1"), "openai", (100, 20), 27_000),
    ({"ts": AT, "response": {"id": "r", "object": "response", "model": "gpt-4o-mini", "usage": PAIR}}, "openai", (100, 20), 27_000),
    ({"id": "msg_1", "type": "message", "model": "claude-3-5-haiku-20241022", "time": AT, "usage": PAIR}, "anthropic", (100, 20), 160_000),
    (
        {"responseId": "g", "createTime": "2025-10-09T09:00:00.1Z", "modelVersion": "gemini-2.5-flash", "usageMetadata": GEMINI},
        "gcp.gemini", (10, 7), 20_500,
    ),
    (
        {"timestamp": AT, "requestId": "r", "operation": "Converse", "modelId": HAIKU, "output": {"outputBodyJson": CONVERSE}},
        "aws.bedrock", (10, 5), 8_750,
    ),
    ({"custom_id": "1", "response": {"status_code": 200, "request_id": "q", "body": chat("chatcmpl-2")}}, "openai", (100, 20), 13_500),
    ({"timestamp": AT, "url": URL, "response": chat("chatcmpl-3"), "status_code": 200}, "openai", (100, 20), 27_000),
    ({"timestamp": AT, "response": TEXT}, "openai", (100, 20), 27_000),
]  # fmt: skip


class TestShapes:
    @pytest.mark.parametrize(("line", "provider", "tokens", "nano"), SHAPES)
    def test_answers_are_read_as_at_run_time(self, line: dict[str, Any], provider: str, tokens: tuple[int, int], nano: int) -> None:
        run([line])
        found = events()[0]
        assert (provider, tokens, nano) == (found["provider"], (found["input_tokens"], found["output_tokens"]), found["cost_nano_usd"])

    def test_a_failed_call_costs_nothing(self) -> None:
        run([{"timestamp": AT, "provider": "openai", "status_code": 429, "model": "gpt-4o", "response": {"error": {"code": "rate_limit"}}}])
        assert ("error", "none", 429) == (events()[0]["status"], events()[0]["cost_source"], events()[0]["error"]["status"])

    def test_the_pieces_of_a_stream_are_one_answer(self) -> None:
        piece = {
            "id": "chatcmpl-5",
            "object": "chat.completion.chunk",
            "created": AT,
            "model": "gpt-4o-mini",
            "choices": [{"delta": {"content": "x"}}],
        }
        run([[piece, piece, {**piece, "choices": [], "usage": chat("x")["usage"]}]])
        assert [100] == [one["input_tokens"] for one in events()]

    def test_an_answer_without_time_takes_that_of_the_line_that_names_it(self) -> None:
        run([{**chat("a"), "created": None}], [{"response_id": "a", "feature": "faq", "ts": "2025-01-02T03:04:05Z", "latency_ms": 12.5}])
        assert ("2025-01-02T03:04:05.000000Z", 12.5) == (events()[0]["ts"], events()[0]["latency_ms"])

    def test_an_answer_without_any_time_is_named(self) -> None:
        found = run([{**chat("a"), "created": None}])
        assert (0, "says no time, nor does a line that names it") == (found.written, found.troubles[0].reason)

    def test_csv_and_gzip_are_read(self, tmp_path: Path) -> None:
        import gzip

        (tmp_path / "answers.jsonl.gz").write_bytes(gzip.compress(json.dumps(chat("a")).encode()))
        (tmp_path / "app.csv").write_text("response_id,feature,team\na,faq,\nb\n")
        found = backfill([tmp_path / "answers.jsonl.gz"], [tmp_path / "app.csv"], Path("events"), read_rules(None))
        assert ([("faq", "id")], ["fewer cells than columns"]) == (marks(), [one.reason for one in found.troubles])

    def test_bad_lines_are_counted_and_named(self) -> None:
        found = run(
            [
                "broken",
                "[1]",
                '"text"',
                {"a": 1},
                {"usage": {}, "id": 3},
                chat("a"),
                '{"id": "torn',
                "\ud83d".encode("utf-8", "replace").decode(),
            ]
        )
        assert (1, [1, 2, 3, 4, 5, 7, 8]) == (found.written, [one.spot.line for one in found.troubles])

    def test_an_answer_without_usage_is_an_event_of_unknown_cost(self) -> None:
        run([{name: value for name, value in chat("chatcmpl-1").items() if name != "usage"}])
        assert ("unknown", "the answer reports no usage") == (events()[0]["cost_source"], events()[0]["usage_reason"])

    def test_what_only_names_a_model_is_no_answer(self) -> None:
        found = run([record("faq"), {"v": 1, "ts": "2026-01-01T00:00:00Z", "event_id": "e", "model": "gpt-4o"}])
        assert (0, 2) == (found.written, found.left_out)

    def test_one_document_over_many_lines_is_read(self) -> None:
        Path("many.json").write_text(json.dumps([chat("a"), chat("b")], indent=1))
        assert 2 == backfill([Path("many.json")], [], Path("events"), read_rules(None)).written

    def test_a_missing_file_is_a_sentence(self) -> None:
        with pytest.raises(ReportError, match=r"nowhere\.jsonl: no such file"):
            backfill([Path("nowhere.jsonl")], [], Path("events"), read_rules(None))


class TestKeeping:
    def test_a_second_run_adds_nothing(self) -> None:
        answers = [chat("a"), {**chat("b"), "id": None}, {"timestamp": AT, "response": {**chat("c"), "id": ""}}]
        first, second = run(answers), run(answers)
        assert (3, 0, 3) == (first.written, second.written, second.known)
        assert 3 == len(events())

    def test_ids_are_the_same_in_another_place(self) -> None:
        run([chat("a")])
        run([chat("a")], [record("faq")], out="other.jsonl")
        assert events()[0]["event_id"] == events("other.jsonl")[0]["event_id"]

    def test_ids_tell_the_time_that_the_provider_gives(self) -> None:
        run([{"timestamp": AT + 5, "response": chat("a")}, {"timestamp": AT + 99, "response": f"data: {json.dumps(chat('b'))}\n\n"}])
        assert [AT * 1000] * 2 == [int(one["event_id"].replace("-", "")[:12], 16) for one in events()]
        assert ["7", "7"] == [one["event_id"][14] for one in events()]

    def test_an_answer_that_was_logged_twice_at_other_times_is_one(self) -> None:
        found = run([{"timestamp": AT, "response": chat("a")}, {"timestamp": AT + 60, "response": chat("a")}])
        assert (1, 1) == (found.written, found.twice)

    def test_what_the_wrapper_recorded_itself_is_left_alone(self) -> None:
        live = {"v": 1, "ts": "2025-10-09T08:53:20.000000Z", "event_id": "live", "provider": "openai", "provider_request_id": "req-1"}
        Path("events").mkdir()
        lines(Path("events/events-2025-10-09.jsonl"), json.dumps(live, separators=(",", ":")))
        found = run([{"response": chat("chatcmpl-1"), "request_id": "req-1", "provider": "openai"}])
        assert (0, 1) == (found.written, found.known)

    def test_lines_that_repeat_an_answer_count_once(self) -> None:
        found = run([chat("a"), chat("a")])
        assert (1, 1) == (found.written, found.twice)

    def test_nothing_of_a_prompt_is_kept(self) -> None:
        run([{"timestamp": AT, "request": {"messages": [{"content": SECRET}]}, "response": chat("a")}], [record("faq", note=SECRET)])
        assert SECRET not in "".join(file.read_text() for file in Path("events").rglob("*") if file.is_file())

    def test_users_are_hashed_and_owners_known(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("COSTMARK_HASH_KEY", "k")
        run([chat("a")], [{"response_id": "a", "feature": "faq", "user_id": "ann", "tags": {"squad": "ann@example.org"}}])
        found = events()[0]
        assert ("support", 32, 32) == (found["owner"], len(found["user_id"]), len(found["tags"]["squad"]))

    def test_every_event_is_read_back_and_the_table_is_kept(self) -> None:
        run([chat("chatcmpl-1"), chat("chatcmpl-2", at=AT + 86_400)])
        assert 2 == sum(not isinstance(one, Skipped) for one in read_log(Path("events")))
        assert [f"openai-{events()[0]['price_version']}.json"] == [file.name for file in Path("events/prices").iterdir()]

    def test_a_dry_run_writes_nothing(self) -> None:
        found = run([chat("chatcmpl-1")], is_dry=True)
        assert (1, 27_000, False) == (found.written, found.cost_nano_usd, Path("events").exists())

    def test_a_place_that_cannot_be_written_is_a_sentence(self) -> None:
        Path("events").write_text("")
        with pytest.raises(ReportError, match="events cannot be written"):
            run([chat("a")], out="events/inside")


class TestTelling:
    def test_the_outcome_is_told(self) -> None:
        found = run([chat("a"), chat("b", made=3), "broken"], [record("faq"), record("search", at=AT + 9_999)])
        assert as_text(found, Path("events"), is_dry=False) == (
            "2 answers: 2 events written to events, 0 were there already, 2025-10-09 to 2025-10-09\n"
            "          1  by model, time and tokens\n          1  nobody's: no line and no rule fits\ncost $0.000044\n"
        )
        assert [
            "left out: answers.jsonl:3: no JSON",
            "2 answers do not say who was paid and are taken for openai's by their model; provider in the rules file says so",
            "1 line of the application belongs to no answer",
        ] == remarks(found)
        assert "answers.jsonl" == json.loads(as_json(found, is_dry=False))["troubles"][0]["file"]

    def test_the_command_runs(self, capsys: pytest.CaptureFixture[str]) -> None:
        lines(Path("answers.jsonl"), chat("a"))
        assert 0 == cli.main(["backfill", "--responses", "answers.jsonl", "--out", "events", "--format", "json"])
        assert 1 == json.loads(capsys.readouterr().out)["written"]
