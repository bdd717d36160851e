"""Whatever stands in a finding, no format breaks."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lint_plugin.model import Finding, Report
from lint_plugin.output import formats, text
from lint_plugin.output.escape import UNSAFE
from tests.output.samples import RAW, shown, view

# what a file system, a source file or a model's name can hold: everything, lone surrogates included
ANYTHING = st.text(st.characters(), max_size=40)
NUMBERS = st.integers(1, 10)


@st.composite
def findings(draw: st.DrawFn) -> Finding:
    words = {name: draw(ANYTHING) for name in ("message", "provider", "method", "model", "resolution", "scope", "call", "fingerprint")}
    path = draw(ANYTHING.filter(lambda name: name.strip("/.") and "\0" not in name)).lstrip("/")
    return RAW._replace(path=path, line=draw(NUMBERS), column=draw(NUMBERS), end_line=draw(NUMBERS), cell=draw(st.integers(0, 3)), **words)


REPORTS = st.lists(findings(), max_size=3).map(lambda found: Report(tuple(found)))


@pytest.mark.parametrize("name", formats.NAMES)
@given(report=REPORTS)
@settings(max_examples=50, deadline=None)
def test_no_format_fails(name: str, report: Report) -> None:
    assert isinstance(shown(name, report), str)


@given(report=REPORTS)
@settings(max_examples=100, deadline=None)
def test_json_gives_back_what_was_found(report: Report) -> None:
    assert [finding._asdict() for finding in report.findings] == json.loads(shown("json", report))


@given(report=REPORTS)
@settings(max_examples=100, deadline=None)
def test_one_line_formats_have_one_line_a_finding(report: Report) -> None:
    counts = {name: shown(name, report).count("\n") for name in ("concise", "jsonl", "github")}
    assert dict.fromkeys(counts, len(report.findings)) == counts


@given(source=st.binary(max_size=200), line=NUMBERS, column=NUMBERS)
@settings(max_examples=200, deadline=None)
def test_excerpt_of_any_bytes_shows_no_control_character(source: bytes, line: int, column: int) -> None:
    report = Report((RAW._replace(line=line, column=column),))
    assert not UNSAFE.search("".join(text.render(view(report, source=source))).replace("\n", ""))


@given(report=REPORTS)
@settings(max_examples=50, deadline=None)
def test_sarif_uris_hold_no_character_that_uris_may_not_hold(report: Report) -> None:
    run: Any = json.loads(shown("sarif", report))["runs"][0]
    uris = [result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for result in run["results"]]
    assert [] == [uri for uri in uris if not uri.isascii() or set(uri) & set(' "<>\\^`{|}')]
