"""What a file's bytes tell of the names in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from cost_lib.policy import loads
from lint_plugin.model import Request
from lint_plugin.pipeline import check
from lint_plugin.stages.prefilter import hides_names

CALL = b"client = OpenAI()\nclient.responses.create(model='gpt-4o', input='x')\n"
HIDDEN = {
    "utf-7": b"# coding: utf-7\nfrom +AG8-penai import OpenAI\n" + CALL,
    "escapes": b"#!/usr/bin/python\n# -*- coding: raw_unicode_escape -*-\nfrom \\u006fpenai import Open\\u0041I\n" + CALL,
}


@pytest.mark.parametrize("name", HIDDEN)
def test_a_call_is_found_whatever_bytes_spell_it(name: str) -> None:
    root = Path("/nowhere")
    findings = check(Request(root, loads("", root / "costmark.toml"), sources={"app.py": HIDDEN[name]})).findings
    assert ["CMK101"] == [finding.code for finding in findings]


@pytest.mark.parametrize("encoding", [b"utf-8", b"latin-1", b"gbk", b"euc-jp", b"cp1252", b"nonsense", b"rot13"])
def test_encodings_that_keep_letters_hide_no_name(encoding: bytes) -> None:
    assert not hides_names(b"# coding: " + encoding + b"\nimport openai\n")


def test_a_declaration_behind_the_second_line_is_none() -> None:
    assert not hides_names(b"import os\n\n# coding: utf-7\n")
