"""What an attribute of a value is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from cost_lib.catalog.model import Bills
from lint_plugin import ir
from lint_plugin.names import joined
from lint_plugin.stages.resolve import library
from lint_plugin.stages.resolve.asking import answered
from lint_plugin.stages.resolve.containers import FIELDS, NAMESPACE, items
from lint_plugin.stages.resolve.frame import Frame
from lint_plugin.stages.resolve.holding import own_of
from lint_plugin.stages.resolve.project import ClassInfo, FunctionInfo, decorator_names
from lint_plugin.values import (
    EMPTY,
    NONE,
    AnyAttribute,
    ClassOf,
    Container,
    External,
    FunctionOf,
    Instance,
    Method,
    ModuleOf,
    Object,
    Pending,
    Sanctioned,
    Stack,
    Super,
    Text,
    Unknown,
    Value,
    Values,
)

DEPTH = 8  # attributes and calls followed on a name whose module is not lowered yet
PROPERTY = frozenset({"property", "cached_property", "functools.cached_property", "builtins.property", "abc.abstractproperty"})


def attribute(frame: Frame, value: Value, name: str) -> Values:
    """Return what ``value.name`` can be."""
    if isinstance(value, External):
        return _of_external(frame, value, name)
    if isinstance(value, Instance):
        return of_instance(frame, value, name)
    if isinstance(value, Object):
        return _of_object(frame, value, name)
    if isinstance(value, ModuleOf):
        return of_module(frame, value, name)
    if isinstance(value, ClassOf):
        return _of_class(frame, value, name)
    if isinstance(value, Text):
        return frozenset({value}) if name == "value" else frozenset({Method(value, name)})
    if isinstance(value, Container) and value.kind == NAMESPACE:
        return items(frame, value, frozenset({Text(name)})) or frozenset({Method(value, name)})
    if isinstance(value, (Container, Stack)):
        return frozenset({Method(value, name)})
    if isinstance(value, Super):
        return _of_super(frame, value, name)
    if isinstance(value, Pending):
        return frozenset({Pending(value.path, f"{value.name}.{name}")}) if value.name.count(".") < DEPTH else EMPTY
    if isinstance(value, Sanctioned):
        return frozenset({value})
    if isinstance(value, FunctionOf):
        return _of_function(frame, value, name)
    return EMPTY


def _of_function(frame: Frame, value: FunctionOf, name: str) -> Values:
    if name == "__wrapped__":
        return frozenset({value})
    tasks = frame.machine.read(("task", value.key, ""), frame.unit)
    return frame.machine.read(("attr", value.key, name), frame.unit).union(*(attribute(frame, task, name) for task in tasks))


def _of_external(frame: Frame, value: External, name: str) -> Values:
    dotted = f"{value.name}.{name}"
    project = frame.machine.project
    if project.is_package(value.name) or project.find(dotted, frame.module):
        path = project.find(dotted, frame.module)
        if path is not None:
            return frozenset({ModuleOf(path)})
    return frozenset({External(dotted, value.tags)})


def of_module(frame: Frame, value: ModuleOf, name: str) -> Values:
    """Return a global of a project module, or a module below it."""
    machine = frame.machine
    module = machine.project.modules.get(value.path)
    if module is None:
        below = _submodule(frame, value.path, name)
        machine.read(("loaded", value.path, ""), frame.unit)
        return below or frozenset({Pending(value.path, name)})
    for dotted in module.names:
        if f"{dotted}.{name}" in machine.wrappers.by_name:
            return frozenset({External(f"{dotted}.{name}")})
    found = frame.global_of(value.path, name) or frame.starred(value.path, name)
    if found:
        return found
    below = _submodule(frame, value.path, name)
    if below or machine.has(("global", value.path, name)):
        return below
    lazy = machine.read(("global", value.path, "__getattr__"), frame.unit)
    given = [found for item in lazy if isinstance(item, FunctionOf) for found in answered(frame, item.key, name, any_other=True)]
    return frozenset(item for item in given if not isinstance(item, AnyAttribute)) | _asked(frame, value.path, name, given)


def _submodule(frame: Frame, path: str, name: str) -> Values:
    project = frame.machine.project
    folder, _, file = path.rpartition("/")
    if file not in ("__init__.py", "__init__.pyi"):
        return EMPTY
    for candidate in (
        f"{folder}/{name}.py" if folder else f"{name}.py",
        f"{folder}/{name}/__init__.py" if folder else f"{name}/__init__.py",
    ):
        if project.knows(candidate):
            return frozenset({ModuleOf(candidate)})
    return EMPTY


def of_instance(frame: Frame, value: Instance, name: str) -> Values:
    """Return a resource or bound method of a catalogued client; empty when the surface has no such attribute."""
    path = joined(value.path, name)
    if library.knows(value.cls):
        return frozenset({_with_path(value, path)})
    catalog = frame.machine.catalog
    entry = catalog.client(value.cls)
    if entry is None:
        return EMPTY
    known = catalog.method(entry, path) is not None or catalog.prefix(entry, path) or catalog.is_same(entry, name)
    if known or name in ENTERING:
        return frozenset({_with_path(value, path)})
    held = dict(entry.client.attributes).get(path)
    return frozenset({_with_path(_with_class(value, held), "")}) if held else EMPTY


ENTERING = frozenset({"__enter__", "__aenter__", "__call__"})


def _with_path(value: Instance, path: str) -> Instance:
    return Instance(value.cls, path, value.tags, value.bills, value.provider, value.model, value.via, "", value.url)


def _with_class(value: Instance, cls: str) -> Instance:
    return Instance(cls, "", value.tags, value.bills, value.provider, value.model, value.via, "", value.url)


def is_billable(frame: Frame, value: Value) -> bool:
    """Tell whether calling this very value makes a provider charge."""
    catalog = frame.machine.catalog
    if isinstance(value, Instance) and value.path and value.bills and not library.knows(value.cls):
        entry = catalog.client(value.cls)
        method = catalog.method(entry, value.path) if entry is not None else None
        return method is not None and method.bills is not Bills.FREE
    if isinstance(value, External):
        found = catalog.function(value.name)
        return found is not None and found.function.bills is not Bills.FREE and not found.function.returns
    return False


# --- objects and classes of the project ---


def ancestors(frame: Frame, key: str) -> list[Value]:
    """Return a class and its bases, depth first: ``ClassOf`` for the project's, ``External`` for others."""
    machine = frame.machine
    machine.read(("bases", key, ""), frame.unit)
    known = machine.lineages.get(key)
    if known is not None:
        return known
    found: list[Value] = []
    todo: list[Value] = [ClassOf(key)]
    while todo:
        value = todo.pop(0)
        if value in found:
            continue
        found.append(value)
        if isinstance(value, ClassOf):
            bases = machine.read(("bases", value.key, ""), frame.unit)
            todo[:0] = sorted((base for base in bases if isinstance(base, (ClassOf, External))), key=repr)
    machine.lineages[key] = found
    return found


def descendants(frame: Frame, key: str) -> Sequence[str]:
    """Return the keys of the project's classes that inherit from one."""
    machine = frame.machine
    machine.read(("subclasses", key, ""), frame.unit)
    return machine.families.below(key)


def catalogued_base(frame: Frame, key: str) -> External | None:
    """Return the catalogued class that a project class extends, unless it is an abstract one."""
    for base in ancestors(frame, key):
        if isinstance(base, External):
            entry = frame.machine.catalog.client(base.name)
            if entry is not None and not entry.client.abstract:
                return base
    return None


def find_method(frame: Frame, key: str, name: str) -> FunctionInfo | None:
    """Return the function that a class, or the nearest of its bases, defines under a name."""
    for cls in ancestors(frame, key):
        if isinstance(cls, ClassOf):
            info = frame.machine.classes.get(cls.key)
            if info is not None and name in info.methods:
                return info.methods[name]
    return None


def _of_object(frame: Frame, value: Object, name: str) -> Values:
    own = frame.env.get(f"\0attr\0{value.key}\0{name}")
    if own is not None:
        return own if frame.knows(own) or own == NONE else frame.or_promised(own, _declared(frame, value, name))
    found = _of_any_object(frame, value, name)
    return own_of(frame, value, name, found) if value.held else found


def _of_any_object(frame: Frame, value: Object, name: str) -> Values:
    if name == "__class__":
        return frozenset({ClassOf(value.key)})
    if name == "__dict__":
        return frozenset({Container(value.key, FIELDS)})
    found: set[Value] = set()
    for base in ancestors(frame, value.key):
        if isinstance(base, ClassOf):
            here = _member(frame, base.key, name, value)
            found |= here
            if any(not isinstance(item, Unknown) for item in here):
                break
    if not value.exact:
        frame.machine.read(("members", value.key, name), frame.unit)  # to be told when another of them gets it
        for key in frame.machine.families.having(name, descendants(frame, value.key)):
            found |= _member(frame, key, name, value)
        if all(isinstance(item, Unknown) for item in found):
            found |= _beside(frame, value, name)
    if frame.knows(frozenset(found)):
        return frozenset(found)
    declared = _declared(frame, value, name)
    if declared:
        return frame.or_promised(frozenset(found), declared)
    if any(not isinstance(item, Unknown) for item in found):
        return frozenset(found)
    inherited = _from_catalogued_base(frame, value, name)
    return inherited or _dynamic(frame, value, name) or frozenset(found)


def _beside(frame: Frame, value: Object, name: str) -> Values:
    """Return what a mixin finds in the other bases of the classes that it is mixed into."""
    own = ancestors(frame, value.key)
    others = {base: None for key in descendants(frame, value.key) for base in ancestors(frame, key)[1:] if isinstance(base, ClassOf)}
    return frozenset(item for base in others if base not in own for item in _member(frame, base.key, name, value))


def _declared(frame: Frame, value: Object, name: str) -> Values:
    for base in ancestors(frame, value.key):
        if isinstance(base, ClassOf):
            found = frame.machine.read(("declared", base.key, name), frame.unit)
            if found:
                return found if frame.machine.fallback else EMPTY
    return EMPTY


def _from_catalogued_base(frame: Frame, value: Object, name: str) -> Values:
    base = catalogued_base(frame, value.key)
    if base is None:
        return EMPTY
    entry = frame.machine.catalog.client(base.name)
    if entry is None:
        return EMPTY
    return of_instance(frame, Instance(entry.canonical, "", value.tags), name)


def _dynamic(frame: Frame, value: Object, name: str) -> Values:
    lazy = find_method(frame, value.key, "__getattr__")
    if lazy is None or name.startswith("__"):
        return EMPTY
    frame.machine.activate(lazy)
    # what else it returns belongs to some names and not to others
    given = _asked(frame, value.key, name, frame.machine.read(("return", lazy.key, ""), frame.unit))
    return given | answered(frame, lazy.key, name, any_other=False)


def _asked(frame: Frame, owner: str, name: str, given: Iterable[Value]) -> Values:
    """Return what a ``__getattr__`` hands on when it is asked for a name."""
    asked = frame.machine.delegating
    if (owner, name) in asked:
        return EMPTY  # it delegates to itself
    asked.add((owner, name))
    try:
        return frozenset(found for item in given if isinstance(item, AnyAttribute) for found in attribute(frame, item.base, name))
    finally:
        asked.discard((owner, name))


def _member(frame: Frame, key: str, name: str, receiver: Value) -> Values:
    """Return a class's own attribute as seen through an instance."""
    machine = frame.machine
    values = frame.fresh(machine.read(("attr", key, name), frame.unit))
    info = machine.classes.get(key)
    method = info.methods.get(name) if info is not None else None
    if method is None:
        return values.union(*(_described(frame, value) for value in values if isinstance(value, Object)))
    return frozenset(item for item in values if not isinstance(item, FunctionOf) or item.key != method.key) | _bound(
        frame, method, receiver
    )


def _described(frame: Frame, value: Object) -> Values:
    """Return what a descriptor in a class gives in its place."""
    info = frame.machine.classes.get(value.key)
    getter = info.methods.get("__get__") if info is not None else None
    if getter is None:
        return EMPTY
    frame.machine.activate(getter)
    return frame.machine.read(("return", getter.key, ""), frame.unit)


def nth(frame: Frame, value: Object, number: int) -> Values:
    """Return what a named tuple holds at a place."""
    info = frame.machine.classes.get(value.key)
    if info is None or External("typing.NamedTuple") not in frame.machine.read(("bases", value.key, ""), frame.unit):
        return EMPTY
    fields = [node.targets[0] for node in info.code.body if isinstance(node, ir.Assign) and node.annotation is not None]
    field = fields[number] if number < len(fields) else None
    return attribute(frame, value, field.id) if isinstance(field, ir.Name) else EMPTY


def _bound(frame: Frame, method: FunctionInfo, receiver: Value) -> Values:
    machine = frame.machine
    kinds = decorator_names(method)
    if kinds & PROPERTY or any(kind.endswith((".setter", "property")) for kind in kinds):
        machine.activate(method)
        return machine.read(("return", method.key, ""), frame.unit) or machine.read(("yield", method.key, ""), frame.unit)
    if "staticmethod" in kinds:
        return frozenset({FunctionOf(method.key)})
    if "classmethod" in kinds and isinstance(receiver, Object):
        return frozenset({FunctionOf(method.key, ClassOf(receiver.key))})
    tags = receiver.tags if isinstance(receiver, Object) else None
    return frozenset({FunctionOf(method.key, receiver, tags)})


def _of_class(frame: Frame, value: ClassOf, name: str) -> Values:
    for base in ancestors(frame, value.key):
        if isinstance(base, External):
            continue
        if not isinstance(base, ClassOf):
            continue
        info = frame.machine.classes.get(base.key)
        method = info.methods.get(name) if info is not None else None
        if method is not None:
            if "classmethod" in decorator_names(method):
                return frozenset({FunctionOf(method.key, ClassOf(value.key))})
            return frozenset({FunctionOf(method.key)})
        found = frame.machine.read(("attr", base.key, name), frame.unit)
        if found:
            return found
    return _of_outside_base(frame, value.key, name)


def _of_outside_base(frame: Frame, key: str, name: str) -> Values:
    """Return what a class has from a catalogued class, or from one with catalogued class methods."""
    base = catalogued_base(frame, key)
    if base is not None:
        return frozenset({External(f"{base.name}.{name}")})
    outside = [f"{item.name}.{name}" for item in ancestors(frame, key) if isinstance(item, External)]
    return frozenset(External(dotted) for dotted in outside if frame.machine.catalog.function(dotted) is not None)


def _of_super(frame: Frame, value: Super, name: str) -> Values:
    bases = ancestors(frame, value.key)[1:]
    for base in bases:
        if isinstance(base, ClassOf):
            info: ClassInfo | None = frame.machine.classes.get(base.key)
            method = info.methods.get(name) if info is not None else None
            if method is not None:
                return _bound(frame, method, value.receiver)
            found = frame.machine.read(("attr", base.key, name), frame.unit)
            if found:
                return found
    if isinstance(value.receiver, Object):
        return _from_catalogued_base(frame, value.receiver, name)
    return _of_outside_base(frame, value.key, name)
