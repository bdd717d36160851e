"""Every node class of the installed libcst is walked: nothing raised, no name overlooked, each at the place that libcst gives it."""

from __future__ import annotations

import inspect
from collections.abc import Iterator

import libcst as cst
import msgspec
import pytest
from libcst.metadata import MetadataWrapper, PositionProvider

from lint_plugin import ir
from lint_plugin.stages.summarize import summarize
from lint_plugin.stages.summarize.positions import MetadataPositions
from lint_plugin.stages.summarize.statements import StatementWalk
from lint_plugin.tokens import Lines

DEEP = "deep"
ABSTRACT = {cst.CSTNode, cst.MatchPattern, cst.MatchSequence}
# Each hides the name ``deep`` in its innermost places. Two nodes are whitespace that only stands inside others.
SOURCES = (
    "import a.b as c, d  # why\n\nfrom . import e as f\nfrom .g import (h, i)\nfrom j import *\ndeep()\n",
    "lazy import a.b as c\nlazy from d import e\ndeep()\n",
    "x = y = deep.a.b\n(x, *y), [z, *w] = deep\nx: list[deep] = deep\nx: int\ndeep.a, deep[deep:1:deep, ...] = 1, 2\n",
    "x += deep; x -= deep; x *= deep; x /= deep; x //= deep; x %= deep; x **= deep; x @= deep\n",
    "x &= deep; x |= deep; x ^= deep; x <<= deep; x >>= deep\n",
    "deep + deep - deep * deep / deep // deep % deep ** deep @ deep & deep | deep ^ deep << deep >> deep\n-deep, +deep, ~deep, not deep\n",
    "deep < deep <= deep > deep >= deep == deep != deep in deep not in deep is deep is not deep\ndeep and deep or deep\n",
    "deep if deep else deep\n(x := deep)\nlambda a, /, b=deep, *c, d=deep, **e: deep\nlambda *, a: deep\nawait deep\n",
    "[deep, *deep]\n{deep, *deep}\n(deep, *deep)\n{deep: deep, **deep}\n(\n    deep,  # why\n)\n",
    "[deep for a in deep if deep]\n{deep for a in deep}\n{deep: deep for a in deep}\n(deep async for a in deep for b in deep)\n",
    "{**deep for a in deep}\n[*deep for a in deep]\n",
    "deep(deep, *deep, key=deep, **deep)\ndeep(deep for a in deep)\n",
    "1; 1.5; 2j; ...; None; 'a' 'b' f'{1}'; b'c'\ndeep\n",
    "f'a{deep!r:>{deep}}b' + f'{deep=}'\nt'{deep}c'\ndeep\n",
    "@deep\n@deep(deep)\nasync def f[T: int = int, *Ts, **P](a: deep, /, b=deep, *c: deep, d, **e: deep) -> deep:\n    return deep\n",
    "def f():\n    global g\n    yield deep\n    yield from deep\n",
    "def f(*, a=deep):\n    x = deep\n    def g():\n        nonlocal x\n        return deep\n    return\n",
    "@deep\nclass A[T](deep, *deep, key=deep, **deep):\n    x = deep\n    def m(self): return deep\n\ntype B[T] = deep\n",
    "if deep: deep\nelif deep:\n    deep\nelse:\n    deep\nassert deep, deep\ndel deep.a, deep[0], (deep.b)\n",
    "for a, deep.b in deep:\n    break\nelse:\n    deep\nwhile deep:\n    continue\nelse:\n    deep\nasync for a in deep: pass\n",
    "try:\n    deep\nexcept deep as a:\n    raise deep from deep\nexcept:\n    raise\nelse:\n    deep\nfinally:\n    deep\n",
    "try:\n    deep\nexcept* deep as a:\n    deep\n",
    "with deep as a, deep(deep) as deep.b: deep\nasync with (deep as a, deep):\n    deep\n",
    "match deep:\n    case 1 | -1 | 'a' | deep.b: deep\n    case None | True: deep\n    case [a, *b] if deep: deep\n",
    "match deep:\n    case (c, _): deep\n    case {'k': d, deep.e: f, **rest}: deep\n    case deep.C(g, key=deep.h): deep\n",
    "match deep:\n    case [i] as j: deep\n    case _:\n        deep\n",
)


def concrete() -> set[type[cst.CSTNode]]:
    """Return the node classes that can stand in a tree."""
    members = (member for _, member in inspect.getmembers(cst, inspect.isclass) if issubclass(member, cst.CSTNode))
    return {member for member in members if not member.__name__.startswith("Base")} - ABSTRACT


def nodes(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """Yield a node and everything below it."""
    yield node
    for child in node.children:
        yield from nodes(child)


def expected(source: str) -> set[int]:
    """Return where libcst sees the name; inside a formatted string that is where the string begins."""
    wrapper = MetadataWrapper(cst.parse_module(source), unsafe_skip_copy=True)
    ranges = wrapper.resolve(PositionProvider)
    lines = Lines(source)

    def below(node: cst.CSTNode, string: int) -> Iterator[int]:
        at = lines.start(ranges[node].start.line) + ranges[node].start.column if node in ranges else string
        if string < 0 and isinstance(node, (cst.FormattedString, cst.TemplatedString)):
            string = at
        if isinstance(node, cst.Name) and node.value == DEEP:
            yield at if string < 0 else string
        for child in node.children:
            yield from below(child, string)

    return set(below(wrapper.module, -1))


def lowered(node: object) -> Iterator[int]:
    """Yield the positions of the name in the intermediate form."""
    if isinstance(node, ir.Name) and node.id == DEEP:
        yield node.pos
    if isinstance(node, msgspec.Struct):
        for field in node.__struct_fields__:
            yield from lowered(getattr(node, field))
    elif isinstance(node, tuple):
        for item in node:
            yield from lowered(item)


def test_every_node_class_has_a_source() -> None:
    seen = {type(node) for source in SOURCES for node in nodes(cst.parse_module(source))}
    assert set() == concrete() - seen


@pytest.mark.parametrize("source", SOURCES)
def test_no_name_is_overlooked_and_each_stands_where_libcst_puts_it(source: str) -> None:
    assert expected(source) == set(lowered(summarize(cst.parse_module(source), source)))


@pytest.mark.parametrize("source", SOURCES)
def test_the_token_scan_gives_the_positions_of_libcst(source: str) -> None:
    tree = cst.parse_module(source)
    body, idents = StatementWalk(MetadataPositions(tree, source)).module(tree)
    assert ir.Module(body, idents, exact=True) == summarize(tree, source)
