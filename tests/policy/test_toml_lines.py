"""Where keys stand in a TOML text, held against the standard library's reader."""

from __future__ import annotations

import re
import tomllib
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cost_lib.toml_lines import Key, find_lines


def paths(value: Any, at: Key = ()) -> dict[Key, Any]:
    """Return every path of a TOML content with what stands there."""
    found = {at: value} if at else {}
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, child in children:
        found |= paths(child, (*at, key))
    return found


NAMES = st.sampled_from(["a", "b", '"c.d"', "'e f'", "g-h", '"\\u0069"', '"\\""', "1"])
UNIQUE = st.sampled_from(["~", '"~ x"', "'~.y'"])  # the tilde becomes a number, so that keys seldom collide
SCALARS = st.sampled_from(
    ['"@"', "'@'", '"@ \\" ] } # , \\\\"', '"""@\n[x]\nk = 1 \\""" """""', "'''@\n# \"\n]'''''", "@", "@.5", "[]", "{}"]
)
DOTTED = st.lists(UNIQUE, min_size=1, max_size=2).map(".".join)
BREAKS = st.sampled_from(["", " ", "\n", " # ] @\n  "])


def arrays(values: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    items = st.lists(st.tuples(BREAKS, values, BREAKS).map("".join), max_size=3)
    return st.tuples(items, st.sampled_from(["", ",\n"])).map(lambda made: f"[{', '.join(made[0])}{made[1] if made[0] else ''}]")


def tables(values: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.lists(st.tuples(DOTTED, values).map(" = ".join), max_size=3).map(lambda pairs: f"{{ {', '.join(pairs)} }}")


VALUES = st.recursive(SCALARS, lambda inner: arrays(inner) | tables(inner), max_leaves=6)
HEADERS = st.lists(NAMES, min_size=1, max_size=3).map(" . ".join).flatmap(lambda name: st.sampled_from([f"[{name}]", f"[[ {name} ]] # x"]))
STATEMENTS = HEADERS | st.tuples(DOTTED, VALUES).map(" = ".join) | st.sampled_from(["", "# [a]"])


@st.composite
def documents(draw: st.DrawFn) -> str:
    numbers = iter(range(10_000))
    text = "\n".join(draw(st.lists(STATEMENTS, max_size=12)))
    return re.sub("[~@]", lambda _: str(1000 + next(numbers)), text)


@given(documents())
def test_every_path_that_tomllib_reads_has_a_line_and_no_other(text: str) -> None:
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        assume(condition=False)
    assert set(paths(content)) == set(find_lines(text))


@given(documents())
def test_the_line_of_a_scalar_is_the_one_that_holds_its_marker(text: str) -> None:
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        assume(condition=False)
    markers = {path: re.match(r"\d{4}", str(value)) for path, value in paths(content).items() if isinstance(value, str | int | float)}
    expected = {path: text[: text.index(marker[0])].count("\n") + 1 for path, marker in markers.items() if marker}
    lines = find_lines(text)
    assert expected == {path: lines[path] for path in expected}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a = 1\n\n# b = 2\nb = 3", {("a",): 1, ("b",): 4}),
        ("a = 1\r\nb = 2\r\n", {("a",): 1, ("b",): 2}),
        ("[x]\n\n[x.y]\nk = 1", {("x",): 1, ("x", "y"): 3, ("x", "y", "k"): 4}),
        ("[x.y]\n[x]\n", {("x",): 2, ("x", "y"): 1}),
        ("[[t]]\na = 1\n[[t]]\na = 2", {("t",): 1, ("t", 0): 1, ("t", 0, "a"): 2, ("t", 1): 3, ("t", 1, "a"): 4}),
        ("[[t]]\n[t.s]\n[[t]]\n[t.s]", {("t",): 1, ("t", 0): 1, ("t", 0, "s"): 2, ("t", 1): 3, ("t", 1, "s"): 4}),
        ('a = [\n  "x", # ]\n  "y",\n]', {("a",): 1, ("a", 0): 2, ("a", 1): 3}),
        ('a = """\n[b]\n"""\nc = 1', {("a",): 1, ("c",): 4}),
        ('"a\\tb"."\\u00e9" = 1', {("a\tb",): 1, ("a\tb", "é"): 1}),
        ("when = 1979-05-27 07:32:00\nnext = 1", {("when",): 1, ("next",): 2}),
    ],
)
def test_keys_are_found_on_the_lines_where_they_are_written(text: str, expected: dict[Key, int]) -> None:
    assert expected == find_lines(text)


def test_nesting_as_deep_as_the_reader_takes_is_no_trouble() -> None:
    text = f"a = {'[' * 150}1{']' * 150}"
    assert set(paths(tomllib.loads(text))) == set(find_lines(text))


def test_a_text_that_is_not_toml_is_refused() -> None:
    with pytest.raises(ValueError, match="line 2 is not valid TOML"):
        find_lines("a = 1\nb = 'x")
