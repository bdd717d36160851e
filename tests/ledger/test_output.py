"""How answers are written: exactly for programs, safely for people."""

from __future__ import annotations

import csv
import io
import json
import re
import sys
from pathlib import Path
from typing import Any

import pytest

from cost_lib.ledger.output.escape import for_csv, for_markdown, for_terminal
from cost_lib.ledger.output.grid import Grid
from cost_lib.ledger.output.sparks import spark
from cost_lib.ledger.output.tables import as_markdown, as_plain, as_rich
from lint_plugin.frontends import cli
from tests.ledger.made import event, log

duckdb = pytest.importorskip("duckdb")
EVIL = "\x1b]0;owned\x07\x1b[2J\r\n| a | `b` [x](http://evil) <script>"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return log(tmp_path / "log", event(team="=1+1"), event(team=EVIL, cost_nano_usd=10**10), event(team="a", feature=None))


def written(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert cli.main([*arguments]) == 0
    return capsys.readouterr().out


@pytest.mark.parametrize("form", ["table", "csv", "markdown", "json"])
def test_nothing_that_a_terminal_obeys_is_written(form: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = written(capsys, "report", str(folder), "--by", "team", "--format", form)
    assert not set(out.replace("\n", "")) & {chr(code) for code in range(32)}
    assert "owned" in out


def test_json_holds_values_as_they_are(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads(written(capsys, "report", str(folder), "--by", "team", "--format", "json"))
    assert [EVIL, "=1+1", "a", None] == [line["team"] for line in found["lines"]]


def test_no_spreadsheet_takes_a_value_for_a_formula(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = list(csv.DictReader(io.StringIO(written(capsys, "report", str(folder), "--by", "team", "--format", "csv"))))
    assert "'=1+1" == rows[1]["team"]


@pytest.mark.parametrize("value", ["=1", "+1", "-1", "@x", "\t=1", " =1", "\r=1", "|calc"])
def test_what_begins_like_a_formula_is_text(value: str) -> None:
    assert for_csv(value).startswith("'")


def test_figures_stay_figures() -> None:
    assert (-5, "", 0.5) == (for_csv(-5), for_csv(None), for_csv(0.5))


def test_markdown_shows_a_value_as_it_is() -> None:
    assert r"\| \`x\` \[y\]\(http\://z\) &#60;b&#62; \*c\* \_d\_ \@me" == for_markdown("| `x` [y](http://z) <b> *c* _d_ @me")


def test_a_row_of_markdown_stays_a_row(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = written(capsys, "report", str(folder), "--by", "team", "--format", "markdown").splitlines()
    assert {lines[0].count("|")} == {line.replace("\\|", "").count("|") for line in lines}


def test_what_reorders_text_is_shown_as_an_escape() -> None:
    assert r"a\u202eb\x00c" == for_terminal("a\u202eb\x00c")


def test_what_is_endless_is_cut() -> None:
    assert 200 == len(for_terminal("a" * 5000))


def test_a_name_of_a_column_is_as_harmless_as_a_value() -> None:
    grid = Grid(("\x1b[31m|",), [("x",)], ["line"], 1)
    assert not any("\x1b[31m" in text for text in (as_plain(grid), as_markdown(grid), as_rich(grid)))


def test_a_terminal_gets_colours_and_no_markup_of_values(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    log(folder, event(team="[red]x[/red]"), day="2026-11-20")
    assert "[red]x[/red]" in as_rich(Grid(("team",), [("[red]x[/red]",)], ["line"], 1))
    cli.main(["report", str(folder), "--by", "team"])
    assert "\x1b[1;36m" in capsys.readouterr().out


def test_a_word_among_figures_is_as_harmless(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    log(folder, event(user_id=EVIL, chain_id="c1"), day="2026-11-20")
    for form in ("table", "markdown", "csv"):
        assert not set(written(capsys, "chains", str(folder), "--format", form).replace("\n", "")) & {chr(code) for code in range(32)}


@pytest.mark.parametrize("name", ["market_share", "win_rate", "cost_nano_usd", "requests", "line"])
def test_a_tag_may_have_the_name_of_a_figure(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = log(tmp_path / "log", event(tags={name: "high"}), event(tags={name: "low"}))
    assert "high" in written(capsys, "report", str(folder), "--by", f"feature,tags.{name}")


def test_no_terminal_is_too_narrow_for_a_figure() -> None:
    grid = Grid(("name", *("per success before",) * 9), [("a" * 100, *("123,456,789.123456",) * 9)], ["line"], 1)
    assert 9 == as_rich(grid, 20).count("123,456,789.123456")


def test_no_color_is_plain(folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in written(capsys, "report", str(folder), "--by", "team")


def test_parquet_holds_exact_figures(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = log(tmp_path / "log", *(event(cost_nano_usd=2**62) for _ in range(4)))
    assert "" == written(
        capsys, "report", str(folder), "--by", "feature", "--format", "parquet", "--output", str(tmp_path / "it's.parquet")
    )
    rows: list[Any] = duckdb.execute("SELECT cost_nano_usd, line FROM read_parquet(?)", [str(tmp_path / "it's.parquet")]).fetchall()
    assert [(2**64, "line"), (2**64, "total")] == [(int(cost), line) for cost, line in rows]


def test_the_name_of_a_file_may_be_any_bytes(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "" == written(capsys, "report", str(folder), "--format", "parquet", "--output", str(tmp_path / "a\udcff'b"))
    assert (tmp_path / "a\udcff'b").read_bytes().startswith(b"PAR1")


def test_a_report_is_written_to_a_file(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "" == written(capsys, "top", str(folder), "--output", str(tmp_path / "top.txt"))
    assert (tmp_path / "top.txt").read_text(encoding="utf-8").endswith("100.0%\n")


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_a_file_that_cannot_be_written_is_said(form: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["report", str(folder), "--format", form, "--output", "no/such/folder/x"]) == 2
    assert "no/such/folder/x" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("values", "drawn"), [([], ""), ([0, 0], "  "), ([0, 1, 8], " ▁█"), ([1, 2, 4, 8], "▁▂▄█"), ([5], "█"), ([1] * 96, "█" * 48)]
)
def test_a_course_is_drawn(values: list[int], drawn: str) -> None:
    assert drawn == spark(values)


def test_a_terminal_without_blocks_gets_other_signs() -> None:
    assert "_#" == spark([1, 8], encoding="ascii")


@pytest.mark.parametrize("terminal", [60, 80, 120])
def test_no_line_is_longer_than_the_terminal_and_every_figure_has_its_title(terminal: int) -> None:
    titles = ("feature", "requests", "tokens in", "tokens out", "cost USD", "a request", "success rate before", "share")
    figures = ("8,120", "87,163,152", "14,319,120", "386.69", "0.047622", "78.4%", "64.9%")
    written = as_rich(Grid(titles, [("complex_reasoning", *figures)], ["line"], 1), terminal)
    lines = [re.sub(r"\x1b\[[0-9;]*m", "", line) for line in written.splitlines()]
    assert max(map(len, lines)) <= terminal
    text = " ".join(" ".join(lines).split())
    assert terminal == 120 or all(f"{title} {figure}" in text for title, figure in zip(titles[1:], figures, strict=True))
