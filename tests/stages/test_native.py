"""The interpreter's own parser and libcst give the same intermediate form: what is found does not depend on which of them read a file."""

from __future__ import annotations

import sys
from pathlib import Path

import libcst as cst
import pytest

from lint_plugin import ir
from lint_plugin.stages.native import parse_native
from lint_plugin.stages.summarize import summarize, summarize_native
from tests.stages.test_every_node import SOURCES

ROOT = Path(__file__).resolve().parents[2]
PROJECT = sorted(path for folder in ("cost_lib", "lint_plugin", "examples", "tests/rules") for path in (ROOT / folder).rglob("*.py"))[::9]
STRINGS = (
    "f'{a}' f'{b}' 'c' \"d\"\n",
    "'a' 'b' f'{c}'\n",
    "(\n    'a'  # why\n    f'{b}'\n    rf'\\d{c}\\{{'\n)\n",
    "f'''{a!r:>{b}} {c=} {{d}} \\N{EM DASH} \\{e}'''\n",
    'f\'{1_000} {x:.2f} {", ".join(f"{y}-{2}" for y in z)}\'\n',
    "'a\\\nb', b'\\xff', u'c', R'\\d', 'http:' '//x'\n",
    "x = '''a\r\nb'''\r\ny = 1\r\n",
)
NUMBERS = ("0xFFFFFFFF, 1_000, .50, 1e3, 2j, 0o17\n", "x[1:2, ::3], x[a, b], x[(a, b)], x[()], x[a,], x[(a,)], x[*a]\n")
PLACES = (
    "é.ü(ö=é)  # ß\nclass Ä: pass\ndef \\\n    ö(): pass\n",
    "f(*a, k=1, *b, **c)\nf(k=1, *b)\n@d\nclass A(B, m=C, **d): pass\n",
    "try:\n    pass\nexcept (A, B) as \\\n        e:\n    pass\n",
    "from  . a  .  b import *\nfrom .. import *\nimport a . b as c, d\nx = []\n",
    "del a, b\ndel (a, b)\nglobal c, d\nx = []\n",
    "Optional['A.b'], cast('C', d), TypeVar('T', bound='list[D]')\nx: 'list[A | None]' = []\nY: TypeAlias = 'Z'\n",
    "a or b or c, a and b and c, (a or b) or c, a or (b or c), a if b else c\n",
)
NEWER = (
    "type A = B[c]\nx = []\n",
    "class C:\n    type D[T: (int, str)] = list[T]\n    def m[U: int, *Vs, **P](self, a: U) -> U: return []\n",
    "class A[T: B](C[T]):\n    async def f[U](self): pass\n",
    "try:\n    pass\nexcept a.B, C:  # why\n    x = []\n",
    "'''\ntype A = B\ndef f[T](): pass\n'''\ntype A = B\n",
)


def by_libcst(source: str) -> ir.Module:
    return summarize(cst.parse_module(source.encode()), source)


def by_the_interpreter(source: str) -> ir.Module | None:
    parsed = parse_native(source.encode())
    return None if parsed is None else summarize_native(*parsed)


@pytest.mark.parametrize("source", [*SOURCES, *STRINGS, *NUMBERS, *PLACES, *NEWER])
def test_both_parsers_give_the_same(source: str) -> None:
    assert by_the_interpreter(source) in (None, by_libcst(source))


@pytest.mark.parametrize("source", [*STRINGS, *NUMBERS, *PLACES, *NEWER])
def test_these_are_not_left_to_libcst(source: str) -> None:
    assert by_the_interpreter(source) is not None


@pytest.mark.parametrize("path", PROJECT, ids=lambda path: path.stem)
def test_both_parsers_give_the_same_of_whole_files(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert by_libcst(source) == by_the_interpreter(source)


@pytest.mark.parametrize(
    "data",
    [b"x = (", b"# coding: latin-1\nx = 1\n", b"x = 1\ry = 2\n", b"x = '\xff'\n", b"x = '\0'\n", b"(" * 3000 + b")" * 3000, b"print 1\n"],
)
def test_what_is_odd_is_left_to_libcst(data: bytes) -> None:
    assert parse_native(data) is None


def test_a_declared_encoding_that_is_the_usual_one_is_none() -> None:
    assert parse_native(b"\xef\xbb\xbf# -*- coding: utf-8 -*-\nx = '\xc3\xa9'\n") is not None


def test_a_name_that_is_not_written_in_its_normal_form_is_left_to_libcst() -> None:
    assert by_the_interpreter("\N{LATIN SMALL LIGATURE FI}x.create()\n") is None


def test_escapes_that_mean_nothing_are_no_warning(recwarn: pytest.WarningsRecorder) -> None:
    assert by_the_interpreter("x = '\\d' f'{a}'\n") is not None
    assert [] == list(recwarn)


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="this interpreter knows the syntax itself")
def test_newer_syntax_is_written_otherwise_for_an_older_interpreter() -> None:
    parsed = parse_native(b"type A = B\ndef f[T](): pass\n")
    assert parsed is not None
    assert parsed.older is not None
    assert parsed.older.text == "type;A = B\ndef f   (): pass\n"
