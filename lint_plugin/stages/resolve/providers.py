"""Containers of dependency_injector: what calling one of its providers gives."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from lint_plugin.stages.resolve.arguments import Argument
from lint_plugin.stages.resolve.billing import build
from lint_plugin.stages.resolve.binding import construct, result
from lint_plugin.stages.resolve.frame import Frame
from lint_plugin.values import EMPTY, ClassOf, External, FunctionOf, Maker, Object, Value, Values

LIBRARY: Final = "dependency_injector.providers."
OBJECT: Final = LIBRARY + "Object"
MAKING: Final = frozenset(
    LIBRARY + name
    for name in (
        "Callable",
        "ContextLocalSingleton",
        "Coroutine",
        "Factory",
        "Resource",
        "Singleton",
        "ThreadLocalSingleton",
        "ThreadSafeSingleton",
    )
)


def provider(frame: Frame, name: str, arguments: Sequence[Argument], pos: int) -> Values:
    """Return a provider: calling it gives what its first argument makes of the others, providers among them called first."""
    if not arguments:
        return EMPTY
    if name == OBJECT:
        return frozenset({Maker(arguments[0].values)})
    given = [argument._replace(values=_called(argument.values)) for argument in arguments[1:]]
    made = frozenset(found for value in arguments[0].values for found in _made(frame, value, given, pos))
    return frozenset({Maker(made)}) if made else EMPTY


def _made(frame: Frame, value: Value, arguments: Sequence[Argument], pos: int) -> Values:
    if isinstance(value, ClassOf):
        return frozenset(construct(frame, value, arguments, pos, "")) | {Object(value.key)}
    if isinstance(value, FunctionOf):
        return result(frame, value)
    entry = frame.machine.catalog.client(value.name) if isinstance(value, External) else None
    return build(frame, entry, arguments, None) if entry is not None else EMPTY


def _called(values: Values) -> Values:
    return frozenset(found for value in values for found in (value.options if isinstance(value, Maker) else (value,)))
