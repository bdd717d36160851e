"""The demo goes its whole way, and the README shows what it prints."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent


@pytest.fixture(scope="module")
def printed() -> str:
    for package in ("openai", "anthropic", "httpx", "duckdb"):
        pytest.importorskip(package)
    if not (BIN / "costmark").exists():
        pytest.skip("costmark is not installed beside this interpreter")
    # under pytest events stay in memory; the demo is no test
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "COSTMARK", "PYTHON"))}
    environment["PATH"] = f"{BIN}{os.pathsep}{environment['PATH']}"
    done = subprocess.run(["sh", ROOT / "examples" / "demo.sh"], capture_output=True, text=True, env=environment, timeout=120, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_raw_version_fails_and_the_tagged_one_passes(printed: str) -> None:
    before, after = printed.split("== 3.")
    assert "5 findings in 4 files." in before
    assert "No findings." in after


def test_the_report_is_the_one_in_the_readme(printed: str) -> None:
    shown = (ROOT / "README.md").read_text(encoding="utf-8").split("<!-- report: ")[1].split("```")[1].strip()
    month = re.compile(r"^\d{4}-\d\d", re.MULTILINE)
    assert month.sub("2026-11", printed.split("$ costmark report\n")[1].split("\n$ ", maxsplit=1)[0]).strip() == shown


def test_the_bot_s_answers_have_a_price(printed: str) -> None:
    total = printed.split("$ costmark unit --by segment\n")[1].splitlines()[-1].split()
    assert ["total", "16", "7", "100.0%"] == [total[0], total[1], total[3], total[4]]
