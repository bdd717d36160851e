"""Modules that are loaded again, one by one or all anew: calls go through, and each is one event."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("openai")
pytest.importorskip("httpx2")
ROOT = Path(__file__).resolve().parents[2]
SETUP = """
import importlib, sys
import httpx2, openai
from tests.runtime.replay import CHAT
def client():
    from cost_lib import tagged
    http = httpx2.Client(transport=httpx2.MockTransport(lambda request: httpx2.Response(200, json=CHAT)))
    return tagged(openai.OpenAI(api_key="k", http_client=http), feature="faq")
def ask(client):
    client.chat.completions.create(model="gpt-4o-mini", messages=[])
before = client()
ask(before)
"""


def events_of(script: str, folder: Path) -> int:
    places = {"PYTHONPATH": os.pathsep.join((str(ROOT), *sys.path)), "COSTMARK_EVENTS_DIR": str(folder), "PATH": os.environ["PATH"]}
    subprocess.run([sys.executable, "-c", SETUP + script], env=places, cwd=folder, check=True, capture_output=True, timeout=60)
    return sum(len(file.read_bytes().splitlines()) for file in folder.glob("*.jsonl"))


def test_clients_outlive_the_reload_of_modules(tmp_path: Path) -> None:
    modules = ["cost_lib", "cost_lib.proxy", "cost_lib.metering", "cost_lib.metering.patching", "cost_lib.record"]
    again = "".join(f"importlib.reload(importlib.import_module({module!r}))\nask(before)\nask(client())\n" for module in modules)
    assert 1 + 2 * len(modules) == events_of(again, tmp_path)


def test_a_library_that_is_imported_anew_meters_anew(tmp_path: Path) -> None:
    drop = "for name in [name for name in sys.modules if name.startswith('cost_lib')]: del sys.modules[name]\n"
    assert 2 == events_of(drop + "ask(client())\n", tmp_path)
