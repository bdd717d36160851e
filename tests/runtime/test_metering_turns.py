"""Threads that start and stop metering at the same time."""

from __future__ import annotations

import sys
import threading
import time
from importlib.machinery import ModuleSpec
from typing import TYPE_CHECKING, Any

import pytest

from cost_lib import meter, metering, tagged, unmeter
from cost_lib.metering.import_hook import AfterImport
from tests.runtime.replay import CHAT, Replay

if TYPE_CHECKING:
    from cost_lib.testing import Events

httpx2 = pytest.importorskip("httpx2")


def call() -> None:
    with httpx2.Client(transport=Replay(httpx2, (200, CHAT)).transport()) as http:
        tagged(http, feature="faq").post("https://api.openai.com/v1/chat/completions", json={"model": "gpt-4o-mini"})


def test_who_comes_while_another_thread_patches_is_metered_too(events: Events, monkeypatch: pytest.MonkeyPatch) -> None:
    patch = metering._patch
    begun = threading.Event()

    def slowly(adapter: str, module: Any) -> None:
        begun.set()
        time.sleep(0.05)
        patch(adapter, module)

    monkeypatch.setattr(metering, "_patch", slowly)
    first = threading.Thread(target=meter)
    first.start()
    begun.wait()
    call()
    first.join()
    assert 1 == len(events.all())


def test_acting_on_a_module_may_import() -> None:
    module = type(sys)("half")
    module.__spec__ = ModuleSpec("half", None)
    module.__spec__._initializing = True  # type: ignore[attr-defined]
    watch, acted = AfterImport(), []

    def act(found: Any) -> None:
        acted.append(found)
        watch.find_spec("costmark_no_such_module", None)

    sys.modules["half"] = module
    try:
        watch.watch({"half": act})
        module.__spec__._initializing = False  # type: ignore[attr-defined]
        watch.catch_up()
    finally:
        watch.stop()
        del sys.modules["half"]
    assert [module] == acted


def test_threads_that_turn_it_on_and_off_break_nobody() -> None:
    problems: list[BaseException] = []

    def flip() -> None:
        try:
            for _ in range(50):
                meter()
                unmeter()
        except KeyError as problem:
            problems.append(problem)

    threads = [threading.Thread(target=flip) for _ in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert [] == problems
    assert not hasattr(httpx2.Client.send, "__costmark_original__")
