"""The table for pull-request comments."""

from __future__ import annotations

from tests.output.samples import CELL, PROBLEM, RAW, report, shown


def test_row_has_rule_place_and_message() -> None:
    what = "openai chat.completions.create\\(\\) is not attributed; call it on tagged\\(client, feature=...\\)"
    assert f"| CMK101 raw-provider-call | `app/bot.py:4` | {what} |" == shown("markdown", report(RAW)).splitlines()[-1]


def test_message_cannot_break_the_table() -> None:
    row = shown("markdown", report(RAW._replace(message="a|b\n`c` <img src=x> @team [x](y)"))).splitlines()[-1]
    assert row.endswith("| a\\|b\\x0a\\`c\\` \\<img src=x\\> \\@team \\[x\\]\\(y\\) |".replace("\\x0a", "\\\\x0a"))


def test_path_cannot_break_the_table() -> None:
    assert "| `a\N{BROKEN BAR}'b.py:4` |" in shown("markdown", report(RAW._replace(path="a|`b.py")))
    assert "| `a\\\N{BROKEN BAR}b.py:4` |" in shown("markdown", report(RAW._replace(path="a\\|b.py")))


def test_cell_is_named() -> None:
    assert "`notes.ipynb:cell 2:1`" in shown("markdown", report(CELL))


def test_clean_report_has_no_table() -> None:
    assert "**costmark:** No findings.\n" == shown("markdown", report())


def test_long_table_fits_a_comment() -> None:
    long = RAW._replace(message="*" * 5000, path="x" * 5000)
    text = shown("markdown", report(*[long] * 5000))
    assert len(text) < 65536
    assert "4940 more are not listed here." in text


def test_file_that_was_not_analyzed_is_named() -> None:
    assert "Not analyzed: `app/old.py:3` invalid syntax\\: print 'x'" in shown("markdown", report()._replace(problems=(PROBLEM,)))
