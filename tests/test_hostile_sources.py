"""No source takes the analyzer down, and every file that could not be analyzed is named."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from cost_lib.policy import Policy, load
from lint_plugin.model import Request
from lint_plugin.pipeline import check

GOOD = b"import openai\nopenai.OpenAI().responses.create(model='gpt-4o', input='x')\n"
HOSTILE = {
    "brackets": b"import openai\nx = " + b"(" * 3000 + b"1" + b")" * 3000 + b"\n",
    "lists": b"import openai\nx = " + b"[" * 3000 + b"]" * 3000 + b"\n",
    "sum": b"import openai\nx = " + b"+".join([b"a"] * 10_000) + b"\n",
    "attributes": b"import openai\nx = a" + b".b" * 10_000 + b"\n",
    "calls": b"import openai\nx = a" + b"()" * 10_000 + b"\n",
    "nul": b"import openai\nx = '\0'\n",
    "encoding": b"# coding: nonsense\nimport openai\n",
    "utf16": "import openai\n".encode("utf-16") + b"import openai\n",
    "latin": b"import openai\nx = '\xff\xfe'\n",
    "huge": b"import openai\n" + b"x = 1\n" * 1_500_000,
    "broken": b"import openai\ndef f(:\n",
}


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_a_hostile_file_is_named_and_hides_no_other(tmp_path: Path, name: str) -> None:
    (tmp_path / "hostile.py").write_bytes(HOSTILE[name])
    (tmp_path / "good.py").write_bytes(GOOD)
    report = check(Request(tmp_path, load(None)))
    assert ["hostile.py"] == [problem.path for problem in report.problems]
    assert [("good.py", 2, "CMK101")] == [(finding.path, finding.line, finding.code) for finding in report.findings]


@pytest.mark.parametrize("source", [b"\xef\xbb\xbf" + GOOD, GOOD.replace(b"\n", b"\r\n"), b"\f" + GOOD, GOOD.replace(b"\n", b"\r")])
def test_unusual_line_ends_and_marks_are_read(tmp_path: Path, source: bytes) -> None:
    (tmp_path / "good.py").write_bytes(source)
    assert [("good.py", 2, "CMK101")] == [(f.path, f.line, f.code) for f in check(Request(tmp_path, load(None))).findings]


@pytest.mark.parametrize("cache", [None, ".costmark_cache"])
def test_path_that_is_no_utf_8_is_looked_at_like_any_other(cache: str | None, tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"caf\xe9.py")).write_text("import openai\nopenai.responses.create(model='gpt-4o', input='x')\n")
    request = Request(tmp_path, Policy(), (), cache=tmp_path / cache if cache else None)
    assert ["CMK101"] == [finding.code for finding in check(request).findings]
