"""Notebooks as one Python source."""

from __future__ import annotations

import json
from typing import Any

import libcst
import pytest

from lint_plugin.stages.notebook import Notebook, extract
from lint_plugin.stages.parse import Parsed, parse


def cell(source: str | list[str], kind: str = "code", **more: Any) -> dict[str, Any]:
    return {"cell_type": kind, "metadata": {}, "source": source, **more}


def read(*cells: dict[str, Any], **document: Any) -> Notebook:
    notebook = extract(json.dumps({"nbformat": 4, "cells": cells, "metadata": {}, **document}).encode())
    assert notebook is not None
    return notebook


def places(notebook: Notebook) -> dict[str, tuple[int, int]]:
    """Return where each line that says something comes from."""
    lines = notebook.source.decode().split("\n")
    return {line: notebook.locate(number) for number, line in enumerate(lines, 1) if line and line[0] not in "#i"}


def test_every_line_leads_back_to_its_cell() -> None:
    notebook = read(cell("a\nb"), cell("# Title", "markdown"), cell(["c\n", "d"]))
    assert {"a": (1, 1), "b": (1, 2), "c": (3, 1), "d": (3, 2)} == places(notebook)


def test_a_line_before_the_first_cell_has_no_place() -> None:
    assert (0, 0) == read(cell("a")).locate(1)


def test_magics_keep_line_and_column() -> None:
    notebook = read(cell("%%time\n%time client.chat()\n!ls"))
    assert (1, 2) == places(notebook)["0;    client.chat()"]


def test_cells_in_another_language_are_blank() -> None:
    notebook = read(cell("%%bash\nls ("), cell("x(", metadata={"vscode": {"languageId": "sql"}}), cell("a"))
    assert {"a": (3, 1)} == places(notebook)


def test_one_sign_changes_the_language_on_databricks() -> None:
    notebook = read(cell("%md\nIt's text", metadata={"application/vnd.databricks.v1+cell": {}}), cell("a"))
    assert {"a": (2, 1)} == places(notebook)


def test_a_cell_that_is_indented_as_a_whole_is_valid() -> None:
    notebook = read(cell("    a\n    b"), cell("c"))
    libcst.parse_module(notebook.source)
    assert {"    a": (1, 1), "    b": (1, 2), "c": (2, 1)} == places(notebook)


def test_format_3_is_read() -> None:
    sheets = [{"cells": [{"cell_type": "code", "language": "python", "input": ["a\n", "b"]}, {"cell_type": "code", "input": "c"}]}]
    notebook = extract(json.dumps({"nbformat": 3, "worksheets": sheets}).encode())
    assert notebook is not None
    assert {"a": (1, 1), "b": (1, 2), "c": (2, 1)} == places(notebook)


@pytest.mark.parametrize(
    "metadata",
    [
        {"language_info": {"name": "R"}, "kernelspec": {"name": "python3"}},
        {"language_info": {"name": "R"}, "kernelspec": {"language": "python"}},
        {"kernelspec": {"name": "python3", "language": "R"}},
    ],
)
def test_a_notebook_that_jupyter_runs_as_python_is_python_whatever_else_it_says(metadata: dict[str, Any]) -> None:
    assert {"a": (1, 1)} == places(read(cell("a"), metadata=metadata))


@pytest.mark.parametrize("metadata", [{"kernelspec": {"language": "R"}}, {"language_info": {"name": "julia"}}])
def test_a_notebook_of_another_language_holds_no_python(metadata: dict[str, Any]) -> None:
    assert {} == places(read(cell("x <- 1"), metadata=metadata))


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b"{}", b'{"cells": 1}', b"\xff\xfe\x00", b"[" * 100_000, b'{"worksheets": {}}'])
def test_what_is_no_notebook_is_none(data: bytes) -> None:
    assert extract(data) is None


def test_strange_cells_are_passed_over() -> None:
    strange = [{"cell_type": "code", "source": 5}, {"cell_type": "code", "source": [1, None]}]
    assert {"a": (4, 1)} == places(read("x", *strange, cell("a")))  # type: ignore[arg-type]


def test_a_coding_comment_in_a_cell_does_not_count() -> None:
    notebook = read(cell("# -*- coding: latin-1 -*-\nx = 'é'"))
    assert "x = 'é'" in libcst.parse_module(notebook.source).code


def test_half_a_surrogate_does_not_matter() -> None:
    assert {"x = '?'": (1, 1)} == places(read(cell("x = '\ud800'")))


def test_carriage_returns_end_lines() -> None:
    assert {"a": (1, 1), "b": (1, 2)} == places(read(cell("a\r\nb\r")))


def test_a_cell_that_is_no_python_can_be_blanked() -> None:
    notebook = read(cell("a"), cell("    b b\n    c"), cell("d"))
    left = notebook.without(2)
    assert {"a": (1, 1), "d": (3, 1)} == places(left)
    assert notebook.source.count(b"\n") == left.source.count(b"\n")


def test_the_last_cell_can_be_blanked() -> None:
    assert {"a": (1, 1)} == places(read(cell("a"), cell("b b")).without(2))


def test_an_empty_notebook_is_empty_python() -> None:
    assert {} == places(read())


@pytest.mark.parametrize("language", ["python3.11", "Python", "sage", "xpython", "a kernel of the house"])
def test_a_kernel_that_is_not_known_to_be_another_is_python(language: str) -> None:
    assert {"a": (1, 1)} == places(read(cell("a"), metadata={"kernelspec": {"language": language}}))


@pytest.mark.parametrize("language", ["R", "julia", "Scala", "bash", "C++17", ".net"])
def test_a_notebook_in_another_language_has_no_python(language: str) -> None:
    assert {} == places(read(cell("a"), metadata={"language_info": {"name": language}}))


def test_a_bracket_left_open_hides_no_other_cell() -> None:
    notebook = json.dumps({"nbformat": 4, "metadata": {}, "cells": [cell("a = ("), cell("b"), cell("    c\n    d")]}).encode()
    parsed = parse("n.ipynb", notebook)
    assert isinstance(parsed, Parsed)
    assert ["b", "    c", "    d"] == [line for line in parsed.text.split("\n") if line and line[0] not in "#i"]
    assert [1] == [part.line for part in parsed.left_out]
