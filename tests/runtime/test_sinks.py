"""Where events go, and what happens when they cannot."""

from __future__ import annotations

import errno
import json
import logging
import os
import resource
import stat
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from cost_lib import meter, record_call, sinks
from cost_lib.errors import EventLost, SinkError
from cost_lib.record import failures, use_sink
from cost_lib.sinks.descriptor import Descriptor
from cost_lib.sinks.files import DAY, Files
from cost_lib.sinks.function import Function
from cost_lib.sinks.memory import Memory
from cost_lib.sinks.stdlog import Logging

if TYPE_CHECKING:
    from cost_lib.testing import Events

AT = 1795348800_000000000  # noon of 22 November 2026, in UTC
ROOT = Path(__file__).resolve().parents[2]


def call() -> None:
    with record_call(provider="openai", model="gpt-4o-mini", feature="faq") as made:
        made.usage(input_tokens=1)


def program(script: str, **env: str) -> subprocess.CompletedProcess[str]:
    """Run a program that is no test."""
    given = {"PYTHONPATH": os.pathsep.join((str(ROOT), *sys.path)), **env}
    return subprocess.run([sys.executable, "-c", script], env=given, capture_output=True, text=True, check=False)


ONE = (
    "from cost_lib import record_call\n"
    "with record_call(provider='openai', model='gpt-4o-mini', feature='faq') as made: made.usage(input_tokens=1)\n"
)


def test_a_new_day_is_a_new_file(tmp_path: Path) -> None:
    sink = Files(tmp_path)
    sink.write(b"1\n", AT)
    sink.write(b"2\n", AT + DAY)
    sink.write(b"3\n", AT + DAY)
    assert [b"1\n", b"2\n3\n"] == [path.read_bytes() for path in sorted(tmp_path.glob("*.jsonl"))]


def test_files_of_days_that_are_kept_no_longer_go(tmp_path: Path) -> None:
    for day in (20, 21):
        (tmp_path / f"events-2026-11-{day}.jsonl").write_text("")
    (tmp_path / "notes.txt").write_text("")
    Files(tmp_path, keep_days=1).write(b"1\n", AT)
    assert ["events-2026-11-22.jsonl", "notes.txt"] == sorted(path.name for path in tmp_path.iterdir() if path.is_file())


def test_a_folder_is_made_for_the_owner_alone(tmp_path: Path) -> None:
    Files(tmp_path / "log").write(b"1\n", AT)
    assert 0o700 == stat.S_IMODE((tmp_path / "log").stat().st_mode)


def test_a_folder_is_found_again_after_the_program_has_moved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sink = Files(Path("log"))
    monkeypatch.chdir("/")
    sink.write(b"1\n", AT)
    assert (tmp_path / "log").is_dir()


def test_a_line_that_was_cut_by_a_full_disk_does_not_swallow_the_next(tmp_path: Path) -> None:
    script = (
        "import resource, signal, sys\nfrom pathlib import Path\nfrom cost_lib.sinks.files import Files\n"
        f"signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\nsink = Files(Path({str(tmp_path)!r}))\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (15, resource.RLIM_INFINITY))\n"
        "for line in (b'0123456789\\n', b'0123456789\\n'):\n"
        "    try: sink.write(line, 1)\n"
        "    except OSError: print('lost')\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))\n"
        "sink.write(b'next\\n', 1)\n"
    )
    assert "lost\n" == program(script).stdout
    assert b"0123456789\n0123\nnext\n" == (tmp_path / "events-1970-01-01.jsonl").read_bytes()


def test_a_full_disk_breaks_no_call_and_is_told_by_the_next_event(tmp_path: Path) -> None:
    script = (
        "import resource, signal\nsignal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))\n" + ONE + ONE + "print('went on')\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))\n" + ONE
    )
    done = program(script, COSTMARK_EVENTS_DIR=str(tmp_path))
    (path,) = tmp_path.glob("*.jsonl")
    assert ("went on\n", 1) == (done.stdout, done.stderr.count("events are being lost"))
    assert 2 == json.loads(path.read_bytes())["lost"]


@pytest.mark.skipif(os.geteuid() == 0 and not hasattr(resource, "RLIMIT_FSIZE"), reason="nothing is closed to this user")
def test_a_folder_that_cannot_be_written_breaks_no_call(tmp_path: Path) -> None:
    (tmp_path / "log").write_text("a file where the folder should be")
    done = program(ONE + "print('went on')", COSTMARK_EVENTS_DIR=str(tmp_path / "log"))
    assert (0, "went on\n", 1) == (
        done.returncode,
        done.stdout,
        done.stderr.count(f"events are being lost: {tmp_path / 'log'}: File exists"),
    )


@pytest.mark.skipif(os.geteuid() == 0, reason="to root no folder is closed")
def test_a_read_only_folder_breaks_no_call(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    done = program(ONE + "print('went on')", COSTMARK_EVENTS_DIR=str(tmp_path / "log"))
    assert (0, 1) == (done.returncode, done.stderr.count("events are being lost"))


def test_a_closed_standard_error_breaks_no_call(tmp_path: Path) -> None:
    (tmp_path / "log").write_text("")
    assert (
        "went on\n"
        == program("import sys\nsys.stderr = None\n" + ONE + "print('went on')", COSTMARK_EVENTS_DIR=str(tmp_path / "log")).stdout
    )


def test_strict_raises_what_was_lost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COSTMARK_STRICT", "1")
    (tmp_path / "log").write_text("")
    use_sink(Files(tmp_path / "log"))
    with pytest.raises(EventLost, match="events are being lost"):
        call()


def test_standard_output_has_one_line_an_event() -> None:
    done = program(ONE + ONE, COSTMARK_SINK="stdout")
    assert ["faq", "faq"] == [json.loads(line)["feature"] for line in done.stdout.splitlines()]


def test_a_descriptor_of_the_program_is_written_to() -> None:
    reading, writing = os.pipe()
    use_sink(sinks.choose(f"fd:{writing}"))
    call()
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        assert "faq" == json.loads(pipe.read())["feature"]


def test_a_pipe_that_nobody_reads_loses_events_and_breaks_no_call(capsys: pytest.CaptureFixture[str]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    use_sink(Descriptor(writing))
    call()
    os.close(writing)
    assert os.strerror(errno.EPIPE) in capsys.readouterr().err


def test_logging_takes_events_as_messages(caplog: pytest.LogCaptureFixture) -> None:
    use_sink(sinks.choose("logging:shop.costs"))
    call()
    (record,) = caplog.records
    assert ("shop.costs", logging.INFO, "faq") == (record.name, record.levelno, json.loads(record.getMessage())["feature"])


def test_a_logger_that_nobody_hears_counts_as_loss() -> None:
    done = program(ONE, COSTMARK_SINK="logging")
    assert "has no handler for INFO" in done.stderr


def test_a_function_gets_each_event() -> None:
    found: list[dict[str, Any]] = []
    meter(sink=found.append)
    call()
    assert ["faq"] == [event["feature"] for event in found]


def test_what_a_function_raises_is_counted_and_not_the_caller_s(events: Events, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PYTEST_CURRENT_TEST")
    before = failures()
    use_sink(Function(lambda _: 1 / 0))
    call()
    use_sink(events)
    call()
    assert (before + 1, 1) == (failures(), events.one()["lost"])


def test_an_object_with_write_is_a_sink() -> None:
    memory = Memory()
    assert memory is sinks.choose(memory)


@pytest.mark.parametrize("wanted", ["", "file", "fd:x", "fd", 7])
def test_what_is_no_sink_is_refused(wanted: Any) -> None:
    with pytest.raises(SinkError):
        sinks.choose(wanted)


def test_a_wrong_choice_in_the_environment_is_said_and_files_take_its_place(tmp_path: Path) -> None:
    done = program(ONE, COSTMARK_SINK="kafka", COSTMARK_EVENTS_DIR=str(tmp_path))
    assert "unknown sink 'kafka'" in done.stderr
    assert 1 == len(list(tmp_path.glob("*.jsonl")))


def test_days_to_keep_are_a_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COSTMARK_KEEP_DAYS", "a week")
    with pytest.raises(SinkError, match="a number of days"):
        sinks.choose("files")


def test_under_pytest_events_stay_in_memory_unless_a_place_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    assert isinstance(sinks.default(), Memory)
    monkeypatch.setenv("COSTMARK_SINK", "logging")
    assert isinstance(sinks.default(), Logging)
    monkeypatch.setenv("COSTMARK_OFF", "1")
    assert isinstance(sinks.default(), Memory)


def test_spans_have_the_names_of_the_conventions() -> None:
    pytest.importorskip("opentelemetry.sdk")
    from opentelemetry import trace
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import SimpleSpanProcessor
    from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

    exporter, provider = InMemorySpanExporter(), TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    trace.set_tracer_provider(provider)
    use_sink(sinks.choose("otel"))
    call()
    (span,) = exporter.get_finished_spans()
    attributes = dict(span.attributes or {})
    assert ("openai", "gpt-4o-mini", 1) == tuple(
        attributes[name] for name in ("gen_ai.provider.name", "gen_ai.request.model", "gen_ai.usage.input_tokens")
    )
    assert ("faq", 150) == (attributes["costmark.feature"], attributes["costmark.cost_nano_usd"])


def test_without_its_package_opentelemetry_is_one_clear_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "opentelemetry.trace", None)
    monkeypatch.delitem(sys.modules, "cost_lib.sinks.otel", raising=False)
    with pytest.raises(SinkError, match="needs the package opentelemetry-api"):
        sinks.choose("otel")
