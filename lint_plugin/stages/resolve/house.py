"""Calls of house wrappers, and of the clients that they give."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile
from typing import TYPE_CHECKING, Final

from lint_plugin.events import BillableCall
from lint_plugin.stages.resolve.arguments import Argument, pick
from lint_plugin.stages.resolve.attributes import catalogued_base, find_method
from lint_plugin.stages.resolve.billing import Site
from lint_plugin.stages.resolve.binding import call_function
from lint_plugin.stages.resolve.frame import Frame
from lint_plugin.stages.resolve.tagging import house_tags
from lint_plugin.values import (
    EMPTY,
    HOLE,
    ClassOf,
    External,
    FunctionOf,
    Instance,
    Object,
    ScopeOf,
    Tags,
    Text,
    Value,
    Values,
    merge_tags,
    wrap,
)

if TYPE_CHECKING:
    from cost_lib.policy_model import Wrapper

PREFIX: Final = "house:"  # begins the kind of tags that a house wrapper put on


def call_wrapper(frame: Frame, callee: Value, site: Site, wrapper: Wrapper, *, before: Tags | None = None) -> Values:
    """Return what a call of a house wrapper gives; ``before`` are tags that a ``partial`` holds."""
    tags = merge_tags(before, house_tags(frame, _named(frame, callee, site.arguments), wrapper, site.pos))
    if wrapper.kind == "scope":
        return frozenset({ScopeOf(tags)})
    if wrapper.kind == "call":
        _write(frame, site, "wrapper", wrapper.name, None, tags)
        return EMPTY
    entry = frame.machine.catalog.client(wrapper.client) if wrapper.client else None
    if entry is not None:
        return frozenset({Instance(entry.canonical, "", tags)})
    # a client of which the policy does not say the type bills through whatever accessors the catalog has
    return _wrapped(frame, callee, site, tags) or frozenset({External(wrapper.name, tags)})


def _named(frame: Frame, callee: Value, arguments: Sequence[Argument]) -> list[Argument]:
    """Return arguments by name also where they are passed by position, as far as the project shows the wrapper's parameters."""
    info = frame.machine.functions.get(callee.key) if isinstance(callee, FunctionOf) else None
    if isinstance(callee, ClassOf):
        info = find_method(frame, callee.key, "__init__")
    plain = [param.name for param in info.params if param.kind in ("/", "p")] if info is not None else []
    is_bound = isinstance(callee, ClassOf) or (isinstance(callee, FunctionOf) and callee.receiver is not None)
    names = iter(plain[1:] if is_bound else plain)
    known = [*takewhile(lambda argument: argument.star != 1, arguments)]
    named = [argument if argument.keyword or argument.star else argument._replace(keyword=next(names, "")) for argument in known]
    return [*named, *arguments[len(known) :]]


def _wrapped(frame: Frame, callee: Value, site: Site, tags: Tags) -> Values:
    """Return the client that a wrapper was given or makes, with its tags on."""
    given = [value for argument in site.arguments for value in argument.values if isinstance(value, (Instance, External))]
    given = [value for value in given if frame.machine.matters(value)]
    if not given and isinstance(callee, FunctionOf):
        made = call_function(frame, callee, site.arguments, site.pos, site.text)
        given = [value for value in made if isinstance(value, Instance)]
    if not given and isinstance(callee, ClassOf):
        base = catalogued_base(frame, callee.key)
        found = frame.machine.catalog.client(base.name) if base is not None else None
        return frozenset({Instance(found.canonical, "", tags) if found is not None else Object(callee.key, tags, True)})
    return frozenset(wrap(value, tags) for value in given)


def call_leaf(frame: Frame, callee: External, tags: Tags, site: Site) -> Values:
    """Write down a call on a client of which only is known that a house wrapper gave it."""
    name = tags.kind.removeprefix(PREFIX)
    accessor = callee.name.removeprefix(f"{name}.")
    if accessor in frame.machine.wrappers.accessors(frame.machine.catalog):
        _write(frame, site, "call", accessor, tags, house_tags(frame, site.arguments, frame.machine.wrappers.by_name[name], site.pos))
    return EMPTY


def _write(frame: Frame, site: Site, kind: str, method: str, tags: Tags | None, own: Tags) -> None:
    models = [value.text for value in pick(site.arguments, "model", -1) if isinstance(value, Text) and HOLE not in value.text]
    frame.machine.events.append(
        BillableCall(
            place=frame.place(site.pos),
            kind=kind,
            provider="",
            layer="sdk",
            method=method,
            api="",
            bills="tokens",
            transport="http",
            since="",
            tags=tags,
            own=own,
            blocks=tuple(frame.blocks),
            model=tuple(sorted(models)),
            how=site.how,
            text=site.text,
            boundary=site.boundary,
        )
    )
