"""Events survive how programs end and multiply."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from cost_lib.event_model import Event
from cost_lib.reading_log import read_log

ROOT = Path(__file__).resolve().parents[2]
SETUP = """
import atexit, os, signal, sys, threading, time
from cost_lib import record_call, tags
def call(feature="faq"):
    with record_call(provider="openai", model="gpt-4o-mini", feature=feature) as made:
        made.usage(input_tokens=1)
"""
STREAM = """
import httpx2, openai
from cost_lib import tagged
body = [b'data: {"id":"1","object":"chat.completion.chunk","created":1,"model":"gpt-4o-mini","choices":[]}\\n\\n'] * 3
def respond(request):
    return httpx2.Response(200, headers={"content-type": "text/event-stream"}, content=iter(body))
client = tagged(openai.OpenAI(api_key="k", http_client=httpx2.Client(transport=httpx2.MockTransport(respond))), feature="stream")
stream = client.chat.completions.create(model="gpt-4o-mini", messages=[], stream=True)
next(stream)
"""


def environment(log: Path) -> dict[str, str]:
    return {"PYTHONPATH": os.pathsep.join((str(ROOT), *sys.path)), "COSTMARK_EVENTS_DIR": str(log), "PATH": os.environ["PATH"]}


def run(log: Path, script: str, *, code: int = 0) -> str:
    done = subprocess.run([sys.executable, "-c", SETUP + script], env=environment(log), capture_output=True, text=True, check=False)
    assert code == done.returncode, done.stderr
    return done.stdout


def events(log: Path) -> list[Event]:
    found = list(read_log(log))
    assert [] == [one for one in found if not isinstance(one, Event)]
    return [one for one in found if isinstance(one, Event)]


@pytest.mark.parametrize(
    "end", ["os._exit(0)", "sys.exit(0)", "os.kill(os.getpid(), signal.SIGKILL)", "os.abort()", "os.execv('/bin/true', ['true'])"]
)
def test_what_is_recorded_is_kept_however_the_program_ends(tmp_path: Path, end: str) -> None:
    subprocess.run([sys.executable, "-c", f"{SETUP}call()\n{end}"], env=environment(tmp_path), check=False, capture_output=True)
    assert ["faq"] == [event.feature for event in events(tmp_path)]


@pytest.mark.parametrize("handler", ["", "signal.signal(signal.SIGTERM, lambda *_: (call('handler'), sys.exit(0)))"])
def test_a_terminated_program_has_kept_its_events(tmp_path: Path, handler: str) -> None:
    script = f"{SETUP}{handler}\ncall()\nprint('ready', flush=True)\nfor _ in range(600): time.sleep(0.1)"
    with subprocess.Popen([sys.executable, "-c", script], env=environment(tmp_path), stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        process.terminate()
    assert ["faq", *(["handler"] if handler else [])] == [event.feature for event in events(tmp_path)]


def test_a_signal_handler_may_record_in_the_midst_of_recording(tmp_path: Path) -> None:
    script = (
        "signal.signal(signal.SIGALRM, lambda *_: call('handler'))\nsignal.setitimer(signal.ITIMER_REAL, 0.001, 0.001)\n"
        "for _ in range(500): call()\nsignal.setitimer(signal.ITIMER_REAL, 0)\n"
    )
    run(tmp_path, script)
    found = [event.feature for event in events(tmp_path)]
    assert 500 == found.count("faq")
    assert "handler" in found


def test_forks_have_ids_of_their_own_and_share_the_file(tmp_path: Path) -> None:
    script = (
        "call()\nfor _ in range(4):\n    if os.fork() == 0:\n        for _ in range(50): call('child')\n        os._exit(0)\n"
        "for _ in range(4): os.wait()\n"
    )
    run(tmp_path, script)
    found = events(tmp_path)
    assert 201 == len(found) == len({event.event_id for event in found})
    assert 1 == len(list(tmp_path.glob("*.jsonl")))


def test_a_fork_leaves_what_was_lost_to_its_parent(tmp_path: Path) -> None:
    script = (
        "from cost_lib.record import use_sink\nfrom cost_lib.sinks.files import Files\nfrom pathlib import Path\n"
        f"before = use_sink(Files(Path('/dev/null/log')))\ncall()\nuse_sink(Files(Path({str(tmp_path)!r})))\n"
        "if os.fork() == 0:\n    call('child')\n    os._exit(0)\nos.wait()\ncall('parent')\n"
    )
    run(tmp_path, script)
    assert {"child": 0, "parent": 1} == {event.feature: event.lost for event in events(tmp_path)}


@pytest.mark.parametrize("method", ["fork", "spawn", "forkserver"])
def test_workers_of_every_kind_record(tmp_path: Path, method: str) -> None:
    module = tmp_path / "work.py"
    module.write_text(
        SETUP + "import multiprocessing\nif __name__ == '__main__':\n"
        f"    with multiprocessing.get_context({method!r}).Pool(2) as pool: pool.map(call, ['a', 'b', 'c'])\n    call('main')\n"
    )
    subprocess.run([sys.executable, str(module)], env=environment(tmp_path / "log"), check=True, capture_output=True)
    assert ["a", "b", "c", "main"] == sorted(event.feature for event in events(tmp_path / "log"))


def test_many_threads_record(tmp_path: Path) -> None:
    script = "made = [threading.Thread(target=lambda: [call() for _ in range(50)]) for _ in range(8)]\n"
    run(tmp_path, script + "for thread in made: thread.start()\nfor thread in made: thread.join()")
    found = events(tmp_path)
    assert 400 == len(found) == len({event.event_id for event in found})


def test_greenlets_record_each_under_its_own_tags(tmp_path: Path) -> None:
    pytest.importorskip("gevent")
    script = (
        "from gevent import monkey; monkey.patch_all()\n" + SETUP + "import gevent\n"
        "def work(name):\n    with tags(feature=name):\n        for _ in range(5):\n            gevent.sleep(0)\n"
        "            with record_call(provider='openai', model='gpt-4o-mini', team=name): gevent.sleep(0)\n"
        "gevent.joinall([gevent.spawn(work, f'f{n}') for n in range(20)])\n"
    )
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", script], env=environment(tmp_path), capture_output=True, text=True, check=False
    )
    assert 0 == done.returncode, done.stderr
    found = events(tmp_path)
    assert (100, []) == (len(found), [event for event in found if event.feature != event.team])


def test_a_call_from_atexit_is_recorded(tmp_path: Path) -> None:
    run(tmp_path, "atexit.register(call, 'late')\ncall()")
    assert ["faq", "late"] == [event.feature for event in events(tmp_path)]


def test_a_call_while_the_interpreter_goes_down_is_recorded(tmp_path: Path) -> None:
    run(tmp_path, "class Late:\n    def __del__(self): call('late')\nkept = Late()\nkept.me = kept\ncall()")
    assert "faq" in [event.feature for event in events(tmp_path)]


def test_a_stream_that_the_program_leaves_behind_is_recorded_at_its_end(tmp_path: Path) -> None:
    pytest.importorskip("openai")
    pytest.importorskip("httpx2")
    run(tmp_path, STREAM)
    assert [("stream", "abandoned")] == [(event.feature, event.status) for event in events(tmp_path) if event.kind == "call"]


def test_a_reloaded_library_is_metered_once(tmp_path: Path) -> None:
    pytest.importorskip("openai")
    script = (
        "import importlib\nfrom cost_lib.metering import httpx_family\nimportlib.reload(httpx_family)\n" + STREAM + "list(stream)\n"
        "importlib.reload(httpx_family)\ncost_lib = importlib.import_module('cost_lib')\nimportlib.reload(cost_lib)\n"
        + STREAM
        + "list(stream)\n"
    )
    run(tmp_path, script)
    assert 2 == len(events(tmp_path))


def test_writers_that_are_killed_at_random_lose_nothing(tmp_path: Path) -> None:
    """A million events; ten million: ``python benchmarks/durability.py``."""
    command = [sys.executable, str(ROOT / "benchmarks" / "durability.py"), "--events", "1000000", "--folder", str(tmp_path)]
    done = subprocess.run(command, env=environment(tmp_path), capture_output=True, text=True, check=False, timeout=300)
    assert 0 == done.returncode, done.stdout + done.stderr
    assert "lost 0, doubled or out of order 0" in done.stdout


def test_the_whole_path_loses_nothing_either(tmp_path: Path) -> None:
    command = [sys.executable, str(ROOT / "benchmarks" / "durability.py"), "--events", "10000", "--whole", "--folder", str(tmp_path)]
    done = subprocess.run(command, env=environment(tmp_path), capture_output=True, text=True, check=False, timeout=300)
    assert 0 == done.returncode, done.stdout + done.stderr


def test_the_first_event_is_cheap(tmp_path: Path) -> None:
    script = "import time; print(time.process_time())\n" + SETUP + "call(); print(time.process_time())"
    times: list[Any] = []
    for _ in range(3):
        start = time.monotonic()
        done = subprocess.run([sys.executable, "-c", script], env=environment(tmp_path), capture_output=True, text=True, check=True)
        before, after = map(float, done.stdout.split())
        times.append((after - before, time.monotonic() - start))
    assert min(times)[0] < 0.15  # 40 ms on an idle machine; this one may be busy
    assert json.loads(next(tmp_path.glob("*.jsonl")).read_bytes().splitlines()[0])["feature"] == "faq"


def test_no_signal_is_taken_from_the_program() -> None:
    script = "import signal\nbefore = [signal.getsignal(n) for n in signal.valid_signals()]\nfrom cost_lib import meter; meter()\n"
    check = script + "assert before == [signal.getsignal(n) for n in signal.valid_signals()]"
    subprocess.run([sys.executable, "-c", check], env={"PYTHONPATH": os.pathsep.join((str(ROOT), *sys.path))}, check=True)
    assert signal.SIGTERM in signal.valid_signals()
