from __future__ import annotations

import asyncio
import json
import os
import re
import stat
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from cost_lib import UntaggedCall, in_force, record_call, tags
from cost_lib.event import MOST_BYTES
from cost_lib.record import failures, guarded, use_sink
from cost_lib.sinks.files import Files

if TYPE_CHECKING:
    from pathlib import Path

    from cost_lib.testing import Events

AT = 1795348800_000000000  # noon of 22 November 2026, in UTC


def call(**own: Any) -> None:
    with record_call(provider="openai", model="gpt-4o-mini", **own) as made:
        made.usage(input_tokens=1000, output_tokens=100)


def test_a_recorded_call_has_tags_usage_and_cost(events: Events) -> None:
    with tags(team="search"):
        call(feature="faq")
    event = events.one()
    assert ("faq", "search", 1000, 100) == tuple(event[key] for key in ("feature", "team", "input_tokens", "output_tokens"))
    assert 1000 * 150 + 100 * 600 == event["cost_nano_usd"]
    assert "test_record.py" in event["call_site"]["file"]


def test_the_first_key_is_the_version(events: Events) -> None:
    call(feature="faq")
    assert events.lines[0].startswith(b'{"v":1,')
    assert re.fullmatch(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", events.one()["event_id"])


def test_usage_that_was_not_given_is_unknown_and_never_zero(events: Events) -> None:
    with record_call(provider="openai", model="gpt-4o-mini", feature="faq"):
        pass
    event = events.one()
    assert ("unknown", "unknown") == (event["usage_source"], event["cost_source"])
    assert "cost_nano_usd" not in event
    assert "input_tokens" not in event


def test_an_unknown_price_has_a_reason(events: Events) -> None:
    with record_call(provider="acme", model="acme-1", feature="faq") as made:
        made.usage(input_tokens=1)
    assert "no price table for provider 'acme'" == events.one()["cost_reason"]


def test_the_caller_s_error_passes_and_is_noted_without_its_message(events: Events) -> None:
    with pytest.raises(KeyError, match="secret"), record_call(provider="openai", model="gpt-4o-mini", feature="faq"):
        raise KeyError("secret")
    assert ("error", {"class": "KeyError"}) == (events.one()["status"], events.one()["error"])
    assert b"secret" not in events.lines[0]


def test_an_asynchronous_block_records(events: Events) -> None:
    async def run() -> None:
        async with record_call(provider="openai", model="gpt-4o-mini", feature="faq") as made:
            made.usage(output_tokens=1)

    asyncio.run(run())
    assert 1 == events.one()["output_tokens"]


def test_policy_may_refuse_untagged_calls(events: Events, tmp_path: Path) -> None:
    (tmp_path / "costmark.toml").write_text('on-untagged = "raise"\n')
    in_force.forget()
    with pytest.raises(UntaggedCall, match="lacks feature"):
        call()
    assert [] == events.all()


def test_untagged_calls_are_said_once_a_call_site(capsys: pytest.CaptureFixture[str]) -> None:
    for _ in range(3):
        call()
    assert 1 == capsys.readouterr().err.count("lacks feature")


def test_policy_prices_override_the_catalog(events: Events, tmp_path: Path) -> None:
    (tmp_path / "costmark.toml").write_text('[prices."acme/acme-1"]\ninput = 2\noutput = 4\n')
    in_force.forget()
    with record_call(provider="acme", model="acme-1", feature="faq") as made:
        made.usage(input_tokens=1_000_000)
    assert (2_000_000_000, "override") == (events.one()["cost_nano_usd"], events.one()["cost_source"])


def test_user_ids_are_dropped_without_a_key_and_hashed_with_one(events: Events, monkeypatch: pytest.MonkeyPatch) -> None:
    call(feature="faq", user_id="ann")
    monkeypatch.setenv("COSTMARK_HASH_KEY", "k")
    call(feature="faq", user_id="ann")
    bare, hashed = events.all()
    assert "user_id" not in bare
    assert 32 == len(hashed["user_id"])


def test_a_line_never_exceeds_a_page(events: Events) -> None:
    call(feature="f" * 5000, **{f"tag{n}": "x" * 100 for n in range(100)})
    assert len(events.lines[0]) <= MOST_BYTES
    assert ["feature", "cost_split", "tags"] == events.one()["cut"]


def test_files_are_private_and_daily(tmp_path: Path) -> None:
    sink = Files(tmp_path / "log")
    sink.write(b"1\n", AT)
    sink.write(b"2\n", AT)
    sink.close()
    path = tmp_path / "log" / "events-2026-11-22.jsonl"
    assert b"1\n2\n" == path.read_bytes()
    assert 0o600 == stat.S_IMODE(path.stat().st_mode)


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "events-2026-11-22.jsonl").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(OSError, match=r".*"):
        Files(tmp_path).write(b"1\n", AT)
    assert not (tmp_path / "elsewhere").exists()


def test_a_failing_sink_breaks_no_call_and_the_loss_is_told(events: Events, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("")
    use_sink(Files(tmp_path / "file" / "log"))
    call(feature="faq")
    call(feature="faq")
    use_sink(events)
    call(feature="faq")
    call(feature="faq")
    assert [2, None] == [event.get("lost") for event in events.all()]
    assert 1 == capsys.readouterr().err.count("events are being lost")


def test_our_own_failure_is_counted_in_production_and_raised_under_test(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ZeroDivisionError), guarded():
        divmod(1, 0)
    monkeypatch.delenv("PYTEST_CURRENT_TEST")
    before = failures()
    with guarded():
        divmod(1, 0)
    assert before + 1 == failures()


def test_a_program_writes_its_events_to_the_folder(tmp_path: Path) -> None:
    script = (
        "from cost_lib import record_call\n"
        "with record_call(provider='openai', model='gpt-4o-mini', feature='faq') as call: call.usage(input_tokens=1)\n"
        "import os; os._exit(0)\n"
    )
    env = {"COSTMARK_EVENTS_DIR": str(tmp_path / "log"), "PYTHONPATH": os.pathsep.join(sys.path)}
    subprocess.run([sys.executable, "-c", script], env=env, check=True, cwd=tmp_path)
    (path,) = (tmp_path / "log").glob("*.jsonl")
    assert "faq" == json.loads(path.read_bytes())["feature"]


def test_switched_off_nothing_is_written(tmp_path: Path) -> None:
    script = "from cost_lib import record_call\nwith record_call(provider='openai', model='x', feature='faq'): pass\n"
    env = {"COSTMARK_OFF": "1", "PYTHONPATH": os.pathsep.join(sys.path)}
    subprocess.run([sys.executable, "-c", script], env=env, check=True, cwd=tmp_path)
    assert [] == list(tmp_path.iterdir())


def test_importing_the_package_pays_for_no_run_time() -> None:
    script = "import cost_lib, sys; print(*(name for name in sys.modules if name.startswith('cost_lib')))"
    env = {"PYTHONPATH": os.pathsep.join(sys.path)}
    assert "cost_lib" == subprocess.run([sys.executable, "-c", script], env=env, check=True, capture_output=True, text=True).stdout.strip()
