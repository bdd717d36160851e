"""Lists, dicts and tuples: known by the place that makes them, their contents kept in the stores."""

from __future__ import annotations

from lint_plugin.stages.resolve.frame import Frame
from lint_plugin.values import EMPTY, HOLE, Container, Number, Text, Value, Values

KEYWORDS = "kwargs"  # the kind of the dict that takes a function's other keyword arguments
FIELDS = "fields"  # the kind of the dict of an object's own attributes; its site is the key of the class
ANY = "\0any"  # everything that a container holds, under whatever key


def make(site: str, kind: str) -> Container:
    """Return the container that a place makes."""
    return Container(site, kind)


def put(frame: Frame, container: Container, key: str, values: Values) -> None:
    """Put values under a key; the empty key stands for any."""
    machine = frame.machine
    if container.kind == FIELDS:
        if key:
            machine.write(("attr", container.site, key), values)
        return
    machine.write(("item", container.site, key), values)
    machine.write(("item", container.site, ANY), values)
    if key:
        machine.write(("keys", container.site, ""), frozenset({Text(key)}))


def keys(frame: Frame, container: Container) -> list[str]:
    """Return the literal keys that were ever used."""
    found = frame.machine.read(("keys", container.site, ""), frame.unit)
    return sorted(value.text for value in found if isinstance(value, Text))


def is_open(frame: Frame, container: Container) -> bool:
    """Tell whether a dict may have keys that nobody wrote down: it is the ``**kwargs`` of a function, or filled from something unknown."""
    return container.kind == KEYWORDS or bool(frame.machine.read(("item", container.site, ""), frame.unit))


def items(frame: Frame, value: Value, index: Values = EMPTY) -> Values:
    """Return what a container holds under ``index``, or anywhere when the index is unknown."""
    if not isinstance(value, Container):
        return EMPTY
    machine = frame.machine
    names = [_key(item) for item in index]
    if value.kind == FIELDS:
        return frozenset(found for name in names if name for found in machine.read(("attr", value.site, name), frame.unit))
    if names and all(name is not None for name in names):
        found: set[Value] = set(machine.read(("item", value.site, ""), frame.unit))
        for name in names:
            found |= machine.read(("item", value.site, name or ""), frame.unit)
        return frozenset(found)
    return machine.read(("item", value.site, ANY), frame.unit)


def _key(value: Value) -> str | None:
    if isinstance(value, Text) and HOLE not in value.text:
        return value.text
    if isinstance(value, Number) and value.text.isdigit():
        return value.text
    return None
