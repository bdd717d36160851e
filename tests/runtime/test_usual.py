"""What the compiled part writes is what Python writes, byte for byte, and where it does not know it leaves it to Python."""

from __future__ import annotations

import gc
import importlib.util
import json
import re
import sys
import threading
import time
import weakref
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cost_lib import in_force, usual
from cost_lib.attribution import text_of
from cost_lib.billing import money_text
from cost_lib.compiled import SPEEDUPS
from cost_lib.errors import EventLost
from cost_lib.event import MOST_BYTES, line
from cost_lib.facts import Facts
from cost_lib.model import NO_UNITS, Pass, Unknown, Usage
from cost_lib.operation import IDS, CallSite
from cost_lib.record import Recorded, failures, record_facts, use_sink

if TYPE_CHECKING:
    from pathlib import Path

    from cost_lib.testing import Events

pytestmark = pytest.mark.skipif(SPEEDUPS is None, reason="the compiled part is not built")

WRITER: Any = usual.USUAL
BY_HAND: Any = Recorded
AT = 1795348800_123456789  # noon of 22 November 2026, in UTC
SITE = CallSite("/app/faq.py", "answer", 7)
OWN = re.compile(rb'"(?:event_id|operation_id)":"[^"]*"|"latency_ms":[0-9.]+')
CALLED = (("openai", "gpt-4o-mini"), ("openai", "gpt-5.4"), ("anthropic", "claude-haiku-4-5"), ("deepseek", "deepseek-v4-flash"))
UNPRICED = (("acme", "acme-1"), ("openai", "gpt-9"), ("openai", "gpt-4o-transcribe"), ("", ""))
WORDS = ("", "chat", 'a"b', "back\\slash", "tab\there", "schön", "\N{PARTY POPPER}", "\ud83d", "\x7f\x00")
COUNT = st.one_of(st.integers(0, 2_000_000), st.sampled_from([0, 0, 1, 200_001, 10**17, 2**62, 2**63, 2**70, -1]))
TEXT = st.one_of(st.sampled_from(WORDS), st.text(max_size=20))


@pytest.fixture(autouse=True)
def _policy(events: Events) -> None:  # noqa: ARG001 - after its changes
    in_force.rules_in_force()


def long_way(facts: Facts, at: int) -> bytes:
    now = datetime.fromtimestamp(at // 10**9, UTC)
    return line(facts, at, who=text_of(facts.tags, facts.call_site), money=money_text(facts, now))


def short_way(facts: Facts, at: int = AT) -> bytes | None:
    assert usual.USUAL is not None
    found: bytes | None = usual.USUAL.line(facts, at)
    return found


def bare(data: bytes) -> bytes:
    """Leave out what differs from one event to the next."""
    return OWN.sub(b"", data)


def facts_of(**values: Any) -> Facts:
    found = Facts({"feature": "faq", "team": "support"}, call_site=SITE, provider="openai", host="api.openai.com", endpoint="chat")
    return found.changed(**{"model": "gpt-4o-mini", "usage": Usage(36, 64, 0, 0, 20, 5), "started": time.perf_counter(), **values})


@settings(max_examples=400, deadline=None)
@given(
    called=st.one_of(st.sampled_from(CALLED), st.sampled_from(CALLED), st.sampled_from(UNPRICED)),
    counts=st.tuples(COUNT, COUNT, COUNT, COUNT, COUNT, COUNT),
    tags=st.dictionaries(st.one_of(st.sampled_from(["feature", "team", "user_id", "session_id"]), TEXT), TEXT, max_size=5),
    rare=st.fixed_dictionaries(
        {},
        optional={
            "units": st.sampled_from([{}, {"images": 1}, {"web_searches": 2}, {"audio_input": 7}]),
            "price_context": st.sampled_from(["batch", "flex", "priority", "regional"]),
            "attempt": st.sampled_from([1, 2, 77]),
            "host": TEXT,
            "sdk": TEXT,
            "service_tier": TEXT,
            "model_requested": TEXT,
            "status": st.sampled_from(["ok", "closed", "broken"]),
            "provider_request_id": TEXT,
            "operation_id": st.sampled_from(["0190c8a5-5d7e-7000-8000-000000000000", "\ud83d"]),
            "event_id": st.sampled_from(["0190c8a5-5d7e-7000-8000-000000000001"]),
            "is_stream": st.booleans(),
            "is_batch": st.booleans(),
            "is_charged": st.booleans(),
            "kind": st.sampled_from(["call", "open", "result", "deferred"]),
            "usage_source": st.sampled_from(["estimated", "reported"]),
            "reported_cost": st.integers(0, 10**12),
            "passes": st.just((Pass("claude-opus-4-5", "advisor_message", Usage(5)),)),
            "error": st.just({"status": 429}),
            "others": st.just({"truncated": True}),
            "usage": st.just(Unknown("nothing was said")),
            "call_site": st.none(),
            "started": st.sampled_from([0.0, 1.0]),
        },
    ),
)
def test_both_ways_write_the_same(
    called: tuple[str, str], counts: tuple[int, int, int, int, int, int], tags: dict[str, str], rare: dict[str, Any]
) -> None:
    provider, model = called
    usage = rare.pop("usage", None) or Usage(*counts, rare.pop("units", NO_UNITS))
    rare.pop("units", None)
    facts = facts_of(provider=provider, model=model, usage=usage, tags=tags, **rare)
    told = facts.changed()
    expected = long_way(told, AT)
    found = short_way(facts)
    if found is not None:
        assert bare(expected) == bare(found)
        assert (told.model_class, told.is_batch) == (facts.model_class, facts.is_batch)
    again = short_way(facts_of(provider=provider, model=model, usage=usage, tags=tags, **rare))
    assert (found and bare(found)) == (again and bare(again))


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"usage": Usage()},
        {"usage": Usage(0, 0, 0, 0, 3)},
        {"usage": Usage(1, 2, 3, 4, 5, 5)},
        {"model": "gpt-5.4", "usage": Usage(300_000, output_tokens=10)},
        {"model": "gpt-5.4", "usage": Usage(100_000, 250_000, output_tokens=10)},
        {"model": "gpt-5.4", "price_context": "batch"},
        {"provider": "anthropic", "model": "claude-haiku-4-5", "usage": Usage(1, 2, 3, 4, 5)},
        {"usage": Usage(2**40, units={})},
        {"tags": {}},
        {"tags": {"feature": "faq", "user_id": "ann", "session_id": "s"}},
        {"tags": {"feature": "a\ud83d", "x": 'quote " and \\ and \x00'}},
        {"call_site": None, "model": "", "model_requested": "gpt-4o-mini"},
        {"attempt": 3, "is_stream": True, "status": "closed", "provider_request_id": "req_é"},
        {"sdk": "a\ud83d", "service_tier": 'a"b'},
        {"started": 0.0},
    ],
)
def test_usual_events_go_the_short_way(values: dict[str, Any]) -> None:
    expected, found = long_way(facts_of(**values), AT), short_way(facts_of(**values))
    assert found is not None
    assert bare(expected) == bare(found)


@pytest.mark.parametrize(
    "values",
    [
        {"usage": Unknown("nothing was said")},
        {"usage": Usage(1, units={"images": 1})},
        {"usage": Usage(-1)},
        {"usage": Usage(2**62)},  # its price does not fit
        {"usage": Usage(2**70)},
        {"usage": Usage(input_tokens=True)},
        {"usage": (1, 2, 3)},
        {"provider": "acme"},
        {"is_charged": False},
        {"reported_cost": 5},
        {"usage_source": "estimated"},
        {"kind": "result"},
        {"error": {"status": 429}},
        {"others": {"truncated": True}},
        {"reservation": "of a budget"},
        {"provider_request_id": 'req"1'},
        {"provider_request_id": "req\n1"},
        {"operation_id": "\ud83d"},
        {"started": 1e18},
        {"tags": {"feature": "f" * 5000}},
        {"provider": "openai", "model": "text-embedding-3-small", "usage": Usage(8, output_tokens=1)},  # vectors have no output
    ],
)
def test_all_other_events_are_left_to_python(values: dict[str, Any]) -> None:
    assert short_way(facts_of(**values)) is None


def test_the_time_to_the_first_chunk_is_told() -> None:
    now = time.perf_counter()
    found = json.loads(short_way(facts_of(started=now, first_chunk=now + 0.25)) or b"")
    assert 250.0 == found["ttft_ms"]
    assert 0 <= found["latency_ms"] < 5000


def test_ids_are_new_where_none_are_given() -> None:
    one, other = (json.loads(short_way(facts_of()) or b"") for _ in range(2))
    assert 4 == len({one["event_id"], one["operation_id"], other["event_id"], other["operation_id"]})
    assert {36} == {len(one[name]) for name in ("event_id", "operation_id")}


def test_ids_differ_across_threads() -> None:
    found: list[bytes | None] = []

    def write() -> None:
        found.extend([short_way(facts_of()) for _ in range(300)])

    threads = [threading.Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert 1200 == len({json.loads(data or b"")["event_id"] for data in found})


def test_a_renewed_process_takes_other_ids() -> None:
    before = json.loads(short_way(facts_of()) or b"")["event_id"]
    IDS.renew()
    after = json.loads(short_way(facts_of()) or b"")["event_id"]
    assert before[14:23] != after[14:23]


def test_another_policy_is_asked_again(tmp_path: Path) -> None:
    before = short_way(facts_of())
    (tmp_path / "costmark.toml").write_text('[features.faq]\nowner = "support"\n[prices."openai/gpt-4o-mini"]\ninput = 2\n')
    in_force.forget()
    assert short_way(facts_of()) is None  # not read yet
    expected = long_way(facts_of(model="gpt-5.4"), AT)
    after = short_way(facts_of(model="gpt-5.4"))
    assert after is not None
    assert bare(expected) == bare(after)
    assert b'"owner":"support"' in after
    assert before is not None
    assert short_way(facts_of()) is None  # its price is the policy's now


def test_personal_data_are_kept_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "costmark.toml").write_text('personal-data = "hash"\n')
    in_force.forget()
    in_force.rules_in_force()
    monkeypatch.setenv("COSTMARK_HASH_KEY", "k")
    tags = {"feature": "faq", "user_id": "ann", "contact": "ann@example.org"}
    found = short_way(facts_of(tags=tags))
    assert found is not None
    assert bare(long_way(facts_of(tags=tags), AT)) == bare(found)
    assert b"ann" not in found


def test_users_and_sessions_are_told_apart() -> None:
    tags = [{"feature": "faq", "session_id": name, "chain_id": "c"} for name in ("a", "b", 'c"')]
    expected, found = [long_way(facts_of(tags=one), AT) for one in tags], [short_way(facts_of(tags=one)) or b"" for one in tags]
    assert [bare(one) for one in expected] == [bare(one) for one in found]
    assert 3 == len({bare(one) for one in found})


def test_prices_change_with_their_time() -> None:
    night = AT - 6 * 3600 * 10**9
    both = [short_way(facts_of(provider="deepseek", model="deepseek-v4-flash"), at) for at in (AT, night, AT)]
    expected = [long_way(facts_of(provider="deepseek", model="deepseek-v4-flash"), at) for at in (AT, night, AT)]
    assert [bare(one) for one in expected] == [bare(one or b"") for one in both]


def test_who_writes_says_what_was_lost_before(events: Events) -> None:
    class Broken:
        def write(self, *_: object) -> None:
            raise OSError(28, "no room")

    use_sink(Broken())
    record_facts(facts_of())
    use_sink(events)
    record_facts(facts_of())
    record_facts(facts_of())
    assert [1, None] == [event.get("lost") for event in events.all()]


def failing_with(problem: BaseException) -> Any:
    def failing(*_: object) -> None:
        raise problem

    return failing


def test_what_fails_on_the_short_way_goes_the_long_way(events: Events, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(usual, "attribute", failing_with(ValueError("of ours")))
    record_facts(facts_of())
    assert ["faq"] == [event["feature"] for event in events.all()]


def test_an_interruption_passes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(usual, "attribute", failing_with(KeyboardInterrupt()))
    with pytest.raises(KeyboardInterrupt):
        record_facts(facts_of())


def test_a_place_that_fails_breaks_no_call_and_its_event_counts_as_lost(events: Events, monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken:
        write = staticmethod(failing_with(ValueError("of ours")))

    use_sink(Broken())
    with pytest.raises(ValueError, match="of ours"):
        record_facts(facts_of())  # under test
    monkeypatch.delenv("PYTEST_CURRENT_TEST")
    before = failures()
    record_facts(facts_of())
    use_sink(events)
    record_facts(facts_of())
    assert (before + 1, [2]) == (failures(), [event.get("lost") for event in events.all()])


def test_strict_programs_hear_of_a_loss(events: Events, monkeypatch: pytest.MonkeyPatch) -> None:
    class Full:
        write = staticmethod(failing_with(OSError(28, "no room")))

    monkeypatch.setenv("COSTMARK_STRICT", "1")
    use_sink(Full())
    with pytest.raises(EventLost, match="no room"):
        record_facts(facts_of())
    use_sink(events)
    record_facts(facts_of())
    assert 1 == events.one()["lost"]


def test_no_reference_is_lost_or_kept() -> None:
    tags, usage, model = {"feature": "faq"}, Usage(1, output_tokens=2), f"gpt-{len('1234')}o-mini"

    def write() -> None:
        for _ in range(50):
            short_way(facts_of(tags=tags, usage=usage, model=model))
            short_way(facts_of(tags={**tags, "user_id": "ann"}, usage=usage, model=model))
            short_way(facts_of(tags=tags, usage=Usage(2**62), model=model))

    write()
    gc.collect()
    before = [sys.getrefcount(one) for one in (tags, usage, model, SITE, Usage)]
    write()
    gc.collect()
    assert before == [sys.getrefcount(one) for one in (tags, usage, model, SITE, Usage)]


@pytest.fixture(scope="module")
def twin() -> Any:
    """The Facts of Python, beside which the compiled ones stand."""
    spec = importlib.util.find_spec("cost_lib.facts")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("cost_lib.compiled.SPEEDUPS", None)
        spec.loader.exec_module(module)
    return module.Facts


@pytest.mark.parametrize(
    "misuse",
    [
        lambda parts: parts.Usual(),
        lambda parts: parts.Usual(1, 2, 3, 4, 5, 6),
        lambda parts: parts.Usual(1, 2, int, 4, 5, 6),
        lambda parts: parts.Usual.__new__(parts.Usual).line(Facts({}), AT),
        lambda parts: parts.Usual.__new__(parts.Usual).record(Facts({})),
        lambda _: WRITER.line({}, AT),
        lambda _: WRITER.line(Facts({}), "now"),
        lambda _: WRITER.record(None),
        lambda parts: parts.Usual(object(), IDS, Usage, print, print, print).line(facts_of(), AT),
        lambda parts: parts.Usual(in_force.HELD, object(), Usage, usual.template, usual.owner, print).line(facts_of(), AT),
        lambda parts: parts.Usual(in_force.HELD, IDS, Usage, list, usual.owner, print).line(facts_of(), AT),
        lambda parts: parts.Usual(in_force.HELD, IDS, Usage, usual.template, lambda *_: (1, 2, 3, 4), print).line(facts_of(), AT),
        lambda parts: parts.take_facts(object()),
        lambda parts: parts.take_recorded(object),
        lambda parts: parts.use_sinks(1),
        lambda _: BY_HAND.__new__(BY_HAND).__enter__(),
        lambda _: BY_HAND.__new__(BY_HAND).usage(),
        lambda _: BY_HAND({}, {}),
        lambda _: BY_HAND(Facts({})),
    ],
)
def test_wrong_use_is_an_error(misuse: Any) -> None:
    with pytest.raises((TypeError, AttributeError, RuntimeError)):
        misuse(SPEEDUPS)


def test_facts_of_which_nothing_is_known_are_left_to_python() -> None:
    assert short_way(Facts.__new__(Facts)) is None


class TestFacts:
    @staticmethod
    def all_of(twin: Any, facts: Any) -> dict[str, Any]:
        return {name: getattr(facts, name) for name in twin.__slots__}

    def test_the_twins_are_two(self, twin: Any) -> None:
        assert twin is not Facts
        assert twin.__slots__ == tuple(sorted(name for name in vars(Facts) if not name.startswith("_") and name != "changed"))

    @pytest.mark.parametrize(
        "given",
        [
            {},
            {"started": 1.5, "provider": "openai"},
            {"operation_id": "i", "call_site": SITE, "host": "h", "endpoint": "e", "transport": "t", "model_requested": "r", "model": "m"},
        ],
    )
    def test_both_begin_alike(self, twin: Any, given: dict[str, Any]) -> None:
        usage = Usage(1)
        assert self.all_of(twin, twin({"a": "b"}, usage=usage, **given)) == self.all_of(twin, Facts({"a": "b"}, usage=usage, **given))

    @pytest.mark.parametrize(("args", "given"), [((), {}), (({}, 1), {}), (({},), {"nobody": 1}), (({},), {"tags": {}})])
    def test_both_refuse_the_same(self, twin: Any, args: tuple[Any, ...], given: dict[str, Any]) -> None:
        for kind in (twin, Facts):
            with pytest.raises(TypeError):
                kind(*args, **given)

    def test_a_changed_copy_leaves_the_first_as_it_was(self, twin: Any) -> None:
        for kind in (twin, Facts):
            first = kind({}, model="m")
            other = first.changed(model="n", attempt=2)
            assert ("m", 1, "n", 2) == (first.model, first.attempt, other.model, other.attempt)
            with pytest.raises(AttributeError):
                first.changed(nobody=1)

    def test_what_is_taken_away_is_missed(self, twin: Any) -> None:
        for kind in (twin, Facts):
            facts = kind({})
            del facts.usage
            with pytest.raises(AttributeError):
                facts.usage  # noqa: B018 - reading is what fails

    def test_facts_in_a_circle_are_collected(self) -> None:
        class Held:
            pass

        held = Held()
        gone: list[str] = []
        facts = Facts({})
        facts.others = {"self": facts, "held": held}
        weakref.finalize(held, gone.append, "gone")
        del facts, held
        gc.collect()
        assert ["gone"] == gone


def test_a_line_of_a_page_and_one_byte_goes_the_long_way() -> None:
    room = MOST_BYTES - len(short_way(facts_of(tags={"feature": "f"}, started=0.0)) or b"") + 1
    assert MOST_BYTES == len(short_way(facts_of(tags={"feature": "f" * room}, started=0.0)) or b"")
    assert short_way(facts_of(tags={"feature": "f" * (room + 1)}, started=0.0)) is None
