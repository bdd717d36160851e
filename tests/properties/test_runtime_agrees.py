"""The analyzer against the run time: what runs raw or untagged is reported, at the call or at one that leads to it."""

from __future__ import annotations

import sys
from collections import defaultdict
from types import FrameType, ModuleType
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cost_lib.policy import load
from cost_lib.scope import CURRENT, NOTHING
from lint_plugin.model import Request
from lint_plugin.pipeline import check
from tests.properties.executed import Author

FILE = "program.py"
MISSING = {"CMK101", "CMK201", "CMK207"}


class Ran(NamedTuple):
    """A call that was made: the lines of the program on the stack, innermost first, and what was in force."""

    lines: tuple[int, ...]
    is_raw: bool
    feature: str | None


class Responses:
    """Stands where an SDK would send a request."""

    def __init__(self, made: list[Ran]) -> None:
        self.made = made

    def create(self, **_: Any) -> None:
        lines = []
        frame: FrameType | None = sys._getframe(1)
        while frame is not None:
            if frame.f_code.co_filename == FILE:
                lines.append(frame.f_lineno)
            frame = frame.f_back
        current = CURRENT.get()
        self.made.append(Ran(tuple(lines), current.operation is None, current.tags.get("feature")))


def executed(source: str, monkeypatch: pytest.MonkeyPatch) -> list[Ran]:
    """Run a program with a client that sends nothing; return its calls."""
    made: list[Ran] = []

    class OpenAI:
        responses = Responses(made)

        def with_options(self, **_: Any) -> OpenAI:
            return self

    sdk = ModuleType("openai")
    sdk.OpenAI = OpenAI  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "openai", sdk)
    exec(compile(source, FILE, "exec"), {"__name__": "program"})  # noqa: S102  our own program
    CURRENT.set(NOTHING)
    return made


@pytest.fixture
def root(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("COSTMARK_OFF", "1")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@settings(max_examples=settings().max_examples * 4)
@given(seed=st.integers(0, 10**9))
@pytest.mark.filterwarnings("ignore")
def test_what_runs_raw_or_untagged_is_reported(seed: int, root: Any) -> None:
    source = Author(seed).program()
    with pytest.MonkeyPatch.context() as patched:
        made = executed(source, patched)
    codes: dict[int, set[str]] = defaultdict(set)
    for finding in check(Request(root, load(None), sources={FILE: source.encode()})).findings:
        codes[finding.line].add(finding.code)
    unseen = {
        ran
        for ran in made
        if (ran.is_raw and "CMK101" not in codes[ran.lines[0]])
        or (not ran.is_raw and not ran.feature and not MISSING & {code for line in ran.lines for code in codes[line]})
    }
    assert set() == unseen
