"""Calls of catalogued things: clients built, methods that bill, chains composed of parts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cost_lib.catalog.model import Bills, Choice, Transport
from lint_plugin.events import BillableCall
from lint_plugin.names import leaf as leaf_of
from lint_plugin.names import parent
from lint_plugin.ordering import ordered
from lint_plugin.stages.resolve.arguments import Argument, pick
from lint_plugin.stages.resolve.attributes import ENTERING, catalogued_base
from lint_plugin.stages.resolve.binding import HANDED
from lint_plugin.stages.resolve.containers import items
from lint_plugin.stages.resolve.frame import Frame
from lint_plugin.stages.resolve.requests import destination
from lint_plugin.stages.resolve.tagging import house_tags
from lint_plugin.values import (
    EMPTY,
    Alias,
    ClassOf,
    Container,
    Deferred,
    External,
    FunctionOf,
    Instance,
    Object,
    Sanctioned,
    Tags,
    Text,
    Value,
    Values,
    merge_tags,
)

if TYPE_CHECKING:
    from cost_lib.catalog import ClientEntry, FunctionEntry
    from cost_lib.catalog.model import Method


ELSEWHERE = "\0elsewhere"  # the model of a client that talks to nobody knows whom: its names mean nothing


class Site:
    """The call being looked at: what it says besides its receiver."""

    __slots__ = ("arguments", "boundary", "how", "kind", "pos", "text")

    def __init__(self, arguments: Sequence[Argument], pos: int, text: str, how: str, kind: str = "call", boundary: str = "") -> None:
        self.arguments = arguments
        self.pos = pos
        self.text = text
        self.how = how
        self.kind = kind
        self.boundary = boundary


def model_names(frame: Frame, arguments: Sequence[Argument], name: str, default: str) -> tuple[str, ...]:
    """Return the literal model names of a call: its own argument, one inside ``**params``, else the client's."""
    if default == ELSEWHERE:
        return ()
    values = pick(arguments, name, -1) if name else EMPTY
    if not values and name:
        for argument in arguments:
            if argument.star == 2:
                for value in argument.values:
                    if isinstance(value, Container):
                        values |= items(frame, value, frozenset({Text(name)}))
    found = sorted(value.text for value in values if isinstance(value, Text) and "\0" not in value.text)
    if found and len(found) == len(values):
        return tuple(found)
    return (default,) if default and not values else ()


def call_instance(frame: Frame, value: Instance, site: Site) -> Values:
    """Return what calling an instance, or a method reached from it, gives; write the call down when it bills."""
    machine = frame.machine
    entry = machine.catalog.client(value.cls)
    if entry is None or value.stored == HANDED:
        return EMPTY
    name = leaf_of(value.path)
    if value.path and (machine.catalog.is_same(entry, name) or name in ("__enter__", "__aenter__")):
        return frozenset({_at(value, parent(value.path))})
    if name in ENTERING:
        value = _at(value, parent(value.path))
    method = machine.catalog.method(entry, value.path)
    if method is None:
        return EMPTY
    if method.bills is not Bills.FREE and value.bills and not _runs_own(method, site.arguments):
        _write(frame, value, entry, method, site)
    if method.choice is not None:
        return _chosen(frame, method.choice, site.arguments, value.tags)
    if method.returns:
        return frozenset({Instance(method.returns, "", value.tags, value.bills, value.provider, value.model)})
    return EMPTY


def _runs_own(method: Method, arguments: Sequence[Argument]) -> bool:
    """Tell whether a method only runs a function of the project, in whose body the request is seen."""
    given = pick(arguments, method.runs, 0) if method.runs else EMPTY
    return bool(given) and all(isinstance(value, FunctionOf) for value in given)


def _at(value: Instance, path: str) -> Instance:
    return Instance(value.cls, path, value.tags, value.bills, value.provider, value.model, value.via, "", value.url)


def _write(frame: Frame, value: Instance, entry: ClientEntry, method: Method, site: Site) -> None:
    machine = frame.machine
    if not machine.recording:
        return
    own: Tags | None = None
    if value.tags is not None and value.tags.kind.startswith("house:"):
        wrapper = machine.wrappers.by_name.get(value.tags.kind[len("house:") :])
        own = house_tags(frame, site.arguments, wrapper, site.pos) if wrapper is not None else None
    method_name = method.accessor or leaf_of(value.cls)
    machine.events.append(
        BillableCall(
            frame.place(site.pos),
            site.kind,
            value.provider or entry.provider,
            entry.layer.value,
            method_name,
            method.api,
            method.bills.value,
            method.transport.value,
            method.since,
            value.tags,
            own,
            tuple(frame.blocks),
            model_names(frame, site.arguments, method.model, value.model),
            "framework" if entry.layer.value == "framework" and site.how == "direct" else site.how,
            site.text,
            value.stored,
            site.boundary,
        )
    )


def _chosen(frame: Frame, choice: Choice, arguments: Sequence[Argument], tags: Tags | None) -> Values:
    table = dict(choice.values)
    values = pick(arguments, choice.argument, choice.position) or _spelled(frame, choice.argument, arguments)
    classes = {table[value.text] for value in values if isinstance(value, Text) and value.text in table}
    return frozenset(Instance(cls, "", tags) for cls in classes)


def _spelled(frame: Frame, name: str, arguments: Sequence[Argument]) -> Values:
    """Return what ``**mapping`` holds under a name."""
    held = [
        items(frame, holder, frozenset({Text(name)}))
        for argument in arguments
        if argument.star == 2
        for holder in argument.values
        if isinstance(holder, Container)
    ]
    return frozenset().union(*held)


def build(frame: Frame, entry: ClientEntry, arguments: Sequence[Argument], tags: Tags | None) -> Values:
    """Return the instance that calling a catalogued class makes."""
    client = entry.client
    provider = destination(frame, arguments)
    models = model_names(frame, arguments, client.model, "")
    model = ELSEWHERE if provider is None else models[0] if len(models) == 1 else ""
    given = [argument for argument in arguments if _is_part(argument, client.parts, arguments)]
    parts = [part for argument in given for part in spread(frame, argument.values)]
    carried, bills = carry(frame, parts, own=client.own, named="*" not in client.parts)
    if bills and not any(isinstance(part, (Instance, Object, Sanctioned)) for part in parts):
        # a part of which nothing is known so far may turn out not to bill, and what is stored once stays
        bills = all(frame.knows(argument.values) for argument in given if argument.keyword) or frame.machine.fallback
    if tags is not None:
        carried = tags
    return frozenset({Instance(entry.canonical, "", carried, bills, provider or "", model)})


def grown(frame: Frame, values: Values, name: str, arguments: Sequence[Argument]) -> Values:
    """Return what a name holds once its values have taken in further parts; empty when none of them bills."""
    found: set[Value] = set()
    for value in values:
        entry = frame.machine.catalog.client(value.cls) if isinstance(value, Instance) and not value.path else None
        if not isinstance(value, Instance) or entry is None or name not in entry.client.adds:
            continue
        tags, bills = carry(frame, [part for argument in arguments for part in spread(frame, argument.values)], own=False)
        if bills:
            before = value.tags
            if before is not None and value.bills:  # raw as soon as one part is raw
                before = merge_tags(before, tags) if tags is not None else None
            elif before is None and not value.bills:
                before = tags
            found.add(Instance(value.cls, "", before, True, value.provider, value.model))
    return frozenset(found) and frozenset(found) | {value for value in values if not isinstance(value, Instance)}


def _is_part(argument: Argument, parts: Sequence[str], arguments: Sequence[Argument]) -> bool:
    if not parts:
        return False
    return not argument.keyword or argument.keyword in parts or "*" in parts


def spread(frame: Frame, values: Values, depth: int = 3) -> list[Value]:
    """Return values with the contents of containers, which may hold parts."""
    found: list[Value] = []
    for value in ordered(values):
        if isinstance(value, Container) and depth:
            found += spread(frame, items(frame, value), depth - 1)
        elif isinstance(value, Alias):
            continue
        else:
            found.append(value)
    return found


def carry(frame: Frame, parts: Sequence[Value], *, own: bool, named: bool = False) -> tuple[Tags | None, bool]:
    """Return tags and billing of a whole made of parts: raw as soon as one billing part is raw.

    What bills by itself does not when the parts that would bill for it are given (``named``) and are known not to.
    """
    seen = [as_part(frame, part) for part in parts]
    bills = [part for part in seen if isinstance(part, Sanctioned) or (isinstance(part, Instance) and part.bills and can_bill(frame, part))]
    billing = [part.tags for part in bills]
    if not billing:
        return None, own and not (named and bool(seen) and all(isinstance(part, (Object, Instance)) for part in seen))
    tags = billing[0]
    for more in billing[1:]:
        tags = merge_tags(tags, more) if tags is not None and more is not None else None
    return tags, True


def as_part(frame: Frame, value: Value) -> Value:
    """Return an object of a project class that extends a catalogued one as an instance of that."""
    if isinstance(value, Object):
        base = catalogued_base(frame, value.key)
        entry = frame.machine.catalog.client(base.name) if base is not None else None
        return Instance(entry.canonical, "", value.tags) if entry is not None else value
    return value


def can_bill(frame: Frame, value: Instance) -> bool:
    """Tell whether an instance has anything that bills."""
    entry = frame.machine.catalog.client(value.cls)
    return entry is not None and frame.machine.catalog.bills(entry)


def call_catalogued(frame: Frame, callee: External, entry: FunctionEntry, site: Site) -> Values:
    """Return what calling a catalogued function gives; write the call down when it bills."""
    machine = frame.machine
    function = entry.function
    if callee.stored == HANDED:
        return EMPTY
    parts: list[Value] = []
    for number, argument in enumerate(site.arguments):
        name = argument.keyword or (function.positions[number] if number < len(function.positions) else "")
        if "*" in function.parts or (function.parts and (name in function.parts or not (name or function.positions))):
            parts += spread(frame, argument.values)
    tags, bills = carry(frame, parts, own=function.own, named="*" not in function.parts)
    tags = callee.tags or tags
    if function.bills is not Bills.FREE and bills and machine.recording:
        machine.events.append(
            BillableCall(
                frame.place(site.pos),
                site.kind,
                entry.provider,
                entry.layer.value,
                callee.name,
                function.api,
                function.bills.value,
                function.transport.value,
                function.since,
                tags,
                None,
                tuple(frame.blocks),
                model_names(frame, site.arguments, function.model, ELSEWHERE if destination(frame, site.arguments) is None else ""),
                site.how,
                site.text,
                callee.stored,
                site.boundary,
            )
        )
    if function.choice is not None:
        return _chosen(frame, function.choice, site.arguments, tags)
    if not function.returns:
        return EMPTY
    model = model_names(frame, site.arguments, function.model, "")
    wrapped = [part for part in parts if isinstance(part, (Instance, Object))]
    provider = next((part.provider for part in wrapped if isinstance(part, Instance) and part.provider), "")
    return frozenset({Instance(function.returns, "", tags, bills, provider, model[0] if len(model) == 1 else "")})


def compose(frame: Frame, op: str, left: Values, right: Values) -> Values:
    """Return what an operator makes of two operands: a chain of both, or a union of types."""
    catalog = frame.machine.catalog
    composed: set[Value] = set()
    left, right = (frozenset(as_part(frame, value) for value in side) for side in (left, right))
    chains = [value for value in ordered(left | right) if isinstance(value, Instance) and not value.path and _composes(frame, value, op)]
    if chains:
        entry = catalog.client(chains[0].cls)
        composite = (entry.client.composite or entry.canonical) if entry is not None else chains[0].cls
        for one in left or {None}:
            for other in right or {None}:
                operands = [value for item in (one, other) if item is not None for value in spread(frame, frozenset({item}))]
                tags, bills = carry(frame, operands, own=False)
                composed.add(Instance(composite, "", tags, bills))
        return frozenset(composed)
    return _united(frame, left | right) if op == "|" else EMPTY


def _united(frame: Frame, values: Values) -> Values:
    """Return the union of types that ``OpenAI | AsyncOpenAI`` is, or that of two dicts or sets."""
    options: set[Value] = set()
    for value in values:
        entry = frame.machine.catalog.client(value.name) if isinstance(value, External) else None
        if entry is not None:
            options.add(Instance(entry.canonical, bills=entry.client.own, via="annotation"))
        elif isinstance(value, Alias):
            options |= value.options
        elif isinstance(value, ClassOf):
            options.add(Object(value.key))
    if options:
        return frozenset({Alias(frozenset(options))})
    return frozenset(value for value in values if isinstance(value, Container))


def _composes(frame: Frame, value: Instance, op: str) -> bool:
    entry = frame.machine.catalog.client(value.cls)
    return entry is not None and op in operators(frame, entry)


def operators(frame: Frame, entry: ClientEntry) -> frozenset[str]:
    """Return the operators that compose instances of a class, those of its bases included."""
    found = set(entry.client.operators)
    for name in entry.client.bases:
        base = frame.machine.catalog.client(name)
        if base is not None and base.canonical != entry.canonical:
            found |= operators(frame, base)
    return frozenset(found)


__all__ = ["Deferred", "Site", "Transport", "build", "call_catalogued", "call_instance", "compose"]
