"""IPython's own syntax becomes Python of the same shape."""

from __future__ import annotations

import libcst
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lint_plugin.magics import to_python

LINES = [
    "%time x = f()",
    "!ls 'it",
    "%%bash",
    "x = !ls",
    "s = '''",
    "'''",
    "if x:",
    "    %cd ..",
    "y = (1,",
    ")",
    "?f",
    "f?",
    "f(a) # why?",
    "a = 1 \\",
    "",
    "%%time",
]


@pytest.mark.parametrize(
    ("cell", "python"),
    [
        ("%time client.chat()", "0;    client.chat()"),
        ("%time x = client.chat()", "0;    x = client.chat()"),
        ("x = %time client.chat()", "x =       client.chat()"),
        ("%timeit -n 10 -r3 client.chat()", "0;                client.chat()"),
        ("t = %timeit -o -n 3 f()", "t =                 f()"),
        ("%prun -s cumulative -q f()", "0;                     f()"),
        ("%%time\nclient.chat()", "\nclient.chat()"),
        ("%%time\n\nx = '''\n%no\n'''", "\n\nx = '''\n%no\n'''"),
        ("%%timeit -n 5 c = f()\nc.chat()", "0;            c = f()\nc.chat()"),
        ("\n%%capture out\n%%time\nf()", "\n\n\nf()"),
        ("%%bash\nls (\n", "\n\n"),
        ("%%html\n<b>it's</b>", "\n"),
        ("%%unknown\nlanguage?", "\n"),
        ("!pip install openai", "0"),
        ('!echo "it\'s"\nf()', "0\nf()"),
        ("!pip install a \\\n  b\nf()", "0\n\nf()"),
        ("files = !ls | grep 'x\nf()", "files = 0\nf()"),
        ("a, b = !ls", "a, b = 0"),
        ("d['k'] = !ls", "d['k'] = 0"),
        ("if x:\n    !ls\n    %cd ..\n    f()", "if x:\n    0\n    0\n    f()"),
        ("?f", "0"),
        ("f?", "0"),
        ("f.g??", "0"),
        ("%time?", "0"),
        ("/f a b", "0"),
        (",f a b", "0"),
        ("pip install -q openai", "0"),
        ("cd ..", "0"),
        ("%load_ext autoreload\n%autoreload 2\nimport x", "0\n0\nimport x"),
        ("%timeit for x in y: f(x)", "0"),
        ("await f()\n%env A=1", "await f()\n0"),
    ],
)
def test_magics_give_way_and_the_rest_keeps_its_place(cell: str, python: str) -> None:
    assert python == to_python(cell)


@pytest.mark.parametrize(
    "cell",
    [
        "x = (a\n% b)",
        "x = a \\\n% b",
        's = """\n!ls\n%cd\nf?\n"""',
        "s = f'{x!r}'",
        "a != b",
        "x = 'why?'  # why?",
        "pip = 1\nls = [pip]\ncat in dog",
        "git(x)\nx['a = !b'] = 1",
        'f"""{x\n!r}\n%no"""',
        "x = 5 % 3",
    ],
)
def test_python_is_left_alone(cell: str) -> None:
    assert cell == to_python(cell)


@given(st.lists(st.sampled_from(LINES), max_size=12).map("\n".join))
def test_lines_are_never_added_or_lost(cell: str) -> None:
    assert cell.count("\n") == to_python(cell).count("\n")


@given(st.lists(st.sampled_from([line for line in LINES if line[:1] in "%!?x" and not line.startswith("%%")]), max_size=12).map("\n".join))
def test_magics_alone_leave_valid_python(cell: str) -> None:
    assert libcst.parse_module(to_python(cell)).code == to_python(cell)
