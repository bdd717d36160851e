"""The format for people."""

from __future__ import annotations

from pathlib import Path

import pytest

from lint_plugin.output import text
from lint_plugin.output.view import position
from tests.output.samples import CELL, PROBLEM, RAW, ROOT, WARNING, report, shown, view


def excerpt_of(source: bytes, line: int, column: int) -> list[str]:
    finding = RAW._replace(line=line, column=column)
    return "".join(text.render(view(report(finding), source=source))).splitlines()[1:-3]


def test_excerpt_marks_the_called_name() -> None:
    expected = [
        "  |",
        "3 | client = OpenAI()",
        '4 | reply = client.chat.completions.create(model="gpt-4o-mini", messages=[])',
        "  |                                 ^^^^^^",
        '5 |     print("é漢", client.embeddings.create(input="x"))',
        "  |",
    ]
    assert expected == shown("text", report(RAW)).splitlines()[1:7]


def test_headline_is_position_code_and_message() -> None:
    line = "app/bot.py:4:33: CMK101 openai chat.completions.create() is not attributed; call it on tagged(client, feature=...)"
    assert line == shown("text", report(RAW)).splitlines()[0]


def test_marker_stands_under_the_name_behind_tabs_and_wide_characters() -> None:
    lines = shown("text", report(WARNING)).splitlines()
    assert "  | " + " " * 35 + "^^^^^^" == lines[4]


def test_warning_says_so() -> None:
    assert "app/bot.py:5:32: CMK301 warning: no price for 'gpt-9'" == shown("text", report(WARNING)).splitlines()[0]


def test_summary_counts_files_and_warnings() -> None:
    assert "2 findings in 1 file, 1 of them a warning." == shown("text", report(RAW, WARNING)).splitlines()[-1]


def test_files_that_were_not_analyzed_are_counted() -> None:
    assert "No findings; 1 file could not be analyzed.\n" == shown("text", report()._replace(problems=(PROBLEM,)))


def test_clean_report_says_so() -> None:
    assert "No findings.\n" == shown("text", report())


def test_notebook_finding_names_its_cell() -> None:
    assert shown("text", report(CELL)).startswith("notes.ipynb:cell 2:1:8: CMK101")


def test_notebook_excerpt_is_that_of_the_cell(tmp_path: Path) -> None:
    (tmp_path / "notes.ipynb").write_text('{"cells": [{"source": []}, {"source": ["client.create(1)\\n", "done()"]}]}')
    assert "1 | client.create(1)" in "".join(text.render(view(report(CELL), root=tmp_path)))


def test_broken_notebook_has_no_excerpt(tmp_path: Path) -> None:
    (tmp_path / "notes.ipynb").write_text('{"cells": 1}')
    assert " |" not in "".join(text.render(view(report(CELL), root=tmp_path)))


def test_missing_file_has_no_excerpt(tmp_path: Path) -> None:
    gone = report(RAW._replace(path="gone.py"))
    assert "  = help: costmark rule CMK101" == "".join(text.render(view(gone, root=tmp_path))).splitlines()[1]


def test_line_outside_the_file_has_no_excerpt() -> None:
    assert " |" not in shown("text", report(RAW._replace(line=99)))


def test_control_characters_of_the_source_are_escaped() -> None:
    assert "1 | x = '\\x1b[2J\\u202e'" in excerpt_of("x = '\x1b[2J\u202e'".encode(), 1, 1)


def test_control_characters_of_path_and_message_are_escaped() -> None:
    line = shown("concise", report(RAW._replace(path="a\x1b\n.py", message="x\ny")))
    assert "a\\x1b\\x0a.py:4:33: CMK101 x\\x0ay\n" == line


@pytest.mark.parametrize(
    ("path", "expected"),
    [("::stop-commands::x.py", "\\x3a:stop-commands::x.py"), ("##[error]x.py", "\\x23#[error]x.py"), ("\U000e0041.py", "\\U000e0041.py")],
)
def test_no_path_is_a_command_to_the_runner_of_a_job_or_blank(path: str, expected: str) -> None:
    assert shown("concise", report(RAW._replace(path=path))).startswith(f"{expected}:4:33: ")


def test_long_line_is_cut_around_the_column() -> None:
    shown_line = excerpt_of(b"x" * 5000 + b".create()" + b"y" * 5000, 1, 5002)[1]
    assert len(shown_line) < 180
    assert ".create()" in shown_line


def test_marker_of_a_long_line_stands_under_the_name() -> None:
    lines = excerpt_of(b"x" * 5000 + b".create()" + b"y" * 5000, 1, 5002)
    assert lines[1].index("create") == lines[2].index("^^^^^^")


def test_declared_encoding_is_used() -> None:
    assert "2 | grüße" in excerpt_of("# coding: latin-1\ngrüße".encode("latin-1"), 2, 1)


def test_undecodable_source_is_still_shown() -> None:
    assert "1 | gr\\x80x()" in excerpt_of(b"gr\x80x()", 1, 1)


def test_form_feed_does_not_end_a_line() -> None:
    assert "2 | second" in excerpt_of(b"first\x0cstill first\nsecond", 2, 1)


def test_colours_are_used_only_where_wanted() -> None:
    coloured = "".join(text.render(view(report(RAW), colour=True)))
    assert "\x1b[1;31mCMK101\x1b[0m" in coloured
    assert "\x1b" not in shown("text", report(RAW))


def test_paths_can_be_opened_from_the_working_directory() -> None:
    assert "bot.py:4:33" == position(view(report(RAW), here=ROOT / "app"), RAW)


def test_paths_outside_the_working_directory_are_absolute() -> None:
    assert "/project/app/bot.py:4:33" == position(view(report(RAW), here=Path("/elsewhere")), RAW)


def test_statistics_count_rules_and_providers() -> None:
    lines = "".join(text.render(view(report(RAW, WARNING), statistics=True))).splitlines()
    assert ["     1 CMK101 raw-provider-call", "     1 CMK301 unpriceable-model", "     2 openai"] == lines[-6:-3]
