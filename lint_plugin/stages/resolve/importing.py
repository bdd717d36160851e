"""Modules, and what is in them, taken by a name in a string."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from lint_plugin.names import absolute
from lint_plugin.stages.resolve.arguments import Argument, positional
from lint_plugin.stages.resolve.attributes import ancestors, attribute, find_method
from lint_plugin.stages.resolve.frame import Frame
from lint_plugin.stages.resolve.project import FunctionInfo
from lint_plugin.values import EMPTY, HOLE, AnyAttribute, ClassOf, External, ModuleOf, Parameter, Text, Value, Values, join

IMPORTS: Final = frozenset({"import_module", "__import__"})
_DOTTED: Final = re.compile(r"[^\W\d]\w*(?:\.[^\W\d]\w*)*")


def import_module(frame: Frame, arguments: Sequence[Argument]) -> Values:
    """Return the modules that a string names, also from the package of the code that asks."""
    found: set[Value] = set()
    for argument in positional(arguments)[:1]:
        for value in argument.values:
            if isinstance(value, Text) and HOLE not in value.text:
                found.update(frame.module_value(name) for name in _full(frame, value.text))
    return frozenset(found)


def import_string(frame: Frame, arguments: Sequence[Argument]) -> Values:
    """Return what strings such as ``package.module.Class`` or ``package.module:Class`` name."""
    found: set[Value] = set()
    for argument in positional(arguments)[:1]:
        for text in _dotted(argument.values):
            module, _, name = text.rpartition(".")
            if module:
                found |= attribute(frame, frame.module_value(module), name)
    return frozenset(found)


def getattr_of(frame: Frame, arguments: Sequence[Argument]) -> Values:
    """Return what ``getattr`` gives for the names that are known."""
    arguments = positional(arguments)
    if len(arguments) < 2:
        return EMPTY
    found: set[Value] = set()
    asks = frame.function is not None and frame.function.name == "__getattr__"
    names = [value.text for value in arguments[1].values if isinstance(value, Text) and HOLE not in value.text]
    for owner in arguments[0].values:
        if asks and len(names) != 1 and isinstance(owner, (ModuleOf, External)):
            found.add(AnyAttribute(owner))  # a table says in which module each name lies: the one that is asked for is in one of them
            continue
        for name in names:
            found |= attribute(frame, owner, name)
        if not names and asks and any(isinstance(value, Parameter) for value in arguments[1].values):
            found.add(AnyAttribute(owner))
    default = arguments[2].values if len(arguments) > 2 else EMPTY
    return join(frozenset(found), default) if default else frozenset(found)


def stood_for(frame: Frame, cls: ClassOf, arguments: Sequence[Argument]) -> Values:
    """Return the modules that an object stands for: its class imports the module that it was given the name of when first asked."""
    if find_method(frame, cls.key, "__getattr__") is None or not _imports(frame, cls):
        return EMPTY
    return _named(frame, arguments)


def imports_one(frame: Frame, info: FunctionInfo, arguments: Sequence[Argument]) -> bool:
    """Tell whether a function that imports by name is given the name of a module that matters."""
    return not IMPORTS.isdisjoint(info.idents) and bool(_named(frame, arguments))


def _imports(frame: Frame, cls: ClassOf) -> bool:
    for base in ancestors(frame, cls.key):
        info = frame.machine.classes.get(base.key) if isinstance(base, ClassOf) else None
        if info is not None and any(not IMPORTS.isdisjoint(method.idents) for method in info.methods.values()):
            return True
    return False


def _named(frame: Frame, arguments: Sequence[Argument]) -> Values:
    modules = (frame.module_value(text) for argument in arguments for text in _dotted(argument.values))
    return frozenset(module for module in modules if isinstance(module, ModuleOf) or frame.machine.matters(module))


def _dotted(values: Iterable[Value]) -> Iterator[str]:
    for value in values:
        text = value.text.replace(":", ".") if isinstance(value, Text) else ""
        if _DOTTED.fullmatch(text):
            yield text


def _full(frame: Frame, name: str) -> list[str]:
    """Return the names that a module can have: one with dots before it lies in the package of the code that asks."""
    bare = name.lstrip(".")
    if bare == name:
        return [name]
    return [found for package in frame.module.package() for found in [absolute(bare, len(name) - len(bare), package)] if found]
