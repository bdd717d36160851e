"""Calls of the project's own functions: arguments flow into parameters, results come back from the stores."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from lint_plugin import ir, written
from lint_plugin.events import Edge
from lint_plugin.ordering import ordered
from lint_plugin.stages.resolve.arguments import Argument, pick
from lint_plugin.stages.resolve.attributes import ancestors, find_method, is_billable
from lint_plugin.stages.resolve.containers import KEYWORDS, items, keys, make, passed_on, put
from lint_plugin.stages.resolve.frame import Frame
from lint_plugin.stages.resolve.generics import result_of
from lint_plugin.stages.resolve.holding import held_by_constructor, held_by_fields
from lint_plugin.stages.resolve.importing import imports_one
from lint_plugin.stages.resolve.project import FunctionInfo, decorator_names
from lint_plugin.stages.resolve.senders import seeks
from lint_plugin.stages.resolve.tagging import look_at_maker, tag_values
from lint_plugin.values import (
    DYNAMIC,
    EMPTY,
    EXTRA,
    UNKNOWN,
    ClassOf,
    Container,
    Deferred,
    External,
    FunctionOf,
    Held,
    Instance,
    Number,
    Object,
    Parameter,
    ScopeOf,
    Tags,
    Text,
    Value,
    Values,
    is_known,
    merge_tags,
)

UNJUDGED: Final = frozenset({DYNAMIC})
HANDED: Final = "\0handed"  # a bound method already reported where it was handed on
CONTEXT_MANAGERS: Final = frozenset(
    {"contextmanager", "asynccontextmanager", "contextlib.contextmanager", "contextlib.asynccontextmanager"}
)


def call_function(
    frame: Frame,
    callee: FunctionOf,
    arguments: Sequence[Argument],
    pos: int,
    text: str,
    *,
    boundary: str = "",
) -> Values:
    """Bind the arguments of a call and return what it gives."""
    machine = frame.machine
    info = machine.functions.get(callee.key)
    if info is None:
        return EMPTY
    if info.hands_back or imports_one(frame, info, arguments) or seeks(frame, info):
        machine.activate(info)
    given, keywords, read = bind(frame, info, callee.receiver, arguments)
    edge = f"{frame.module.path}@{pos}>{info.key}"
    deferred = not info.is_lambda and (getattr(info.code, "asynchronous", False) or getattr(info.code, "generator", False))
    if machine.recording:
        blocks = tuple(frame.blocks)
        machine.events.append(Edge(frame.place(pos), info.key, edge, callee.tags, blocks, given, keywords, text, boundary, deferred, read))
    if deferred:
        return frozenset({Deferred(info.key, edge, bool(getattr(info.code, "generator", False)))})
    found = _own(frame, info, callee.receiver, arguments, machine.read(("return", info.key, ""), frame.unit))
    return result_of(frame, info, callee.receiver, found)


def _own(frame: Frame, info: FunctionInfo, receiver: Value | None, arguments: Sequence[Argument], found: Values) -> Values:
    """Return what a call gives: of a parameter that is handed back, what this call gives it rather than what every caller does."""
    handed = {value.name for value in found if isinstance(value, Parameter) and value.function == info.key}
    if not handed or any(argument.star for argument in arguments):
        return found
    params = info.params[1:] if receiver is not None else info.params
    for at, param in enumerate(params):
        if param.name in handed:
            others = frame.machine.read(("param", info.key, param.name), frame.unit)
            given = pick(arguments, param.name, at if param.kind in ("/", "p") else -1)
            strings = frozenset(value for value in others if isinstance(value, Text))
            found = (found - strings) | frozenset(value for value in given if isinstance(value, Text))
            if is_known(given):  # clients only go: the function may hand them back with tags on
                found -= frozenset(value for value in others - given if isinstance(value, Instance))
    return found


class Bound(NamedTuple):
    """The parameters that a call gives: their values as tags, the positions of their keywords, and where their values are read from."""

    given: dict[str, frozenset[str]]
    keywords: dict[str, int]
    written: dict[str, str]


def bind(frame: Frame, info: FunctionInfo, receiver: Value | None, arguments: Sequence[Argument]) -> Bound:
    """Let arguments flow into parameters."""
    machine = frame.machine
    params = list(info.params)
    if receiver is not None and params and params[0].kind in ("/", "p"):
        if isinstance(receiver, ClassOf):
            machine.write(("param", info.key, params[0].name), frozenset({receiver}))
        params = params[1:]
    elif info.cls is not None and receiver is None and params and arguments and "staticmethod" not in decorator_names(info):
        params = params[1:] if _is_self(arguments[0].values) else params
        arguments = arguments[1:] if len(params) < len(info.params) else arguments
    given: dict[str, frozenset[str]] = {}
    keywords: dict[str, int] = {}
    read: dict[str, str] = {}
    plain = [param for param in params if param.kind in ("/", "p")]
    named = {param.name: param for param in params if param.kind in ("p", "k")}
    rest = next((param for param in params if param.kind == "*"), None)
    extra = next((param for param in params if param.kind == "**"), None)
    position = 0
    open_ended = False
    for argument in arguments:
        if argument.star == 1:
            open_ended = True
            position = _spread_positional(frame, info, plain, rest, position, argument)
        elif argument.star == 2:
            open_ended = True
            _spread_keywords(frame, info, named, extra, argument, given, keywords)
        elif argument.keyword:
            target = named.get(argument.keyword)
            if target is not None:
                _give(frame, info, target.name, argument, given)
                keywords[target.name] = argument.pos
                read[target.name] = written.source(argument.node)
            elif extra is not None:
                _hold(frame, info, extra, argument.keyword, argument.values)
                name = f"{EXTRA}{argument.keyword}"
                if machine.read(("carries", info.key, name), frame.unit):
                    given[name] = tag_values(frame, argument.values)
                    keywords[name] = argument.pos
                    read[name] = written.source(argument.node)
        elif position < len(plain):
            _give(frame, info, plain[position].name, argument, given)
            read[plain[position].name] = written.source(argument.node)
            position += 1
        elif rest is not None:
            _hold(frame, info, rest, str(position - len(plain)), argument.values)
            position += 1
    machine.write(("called", info.key, ""), frozenset({UNKNOWN}))
    for param in (*plain[position:], *(p for p in params if p.kind == "k")):
        if param.name not in given and param.default is not None and not open_ended:
            machine.write(("omitted", info.key, param.name), frozenset({UNKNOWN}))
    if open_ended:
        for param in named.values():
            given.setdefault(param.name, frozenset({"\0open"}))
    return Bound(given, keywords, read)


def _is_self(values: Values) -> bool:
    return any(isinstance(value, (Object, ClassOf)) for value in values)


def _give(frame: Frame, info: FunctionInfo, name: str, argument: Argument, given: dict[str, frozenset[str]]) -> None:
    machine = frame.machine
    if machine.callers:
        machine.write(("param", info.key, name), _handed(frame, argument.values))
    # what a parameter that carries no tag is given is asked of nobody
    carries = machine.read(("carries", info.key, name), frame.unit)
    if carries and not argument.values:
        look_at_maker(frame, argument.node)
    given[name] = tag_values(frame, argument.values) if carries else UNJUDGED


def _handed(frame: Frame, values: Values) -> Values:
    """Return values with bound methods marked as reported: a later call of them is no second request."""
    if not any(isinstance(value, (Instance, External)) and value.stored for value in values):
        return values
    return frozenset(_mark(frame, value) for value in values)


def _mark(frame: Frame, value: Value) -> Value:
    if isinstance(value, Instance) and is_billable(frame, value):
        return Instance(value.cls, value.path, value.tags, value.bills, value.provider, value.model, value.via, HANDED, value.url)
    if isinstance(value, External) and is_billable(frame, value):
        return External(value.name, value.tags, HANDED)
    return value


def _holder(info: FunctionInfo, param: ir.Param) -> Container:
    return make(f"{info.key}*{param.name}", KEYWORDS if param.kind == "**" else "tuple")


def _hold(frame: Frame, info: FunctionInfo, param: ir.Param, key: str, values: Values) -> None:
    """Put an argument into ``*args`` or ``**kwargs``; the function is worth a look when it matters."""
    put(frame, _holder(info, param), key, _handed(frame, values))
    if any(frame.machine.matters(value) for value in values):
        frame.machine.activate(info)


def holder_of(info: FunctionInfo, param: ir.Param) -> Values:
    """Return the value of a ``*args`` or ``**kwargs`` parameter inside its function."""
    return frozenset({_holder(info, param)})


def _spread_positional(
    frame: Frame, info: FunctionInfo, plain: list[ir.Param], rest: ir.Param | None, position: int, argument: Argument
) -> int:
    for value in ordered(argument.values):
        if not isinstance(value, Container):
            continue
        for number, param in enumerate(plain[position:]):
            found = items(frame, value, frozenset({Number(str(number))}))
            if found and frame.machine.callers:
                frame.machine.write(("param", info.key, param.name), _handed(frame, found))
        if rest is not None:
            for key in keys(frame, value):
                _hold(frame, info, rest, key, items(frame, value, frozenset({Text(key)})))
            _hold(frame, info, rest, "", frame.machine.read(("item", value.site, ""), frame.unit))
    return len(plain)


def _spread_keywords(
    frame: Frame,
    info: FunctionInfo,
    named: dict[str, ir.Param],
    extra: ir.Param | None,
    argument: Argument,
    given: dict[str, frozenset[str]],
    keywords: dict[str, int],
) -> None:
    for value in ordered(argument.values):
        if not isinstance(value, Container):
            continue
        for key in keys(frame, value):
            found = items(frame, value, frozenset({Text(key)}))
            target = key if key in named else f"{EXTRA}{key}"
            if frame.machine.read(("carries", info.key, target), frame.unit):
                passed = found - {UNKNOWN} if value.kind != KEYWORDS else passed_on(value, key)
                given[target] = given.get(target, frozenset()) | tag_values(frame, passed)
                keywords[target] = argument.pos
            if key in named:
                if frame.machine.callers:
                    frame.machine.write(("param", info.key, key), _handed(frame, found))
            elif extra is not None:
                _hold(frame, info, extra, key, found)


def construct(frame: Frame, cls: ClassOf, arguments: Sequence[Argument], pos: int, text: str) -> Values:
    """Bind the arguments of a class to its constructor or fields and return the instance."""
    made = Object(cls.key, None, True)
    init = find_method(frame, cls.key, "__init__") or find_method(frame, cls.key, "__new__")
    if init is not None:
        call_function(frame, FunctionOf(init.key, made), arguments, pos, text)
        return frozenset({_with(made, held_by_constructor(frame, init, arguments))})
    owners = _fill_fields(frame, cls, arguments)
    if any(frame.machine.matters(value) for argument in arguments for value in argument.values):
        frame.machine.bases.lean(cls.key)
    post = find_method(frame, cls.key, "__post_init__") or find_method(frame, cls.key, "model_post_init")
    if post is not None:
        frame.machine.activate(post)
    return frozenset({_with(made, held_by_fields(frame, cls.key, owners, arguments))})


def _with(made: Object, held: tuple[Held, ...]) -> Object:
    return Object(made.key, made.tags, made.exact, held) if held else made


def _fill_fields(frame: Frame, cls: ClassOf, arguments: Sequence[Argument]) -> dict[str, str]:
    """Treat arguments as the fields of a dataclass, pydantic model or named tuple; return their classes in the order of declaration."""
    owners: dict[str, str] = {}
    for base in reversed([base for base in ancestors(frame, cls.key) if isinstance(base, ClassOf)]):
        info = frame.machine.classes.get(base.key)
        for statement in info.code.body if info is not None else ():
            if isinstance(statement, ir.Assign) and statement.annotation is not None and isinstance(statement.targets[0], ir.Name):
                owners[statement.targets[0].id] = base.key
    order = list(owners)
    position = 0
    for argument in arguments:
        if argument.keyword:
            frame.machine.write(("attr", owners.get(argument.keyword, cls.key), argument.keyword), argument.values)
        elif argument.star == 2:
            for value in argument.values:
                if isinstance(value, Container):
                    for key in keys(frame, value):
                        frame.machine.write(("attr", owners.get(key, cls.key), key), items(frame, value, frozenset({Text(key)})))
        elif argument.star == 0 and position < len(order):
            frame.machine.write(("attr", owners[order[position]], order[position]), argument.values)
            position += 1
    return owners


def result(frame: Frame, value: Value) -> Values:
    """Return what calling a function of the project without arguments gives."""
    if isinstance(value, FunctionOf):
        info = frame.machine.functions.get(value.key)
        if info is not None:
            frame.machine.activate(info)
            return frame.machine.read(("return", info.key, ""), frame.unit)
    return EMPTY


def is_context_manager(info: FunctionInfo) -> bool:
    """Tell whether a generator function is a context manager or a pytest fixture."""
    names = decorator_names(info)
    return bool(names & CONTEXT_MANAGERS) or any(name.endswith(("contextmanager", "fixture")) for name in names)


def yield_under(frame: Frame, info: FunctionInfo) -> None:
    """Remember the scope that a context manager of the project holds open while its block runs."""
    held: Tags | None = None
    records = False
    for block in frame.blocks:
        if block.kind != "decorator":  # which ends while the generator waits
            held = merge_tags(held, block.tags)
            records = records or block.kind == "record"
    frame.machine.write(("scope", info.key, ""), frozenset({ScopeOf(held or Tags(), records)}))


def entered_scopes(frame: Frame, value: Deferred) -> list[ScopeOf]:
    """Return the scopes that entering a context manager of the project can open."""
    found: Iterable[Value] = frame.machine.read(("scope", value.key, ""), frame.unit)
    return [item for item in ordered(found) if isinstance(item, ScopeOf)]
