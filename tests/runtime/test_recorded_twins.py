"""Calls recorded by hand leave the same log whether the compiled part is there or not."""

from __future__ import annotations

import gc
import json
import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from cost_lib import record_call, tags
from cost_lib.compiled import PURE, SPEEDUPS
from cost_lib.facts import Facts
from cost_lib.record import Recorded
from cost_lib.scope import CURRENT, Frame

if TYPE_CHECKING:
    from pathlib import Path

    from cost_lib.testing import Events

pytestmark = pytest.mark.skipif(SPEEDUPS is None, reason="the compiled part is not built")

OF_ITS_OWN = re.compile(r'"(?:ts|event_id|operation_id)":"[^"]*"|"latency_ms":[0-9.]+')
PROGRAM = """
import asyncio, contextlib, enum, sys, threading
from cost_lib.compiled import SPEEDUPS
print(SPEEDUPS is None, flush=True)
from cost_lib import inherited, in_force, record_call, tags, record_outcome
from cost_lib.errors import CostLibError

class Team(enum.Enum):
    SEARCH = "search"

class Seven:
    def __index__(self): return 7

def call(*counts, usage={}, **own):
    try:
        with record_call(**{"provider": "openai", "model": "gpt-4o-mini", **own}) as made:
            names = ("input_tokens", "output_tokens", "cache_read_tokens")
            made.usage(**dict(zip(names, counts)), **usage)
    except (CostLibError, TypeError, AttributeError) as problem:
        print(type(problem).__name__, flush=True)

def outcomes():
    call(1000, 100, feature="faq")
    call(1000, 100, 7, feature="faq", endpoint="chat")
    call()
    call(None, None, feature="faq")
    call(True, Seven(), feature="faq")
    call(-1, 5, feature="faq")
    call("many", feature="faq")
    call(2**62, 2**70, feature="faq")
    call(1, usage={"reasoning_tokens": 1, "cache_write_5m_tokens": 2, "cache_write_1h_tokens": 3}, feature="faq")
    call(1, usage={"units": {"web_searches": 2}}, feature="faq")
    call(1, usage={"units": {}}, feature="faq")
    call(1, usage={"".join(["output", "_tokens"]): 4}, feature="faq")
    call(1, usage={"nothing": 4}, feature="faq")
    call(1, provider="acme", feature="faq")
    call(1, model=None, feature="faq")
    call(1, model=Team.SEARCH, feature="faq")
    for value in ("", " ", " x", "x" * 3000, None, inherited, Team.SEARCH, 5, "schön", 'a"b', "\\ud83d"):
        call(1, feature=value, team="search")
        with tags(feature="outer", shade="blue"):
            call(1, feature=value)
    call(1, user_id="ann", chain_id="c", session_id="s", feature="faq", phone="+49 170 1234567")
    for name in ("faq", "other"):
        with tags(team=name), tags(feature=name):
            call(1)
            with record_call(provider="openai", model="gpt-4o", feature="x") as made, record_call(provider="x", model="y") as inner:
                made.usage(input_tokens=1); inner.usage(input_tokens=2); made.usage(input_tokens=3)
    one, other = (record_call(provider="openai", model="gpt-4o", feature=name) for name in "ab")
    one.__enter__(); other.__enter__(); one.__exit__(None, None, None); call(1); other.__exit__(None); call(1, feature="faq")
    one.__exit__(None, None, None)
    for _ in range(2):
        with one: one.usage(input_tokens=5)
    with contextlib.ExitStack() as stack:
        stack.enter_context(one).usage(output_tokens=1)
    for wrong in (lambda: one.usage(1), lambda: one.__exit__(), lambda: record_call(), lambda: record_call("openai", "gpt"),
                  lambda: record_call(provider="openai", model="gpt", feature=1).usage(seven=7)):
        try: wrong()
        except TypeError: print("TypeError", flush=True)
    for error in (KeyError("secret"), KeyboardInterrupt(), GeneratorExit()):
        try:
            with record_call(provider="openai", model="gpt-4o", feature="faq"): raise error
        except BaseException as problem: print(problem is error, flush=True)
    def generator():
        with record_call(provider="openai", model="gpt-4o", feature="faq") as made:
            made.usage(input_tokens=1)
            yield
    list(generator()); next(generator())
    async def asynchronous(name):
        async with record_call(provider="openai", model="gpt-4o", feature=name) as made:
            await asyncio.sleep(0)
            made.usage(input_tokens=1)
    async def several():
        await asyncio.gather(*(asynchronous(name) for name in "abc"))
    asyncio.run(several())
    thread = threading.Thread(target=call, args=(1,)); thread.start(); thread.join()
    call(1, feature="".join("faq"))
    with record_call(**{"".join(("pro", "vider")): "openai", "".join(("mod", "el")): "gpt-4o", "feature": "faq"}) as made:
        made.usage(input_tokens=1)
    for empty in ({"provider": "", "model": "gpt-4o"}, {"provider": "openai", "model": ""}, {"provider": "openai"}, {"endpoint": "chat"}):
        call(1, feature="faq", **empty)

outcomes()
outcomes()
"""
POLICIES = (
    "",
    'on-untagged = "raise"\n',
    'on-untagged = "warn"\nrequired-tags = ["feature", "team"]\n[features.faq]\nowner = "support"\n',
    'personal-data = "raise"\nuser-id = "plain"\n',
    'on-untagged = "record"\n[features.faq]\nmonthly-budget = 1\non-exceeded = "block"\n[prices."acme/gpt-4o-mini"]\ninput = 2\n',
)


def said(folder: Path, policy: str, *, pure: bool) -> tuple[list[str], str]:
    """Return what a program leaves, and that it went the way that was asked for."""
    folder.mkdir()
    (folder / "costmark.toml").write_text(policy)
    (folder / "program.py").write_text(PROGRAM)
    watching = {name: os.environ[name] for name in ("LD_PRELOAD", "ASAN_OPTIONS", "PYTHONMALLOC") if name in os.environ}
    env = {**watching, "PYTHONPATH": os.pathsep.join(sys.path), "COSTMARK_SINK": "stdout", "COSTMARK_HASH_KEY": "k", PURE: str(int(pure))}
    done = subprocess.run([sys.executable, "program.py"], env=env, cwd=folder, capture_output=True, text=True, check=False)
    first, *lines = OF_ITS_OWN.sub("", done.stdout).splitlines()
    assert str(pure) == first
    return lines, done.stderr.replace(str(folder), "")


@pytest.mark.parametrize("policy", POLICIES)
def test_both_ways_leave_the_same_log(tmp_path: Path, policy: str) -> None:
    compiled, python = said(tmp_path / "a", policy, pure=False), said(tmp_path / "b", policy, pure=True)
    assert python == compiled
    assert 100 < len(compiled[0])
    assert "Traceback" not in compiled[1]


def test_the_line_is_that_of_the_block(events: Events) -> None:
    def made() -> Any:
        return record_call(provider="openai", model="gpt-4o-mini", feature="faq")

    for _ in range(2):
        with made():
            pass
    assert [made.__code__.co_firstlineno + 4] * 2 == [event["call_site"]["line"] for event in events.all()]


def test_nothing_stays_behind_of_calls_that_are_done() -> None:
    def run() -> None:
        for _ in range(20):
            with tags(team="search"), record_call(provider="openai", model="gpt-4o-mini", feature="faq") as made:
                made.usage(input_tokens=1, output_tokens=2)
            with pytest.raises(KeyError), record_call(provider="openai", model="gpt-4o-mini", feature="faq"):
                raise KeyError

    def left() -> tuple[int, int, int]:
        gc.collect()
        kinds = [type(one) for one in gc.get_objects()]
        return kinds.count(Facts), kinds.count(Recorded), kinds.count(Frame)

    run()
    before = left()
    run()
    assert before == left()


def test_what_was_not_entered_says_nothing(events: Events) -> None:
    record_call(provider="openai", model="gpt-4o-mini", feature="faq").usage(input_tokens=1)
    assert [] == events.all()


def test_inside_no_other_event_comes_of_the_same_call() -> None:
    with record_call(provider="openai", model="gpt-4o-mini", feature="faq"):
        assert CURRENT.get().is_silent
        assert {"feature": "faq"} == CURRENT.get().tags
    assert not CURRENT.get().is_silent


def test_the_lines_of_both_are_json(events: Events) -> None:
    with record_call(provider='a"b', model="schön\\", feature="\x00") as made:
        made.usage(input_tokens=1)
    assert ('a"b', "schön\\", "\x00") == tuple(json.loads(events.lines[0])[key] for key in ("provider", "model_requested", "feature"))
