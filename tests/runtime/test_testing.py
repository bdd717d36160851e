from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from cost_lib import record_call
from cost_lib.testing import capture_events

ROOT = Path(__file__).resolve().parents[2]
TEST = """
from cost_lib import record_call
def test_it(costmark_events):
    with record_call(provider="acme", model="acme-1", feature="faq"): pass
    assert costmark_events.one()["feature"] == "faq"
"""


def call() -> None:
    with record_call(provider="acme", model="acme-1", feature="faq"):
        pass


def test_events_of_a_block_are_captured_and_no_others() -> None:
    call()
    with capture_events() as events:
        call()
    call()
    assert "faq" == events.one()["feature"]


def test_blocks_may_be_nested() -> None:
    with capture_events() as outer:
        with capture_events() as inner:
            call()
        call()
    assert (1, 1) == (len(outer.all()), len(inner.all()))


@pytest.mark.parametrize("times", [0, 2])
def test_one_event_is_one(times: int) -> None:
    with capture_events() as events:
        for _ in range(times):
            call()
    with pytest.raises(AssertionError, match=f"expected one event, found {times}"):
        events.one()


def test_the_fixture_is_there_for_who_asks_for_it(tmp_path: Path) -> None:
    (tmp_path / "conftest.py").write_text('pytest_plugins = ["cost_lib.pytest_plugin"]\n')
    (tmp_path / "test_it.py").write_text(TEST)
    env = {"PYTHONPATH": os.pathsep.join((str(ROOT), *sys.path))}
    command = [sys.executable, "-m", "pytest", "-q", str(tmp_path)]
    done = subprocess.run(command, env=env, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert "1 passed" in done.stdout, done.stdout
