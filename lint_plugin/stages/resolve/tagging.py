"""The sanctioned forms: which names they have and what tags a call of them writes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Final

import msgspec

from lint_plugin import ir, written
from lint_plugin.events import TagWrite
from lint_plugin.stages.resolve.arguments import Argument
from lint_plugin.stages.resolve.containers import KEYWORDS, is_open, items, keys, passed_on
from lint_plugin.stages.resolve.frame import Frame
from lint_plugin.stages.resolve.library import FORMS
from lint_plugin.stages.resolve.project import FunctionInfo
from lint_plugin.values import (
    DYNAMIC,
    EMPTY,
    HOLE,
    INHERITED,
    NOTHING,
    PARAMETER,
    UNKNOWN,
    UNSET,
    Container,
    External,
    FunctionOf,
    Nothing,
    Parameter,
    Pending,
    Tag,
    Tags,
    Text,
    Value,
    Values,
)

if TYPE_CHECKING:
    from cost_lib.policy_model import Wrapper

EMPTY_NODE: Final = ir.Lit("?")
NOT_TAGS: Final = {
    "record_call": frozenset({"provider", "model", "operation", "endpoint", "host"}),
    "tagged": frozenset(),
    "tags": frozenset(),
}


def form(name: str) -> str:
    """Return which sanctioned form an outside name is; empty when it is none."""
    root, _, leaf = name.rpartition(".")
    return leaf if leaf in FORMS and (root == "cost_lib" or root.startswith("cost_lib.")) else ""


def tag_marks(values: Values) -> frozenset[str]:
    """Return the values of a default, without asking anything of a frame."""
    found: set[str] = set()
    for value in values:
        if isinstance(value, Text):
            found.add(DYNAMIC if HOLE in value.text else value.text)
        elif isinstance(value, Nothing):
            found.add(NOTHING)
        elif isinstance(value, External) and form(value.name) == "inherited":
            found.add(INHERITED)
        else:
            found.add(DYNAMIC)
    return frozenset(found or {DYNAMIC})


def tag_values(frame: Frame, values: Values) -> frozenset[str]:
    """Return the values of a tag: literals as themselves, everything else as markers.

    Constants of modules not lowered yet are asked for, and parameters carry a tag from now on.
    """
    found: set[str] = set()
    callers: set[str] = set()
    for value in values:
        if isinstance(value, Text):
            found.add(DYNAMIC if HOLE in value.text else value.text)
        elif isinstance(value, Nothing):
            found.add(NOTHING)
        elif isinstance(value, External) and form(value.name) == "inherited":
            found.add(INHERITED)
        elif isinstance(value, Parameter):
            found.add(f"{PARAMETER}{value.function}:{value.name}")
            frame.machine.write(("carries", value.function, value.name), frozenset({UNKNOWN}))
            _warm(frame, frame.machine.functions.get(value.function))
            # what callers pass, and the default, is judged at the callers
            given = frame.machine.read(("param", value.function, value.name), frame.unit)
            given |= frame.machine.read(("default", value.function, value.name), frame.unit)
            literals = frozenset(item for item in given if not isinstance(item, Parameter))
            callers |= tag_values(frame, literals) if given else set()
        else:
            if isinstance(value, Pending):
                frame.machine.want(value)
            found.add(DYNAMIC)
    if callers and any(mark.startswith(PARAMETER) for mark in found):
        found = {mark for mark in found if mark.startswith(PARAMETER) or mark not in callers}
    return frozenset(found or {DYNAMIC})


def own_tags(frame: Frame, arguments: Sequence[Argument], name: str, pos: int) -> Tags:
    """Return the tags of ``tagged(...)``, ``tags(...)`` or ``record_call(...)``."""
    skipped = NOT_TAGS.get(name, frozenset())
    found: dict[str, Tag] = {}
    opaque = False
    for argument in arguments:
        if argument.keyword and argument.keyword not in skipped:
            _add(frame, found, argument.keyword, argument, strict=True)
        elif argument.star == 2:
            opaque = _spread(frame, found, argument, None) or opaque
    return Tags(tuple(found.values()), opaque, frame.function_key(), pos)


def house_tags(frame: Frame, arguments: Sequence[Argument], wrapper: Wrapper, pos: int) -> Tags:
    """Return the tags among the arguments of a call of a house wrapper, or of the leaf call of its client."""
    found: dict[str, Tag] = {}
    opaque = False
    renamed = {argument: tag for tag, argument in wrapper.renames.items()}
    for argument in arguments:
        if argument.keyword in renamed:
            _add(frame, found, renamed[argument.keyword], argument, strict=False)
        elif argument.keyword and argument.keyword in wrapper.arguments:
            opaque = _from_dict(frame, found, argument) or opaque
        elif argument.keyword and wrapper.keywords and argument.keyword in frame.machine.wrappers.tag_names:
            _add(frame, found, argument.keyword, argument, strict=False)
        elif argument.star == 2:
            opaque = _spread(frame, found, argument, wrapper) or opaque
    return Tags(tuple(found.values()), opaque, frame.function_key(), pos, f"house:{wrapper.name}")


def _add(frame: Frame, found: dict[str, Tag], key: str, argument: Argument, *, strict: bool) -> None:
    if not argument.values:
        look_at_maker(frame, argument.node)
    marks = tag_values(frame, argument.values)
    found[key] = Tag(key, marks, frame.function_key(), argument.pos)
    if frame.machine.recording:
        frame.machine.events.append(TagWrite(frame.place(argument.pos), key, marks, argument.pos, strict, written.source(argument.node)))
    hands_on = INHERITED in marks or any(mark.startswith(PARAMETER) for mark in marks)
    if hands_on:
        _warm(frame, frame.function)


def look_at_maker(frame: Frame, node: ir.Expr) -> None:
    """Have the class looked at whose object says a tag: it may keep a string that it was made with."""
    info = frame.function
    if info is None or info.cls is None or not info.params or not isinstance(node, ir.Attr) or not isinstance(node.value, ir.Name):
        return
    if node.value.id == info.params[0].name:
        init = info.cls.methods.get("__init__")
        if init is not None:
            frame.machine.activate(init)
        frame.machine.warm(info.cls.code.name)


def _warm(frame: Frame, info: FunctionInfo | None) -> None:
    """Have the callers of a function looked at: they are asked for a tag."""
    if info is not None:
        frame.machine.warm(info.name)
        if info.cls is not None and info.name.startswith("__"):
            frame.machine.warm(info.cls.code.name)


def _from_dict(frame: Frame, found: dict[str, Tag], argument: Argument) -> bool:
    """Add the tags of one dict argument; return whether some of it cannot be seen."""
    return _contents(frame, found, argument, lambda key: key)


def _spread(frame: Frame, found: dict[str, Tag], argument: Argument, wrapper: Wrapper | None) -> bool:
    """Add the tags of ``**mapping``; return whether some of it cannot be seen."""
    renamed = {} if wrapper is None else {name: tag for tag, name in wrapper.renames.items()}
    opaque = False
    for holder in argument.values if wrapper is not None else ():
        for key in keys(frame, holder) if isinstance(holder, Container) else ():
            if wrapper is not None and key in wrapper.arguments:
                held = items(frame, holder, frozenset({Text(key)}))
                opaque = _from_dict(frame, found, argument._replace(values=held, keyword=key)) or opaque
    names = frame.machine.wrappers.tag_names

    def name(key: str) -> str:
        if key in renamed:
            return renamed[key]
        return key if wrapper is None or (wrapper.keywords and key in names) else ""

    return _contents(frame, found, argument, name) or opaque


def _look_into(frame: Frame, node: ir.Expr) -> None:
    """Have the function evaluated that makes a dict of tags."""
    if isinstance(node, ir.Call) and isinstance(node.func, ir.Name):
        for value in frame.lookup(node.func.id):
            info = frame.machine.functions.get(value.key) if isinstance(value, FunctionOf) else None
            if info is not None:
                frame.machine.activate(info)


def _contents(frame: Frame, found: dict[str, Tag], argument: Argument, name: Callable[[str], str]) -> bool:
    """Add the tags in whatever dicts an argument can be; one that some of them lack may be unset."""
    _look_into(frame, argument.node)
    for value in argument.values:
        if isinstance(value, Pending):
            frame.machine.want(value)
    holders = [value for value in argument.values if isinstance(value, Container)]
    if not holders or len(holders) < len(argument.values):
        return True
    known = {holder: frozenset(keys(frame, holder)) for holder in holders}
    for key in sorted(frozenset().union(*known.values())):
        tag = name(key)
        if not tag:
            continue
        held: set[Value] = set()
        for holder in holders:
            # what callers give is judged there
            under = passed_on(holder, key) if holder.kind == KEYWORDS else items(frame, holder, frozenset({Text(key)}))
            held |= under - {UNKNOWN} or under
        _add(frame, found, tag, Argument(frozenset(held), key, 0, argument.pos, EMPTY_NODE), strict=False)
        if any(key not in known[holder] and not is_open(frame, holder) for holder in holders):
            found[tag] = msgspec.structs.replace(found[tag], values=found[tag].values | {UNSET})
    return any(is_open(frame, holder) for holder in holders)


def combine(choices: Sequence[Tags | None]) -> Tags | None:
    """Return the tags of a scope that is one of several; a key that some choice lacks may be unset."""
    present = [tags for tags in choices if tags is not None]
    if not present:
        return None
    if len(choices) == 1:
        return present[0]
    combined: list[Tag] = []
    for key in dict.fromkeys(_keys(present)):
        tags = [choice.get(key) if choice is not None else None for choice in choices]
        values = frozenset(mark for tag in tags if tag is not None for mark in tag.values)
        first = next(tag for tag in tags if tag is not None)
        lacking = [choice for choice, tag in zip(choices, tags, strict=True) if tag is None]
        marks = {DYNAMIC if choice is not None and choice.opaque else UNSET for choice in lacking}
        combined.append(Tag(key, values | marks, first.function, first.pos))
    return Tags(tuple(combined), all(tags.opaque for tags in present), present[0].function, present[0].pos, present[0].kind)


def _keys(present: Sequence[Tags]) -> Iterator[str]:
    for tags in present:
        for tag in tags.items:
            yield tag.key


__all__ = ["EMPTY", "combine", "form", "house_tags", "own_tags", "tag_values"]
