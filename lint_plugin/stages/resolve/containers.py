"""Lists, dicts and tuples: known by the place that makes them, their contents kept in the stores."""

from __future__ import annotations

from lint_plugin.ordering import ordered
from lint_plugin.stages.resolve.frame import Frame
from lint_plugin.values import EMPTY, EXTRA, HOLE, UNKNOWN, Container, Number, Parameter, Text, Value, Values

KEYWORDS = "kwargs"  # the kind of the dict that takes a function's other keyword arguments
FIELDS = "fields"  # the kind of the dict of an object's own attributes; its site is the key of the class
NAMESPACE = "namespace"  # the kind of an object whose attributes are its items
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


def passed_on(holder: Container, key: str) -> Values:
    """Return what stands for an argument in a function's ``**kwargs``: what callers give is judged there."""
    return frozenset({Parameter(holder.site.rpartition("*")[0], f"{EXTRA}{key}")})


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


def spread_all(frame: Frame, container: Container, values: Values) -> None:
    """Put the contents of whatever is unpacked into a container; what cannot be seen leaves a mark."""
    for value in ordered(values):
        spread(frame, container, value)
    if not values or not all(isinstance(value, Container) for value in values):
        put(frame, container, "", frozenset({UNKNOWN}))


def spread(frame: Frame, container: Container, value: Value) -> None:
    """Put the contents of one container into another (``**mapping``, ``update``, ``extend``)."""
    if not isinstance(value, Container):
        return
    machine = frame.machine
    machine.read(("item", value.site, ANY), frame.unit)
    version = machine.versions.get(value.site, 0)
    if container.site == value.site or machine.linked.get((container.site, value.site)) == version:
        return
    machine.linked[container.site, value.site] = version
    for key in keys(frame, value):
        put(frame, container, key if container.kind in ("dict", KEYWORDS, NAMESPACE) else "", items(frame, value, frozenset({Text(key)})))
    anywhere = machine.read(("item", value.site, ""), frame.unit)
    if anywhere:
        put(frame, container, "", anywhere)


def _key(value: Value) -> str | None:
    if isinstance(value, Text) and HOLE not in value.text:
        return value.text
    if isinstance(value, Number) and value.text.isdigit():
        return value.text
    return None
