"""Source split without a parser: against the interpreter's own tokens, and where it knows them not."""

from __future__ import annotations

import io
import os
import time
import tokenize
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lint_plugin.lexemes import lex

LIBRARY = sorted(Path(os.__file__).parent.glob("[a-d]*.py"))
FRAGMENTS = [
    '"',
    "'",
    '"""',
    "'''",
    "\\",
    "\n",
    "\r\n",
    "{",
    "}",
    "{{",
    ":",
    "#",
    "f",
    "rb",
    "x",
    "1",
    "(",
    ")",
    "!",
    " ",
    "é",
    "\\N{",
    "\0",
]


def comments(text: str) -> list[str]:
    return [text[lexeme.start : lexeme.end] for lexeme in lex(text) if lexeme.kind == "comment"]


def kinds(text: str) -> list[str]:
    return [lexeme.kind for lexeme in lex(text)]


@pytest.mark.parametrize("path", LIBRARY, ids=lambda path: path.name)
def test_comments_are_those_of_the_interpreter(path: Path) -> None:
    with tokenize.open(path) as file:
        text = file.read()
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    assert [token.string for token in tokens if token.type == tokenize.COMMENT] == comments(text)


@pytest.mark.parametrize(
    "text",
    [
        'f"{d["#"]}"  # yes',
        "f'{f\"{f'{1}#'}#\"}#'  # yes",
        'f"""\n{x  # no\n}\n"""  # yes',
        'f"{x:{"#"}>10}#"  # yes',
        'f"{{#}} {x!r:#>8}"  # yes',
        'rf"\\{x["#"]}"  # yes',
        'f"\\N{NUMBER SIGN}#"  # yes',
        't"{a["#"]}#"  # yes',
        'f"{ {"#": 1}["#"] }"  # yes',
        'f"{(lambda: "#")()}"  # yes',
        "b'#' rb'\\'#' u'#'  # yes",
        '"#\\\n#"  # yes',
        "'''#'''  # yes",
        '"""a\\"""#"""  # yes',
    ],
)
def test_a_number_sign_inside_a_string_of_any_version_is_no_comment(text: str) -> None:
    assert ["# yes"] == comments(text)


def test_a_string_that_is_never_closed_ends_with_its_line() -> None:
    assert ["# yes"] == comments("x = 'open # no\ny = 1  # yes")


def test_an_f_string_that_is_never_closed_ends_with_its_line() -> None:
    assert ["# yes"] == comments("x = f'open {a} # no\ny = 1  # yes")


def test_a_triple_quoted_string_that_is_never_closed_ends_with_the_text() -> None:
    assert ["name", "op", "string"] == kinds('x = """open\n# no\n')


def test_a_backslash_joins_lines() -> None:
    assert ["name", "joined", "op", "name", "newline"] == kinds("a \\\n+ b\n")


def test_numbers_are_wholes() -> None:
    assert ["number"] * 5 == kinds("1e-5 0xFF 1_000 .5j 3.25")


@given(st.lists(st.sampled_from(FRAGMENTS), max_size=40).map("".join))
def test_nothing_but_blanks_lies_between_the_lexemes_of_any_text(text: str) -> None:
    lexemes = list(lex(text))
    edges = zip([0, *(x.end for x in lexemes)], [*(x.start for x in lexemes), len(text)], strict=True)
    assert set() == {char for end, start in edges for char in text[end:start]} - set(" \t\f")


def test_deep_nesting_needs_no_stack() -> None:
    assert ["string"] == kinds("f'{" * 5000 + "}'" * 5000)


@pytest.mark.parametrize("text", ["'a\\'\n", '"""\\"""\\"""\n', "f'{\n", "f'{'", "'\\"])
def test_hostile_quotes_take_linear_time(text: str) -> None:
    began = time.process_time()
    list(lex(text * 20_000))
    assert 5 > time.process_time() - began
