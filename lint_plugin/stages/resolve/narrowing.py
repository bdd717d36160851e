"""What ``isinstance`` tells of something that nothing else is known of.

A promise is kept among the variables, so that it holds on the paths on which the test does and nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lint_plugin import ir
from lint_plugin.stages.resolve.annotations import instances, may_matter
from lint_plugin.stages.resolve.frame import Frame
from lint_plugin.stages.resolve.library import dotted
from lint_plugin.values import Container, Number, Parameter, Text, Unknown, Value, Values

IS: Final = "\0is\0"  # begins the key of a promise, followed by what was tested as it is written


# What values of the built-in types are; a parameter stays the symbol that it is.
_OPEN: Final = (Parameter, Unknown)
PLAIN: Final[dict[str, tuple[type[Value], ...]]] = {
    "str": (Text, *_OPEN),
    "bytes": (Text, *_OPEN),
    "int": (Number, *_OPEN),
    "float": (Number, *_OPEN),
    "bool": (Number, *_OPEN),
    "dict": (Container, *_OPEN),
    "list": (Container, *_OPEN),
    "tuple": (Container, *_OPEN),
    "set": (Container, *_OPEN),
}


def says_something(test: ir.Expr) -> bool:
    """Tell whether a test holds an ``isinstance`` that can be used."""
    return any(True for _ in (*_positive(test), *_negative(test)))


def narrow(frame: Frame, test: ir.Expr, *, holds: bool) -> None:
    """Keep what a test says on the path on which it holds, or fails."""
    for subject, kind in _positive(test) if holds else _negative(test):
        text = dotted(subject)
        if isinstance(subject, ir.Name) and isinstance(kind, ir.Name) and kind.id in PLAIN and subject.id in frame.env:
            frame.env[subject.id] = frozenset(value for value in frame.env[subject.id] if isinstance(value, PLAIN[kind.id]))
        kinds = kind.items if isinstance(kind, ir.Seq) else (kind,)
        if text and any(may_matter(item) for item in kinds):
            promised = frozenset(found for item in kinds for found in instances(frame, item))
            if frame.machine.falls_back_on(promised):
                frame.env[IS + text] = promised
                frame.narrowed = True


def narrowed(frame: Frame, node: ir.Attr, values: Values) -> Values:
    """Return the values of an attribute, or what a test before has said of it."""
    promised = frame.env.get(IS + dotted(node))
    return values if promised is None else frame.or_tested(values, promised)


def widen(frame: Frame, node: ir.Attr) -> None:
    """Forget what was said of an attribute that is set."""
    if frame.narrowed:
        frame.env.pop(IS + dotted(node), None)


def _positive(test: ir.Expr) -> Iterator[tuple[ir.Expr, ir.Expr]]:
    """Yield subject and type of each ``isinstance`` that holds when a test does."""
    if isinstance(test, ir.Call):
        if isinstance(test.func, ir.Name) and test.func.id == "isinstance" and len(test.args) == 2:
            yield test.args[0].value, test.args[1].value
    elif isinstance(test, ir.Either) and len(test.options) == len(test.tests) == 1:  # ``a and b``
        yield from _positive(test.tests[0])
        yield from _positive(test.options[0])


def _negative(test: ir.Expr) -> Iterator[tuple[ir.Expr, ir.Expr]]:
    """Yield those that hold when a test fails: ``not isinstance(...)``, alone or beside others."""
    if isinstance(test, ir.Multi) and len(test.items) == 1:
        yield from _positive(test.items[0])
    elif isinstance(test, ir.Either) and not test.tests:  # ``a or b``
        for option in test.options:
            yield from _negative(option)
