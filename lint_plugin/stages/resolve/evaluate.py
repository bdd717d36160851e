"""Evaluate expressions to the values that they can have."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Final

from lint_plugin import ir, written
from lint_plugin.events import LeakyYield
from lint_plugin.ordering import ordered
from lint_plugin.stages.resolve import calls, evidence, possible
from lint_plugin.stages.resolve.annotations import subscript
from lint_plugin.stages.resolve.arguments import Argument, pick
from lint_plugin.stages.resolve.attributes import attribute, is_billable, nth
from lint_plugin.stages.resolve.billing import grown
from lint_plugin.stages.resolve.binding import is_context_manager, yield_under
from lint_plugin.stages.resolve.containers import items, make, put
from lint_plugin.stages.resolve.deferred import iterate, settled
from lint_plugin.stages.resolve.frame import Frame
from lint_plugin.stages.resolve.loose import BY_NAME, STORING, keep, kept, key_of, loose_call, of_lifespan
from lint_plugin.stages.resolve.narrowing import narrow, narrowed, says_something, widen
from lint_plugin.stages.resolve.owning import attribute_of, set_own
from lint_plugin.stages.resolve.project import FunctionInfo
from lint_plugin.stages.resolve.senders import is_sent, seek_client
from lint_plugin.stages.resolve.texts import MANY, below, built, choices
from lint_plugin.values import (
    EMPTY,
    HOLE,
    NONE,
    UNKNOWN,
    Alias,
    ClassOf,
    Container,
    External,
    FunctionOf,
    Instance,
    Method,
    Nothing,
    Number,
    Object,
    Parameter,
    Stack,
    Super,
    Text,
    Value,
    Values,
    join,
    texts,
)

FIRST: Final = 4  # parts of a display, and characters of each, by which one is told from another
LENGTH: Final = 32
PARTS: Final = 8  # strings that one side of a ``+`` can be
MARK: Final = External("cost_lib.inherited")
_PERCENT: Final = re.compile(r"(?<!%)(%(?:\(\w+\))?[sdr])")


def evaluate(frame: Frame, node: ir.Expr, *, callee: bool = False) -> Values:
    """Return what an expression can be; ``callee`` when it is about to be called, so that it is no reference."""
    return _EVALUATE[type(node)](frame, node, callee)


def _name(frame: Frame, node: ir.Name, callee: bool) -> Values:
    values = frame.lookup(node.id)
    if MARK in values and frame.machine.recording:
        frame.machine.warm(frame.function.name if frame.function is not None else "")
    return values


def _attr(frame: Frame, node: ir.Attr, callee: bool) -> Values:
    values = evaluate(frame, node.value)
    found = set(kept(frame, values, node.value, node.attr))
    if not found:
        for value in values:
            found |= attribute_of(frame, value, node)
    if not found and node.attr == "value":
        found |= _of_members(frame, values)
    if frame.narrowed:
        found = set(narrowed(frame, node, frozenset(found)))
    if callee or not found:
        return frozenset(found)
    return frozenset(_stored(frame, value, node) for value in found if not isinstance(value, Method) or isinstance(value.owner, Stack))


def _of_members(frame: Frame, values: Values) -> Values:
    """Return the strings that a parameter which is declared to be an ``Enum`` can have as its value."""
    names = {value.name for value in values if isinstance(value, Parameter) and value.function == frame.function_key()}
    notes = [param.annotation for param in frame.function.params if param.name in names] if frame.function is not None else []
    declared = [value for note in notes if isinstance(note, (ir.Name, ir.Attr)) for value in evaluate(frame, note)]
    enums = [value for value in declared if isinstance(value, ClassOf) and calls.is_enum(frame, value)]
    return frozenset(found for value in enums for found in calls.enum_members(frame, value))


def _stored(frame: Frame, value: Value, node: ir.Attr) -> Value:
    """Mark a bound method that is not called where it is read, so that a later call can name the place."""
    if isinstance(value, Instance) and not value.stored and is_billable(frame, value):
        at = f"{frame.module.path}@{node.pos}"
        return Instance(value.cls, value.path, value.tags, value.bills, value.provider, value.model, value.via, at, value.url)
    if isinstance(value, External) and not value.stored and is_billable(frame, value):
        return External(value.name, value.tags, f"{frame.module.path}@{node.pos}")
    return value


def _call(frame: Frame, node: ir.Call, callee: bool) -> Values:
    func = node.func
    if isinstance(func, ir.Name) and func.id == "super" and frame.function is not None:
        return _super(frame, node.args)
    values = evaluate(frame, func, callee=True) or _evident(frame, func)
    arguments = [
        Argument(evaluate(frame, arg.value), arg.keyword, arg.star, arg.pos if arg.pos >= 0 else _leaf_pos(arg.value, node.pos), arg.value)
        for arg in node.args
    ]
    if not values and isinstance(func, ir.Attr) and isinstance(func.value, ir.Call):
        _lean(frame, func, arguments)
    if not values and is_sent(frame, func, arguments):
        seek_client(frame, func.value if isinstance(func, ir.Attr) else func, partial(evaluate, frame))
    if frame.machine.possible:
        _look_for_chain(frame, node, values, arguments)
    if not values and not any(argument.values for argument in arguments):
        return EMPTY
    if arguments and (func.attr in STORING if isinstance(func, ir.Attr) else isinstance(func, ir.Name) and func.id in BY_NAME):
        loose = loose_call(frame, func, values, arguments, evaluate(frame, func.value) if isinstance(func, ir.Attr) else EMPTY)
        if loose:
            return loose
    if isinstance(func, ir.Attr) and func.attr in frame.machine.catalog.composing():
        chain = evaluate(frame, func.value)
        for argument in arguments:
            chain = calls.compose(frame, func.attr, chain, argument.values)
        if chain:
            return chain
    if isinstance(func, ir.Attr) and func.attr in frame.machine.catalog.adding():
        more = grown(frame, evaluate(frame, func.value), func.attr, arguments)
        if more:
            assign(frame, func.value, more)
    return calls.apply(frame, node, values, arguments)


def _evident(frame: Frame, func: ir.Expr) -> Values:
    """Return the method of an SDK that only a client nobody in the project passes can have."""
    if not isinstance(func, ir.Attr) or func.attr not in frame.machine.catalog.leaves():
        return EMPTY
    path: list[str] = []
    node: ir.Expr = func
    values = EMPTY
    while isinstance(node, ir.Attr) and not values:
        path.append(node.attr)
        node = node.value
        values = evaluate(frame, node)
    # a parameter that is used where it is passed stays unknown; an attribute is what the class was made to hold
    if not isinstance(node, ir.Attr) or not evidence.is_unbound(frame, values) or not frame.machine.fallback:
        return EMPTY
    found = evidence.bound_method(frame, ".".join(reversed(path)))
    return frozenset({found}) if found is not None else EMPTY


def _look_for_chain(frame: Frame, node: ir.Call, callees: Values, arguments: list[Argument]) -> None:
    """Write a call down that may be one of a provider, for all that can be told."""
    chain = possible.distinctive(frame, node.func, callees)
    if chain and possible.is_unknown(frame, evaluate(frame, possible.receiver(node.func, chain))):
        models = pick(arguments, "model", -1)
        possible.write(
            frame,
            node.pos,
            chain,
            written.callee(node.func),
            (value.text for value in models if isinstance(value, Text) and HOLE not in value.text),
        )


def _lean(frame: Frame, func: ir.Attr, arguments: list[Argument]) -> None:
    """Note that ``super().__init__(client)`` hands something to a base class that is not lowered yet."""
    if any(frame.machine.matters(value) for argument in arguments for value in argument.values):
        for value in evaluate(frame, func.value):
            if isinstance(value, Super):
                frame.machine.bases.lean(value.key)


def _super(frame: Frame, args: tuple[ir.Arg, ...]) -> Values:
    info = frame.function
    while info is not None and info.cls is None:
        info = info.outer
    if info is None or info.cls is None:
        return EMPTY
    named = evaluate(frame, args[0].value) if args else EMPTY
    key = next((value.key for value in ordered(named) if isinstance(value, ClassOf)), info.cls.key)
    first = info.params[0].name if info.params else ""
    receivers = evaluate(frame, args[1].value) if len(args) > 1 else frame.lookup(first) if first else EMPTY
    chosen = next((value for value in ordered(receivers) if isinstance(value, (Object, ClassOf))), Object(info.cls.key))
    return frozenset({Super(key, chosen)})


def _leaf_pos(node: ir.Expr, default: int) -> int:
    return node.pos if isinstance(node, (ir.Name, ir.Attr, ir.Call)) else default


def _string(frame: Frame, node: ir.Str, callee: bool) -> Values:
    return frozenset({Text(node.value)})


def _literal(frame: Frame, node: ir.Lit, callee: bool) -> Values:
    return NONE if node.text == "None" else frozenset({Number(node.text)})


def _formatted(frame: Frame, node: ir.FStr, callee: bool) -> Values:
    parts = ([part.value] if isinstance(part, ir.Str) else choices(evaluate(frame, part)) for part in node.parts)
    return frozenset(Text(text) for text in built(parts))


def _binary(frame: Frame, node: ir.BinOp, callee: bool) -> Values:
    left, right = evaluate(frame, node.left), evaluate(frame, node.right)
    if node.op == "/" and any(isinstance(value, Text) and "://" in value.text for value in left):
        return below([left, right])
    if node.op in ir.SCALING or not (left or right):
        return EMPTY
    if node.op == "+":
        return _concatenated(frame, left, right, node.pos)
    if node.op == "%":
        return frozenset(text for value in left if isinstance(value, Text) for text in _interpolated(frame, value.text, right))
    made = calls.compose(frame, node.op, left, right)
    if node.op == "|" and left and right and made and all(isinstance(value, Container) and value.kind == "dict" for value in made):
        merged = make(f"{frame.module.path}:{frame.qualname}@{node.pos}u", "dict")
        calls.spread_all(frame, merged, left)
        calls.spread_all(frame, merged, right)
        return frozenset({merged})
    return made


def _interpolated(frame: Frame, template: str, right: Values) -> list[Text]:
    """Return what ``template % right`` can be; only ``%s`` and ``%d`` are filled in."""
    built = [""]
    pieces = _PERCENT.split(template)
    holders = [value for value in right if isinstance(value, Container)]
    for number, piece in enumerate(pieces):
        if number % 2:
            index = Text(piece[2:-2]) if "(" in piece else Number(str(number // 2))
            given = frozenset(found for holder in holders for found in items(frame, holder, frozenset({index})))
            choices = [value.text for value in (given if holders else right) if isinstance(value, Text)]
            choices = choices if choices and len(pieces) <= 9 and len(built) * len(choices) <= MANY else [HOLE]
        else:
            choices = [piece.replace("%%", "%")]
        built = [left + choice for left in built for choice in choices]
    return [Text(text) for text in built]


def _concatenated(frame: Frame, left: Values, right: Values, pos: int) -> Values:
    if any(isinstance(value, Container) for value in left | right):
        return frozenset(value for value in left | right if isinstance(value, Container))
    starts, ends = texts(left), texts(right)
    if not starts and not ends:
        return EMPTY
    starts = starts if len(starts) == len(left) and starts else [*starts, HOLE]
    ends = ends if len(ends) == len(right) and ends else [*ends, HOLE]
    return frozenset(Text(one + other) for one in _telling(frame, starts) for other in _telling(frame, ends))


def _telling(frame: Frame, strings: list[str]) -> list[str]:
    """Return a few of the strings that a part can be: what names a provider comes first."""
    return sorted(strings, key=lambda text: not frame.machine.matters(Text(text)))[:PARTS] if len(strings) > PARTS else strings


def _either(frame: Frame, node: ir.Either, callee: bool) -> Values:
    for test in node.tests:
        evaluate(frame, test)
    if len(node.options) == 2 and len(node.tests) == 1 and says_something(node.tests[0]):
        return _conditional(frame, node, callee)
    options = [evaluate(frame, option, callee=callee) for option in node.options]
    if not node.tests:
        # ``a or b``: what is false on the way is replaced by the next option.
        options = [_truthy(found) for found in options[:-1]] + options[-1:]
    return join(*options)


def _conditional(frame: Frame, node: ir.Either, callee: bool) -> Values:
    """Return what ``a if test else b`` can be; the test tells of each what it says."""
    before = frame.env
    found: list[Values] = []
    for option, holds in zip(node.options, (True, False), strict=True):
        frame.env = dict(before)
        narrow(frame, node.tests[0], holds=holds)
        found.append(evaluate(frame, option, callee=callee))
    frame.env = before
    return join(*found)


def _truthy(values: Values) -> Values:
    kept = {value for value in values if not isinstance(value, (Nothing, Parameter)) and value != Text("")}
    if any(isinstance(value, Parameter) for value in values):
        kept.add(UNKNOWN)
    return frozenset(kept)


def _multi(frame: Frame, node: ir.Multi, callee: bool) -> Values:
    for item in node.items:
        evaluate(frame, item)
    return EMPTY


def _sequence(frame: Frame, node: ir.Seq, callee: bool) -> Values:
    site = f"{frame.module.path}:{frame.qualname}@{node.pos}{node.kind[0]}{len(node.items)}{_words(node.items[:FIRST])}"
    found = make(site, node.kind)
    for number, item in enumerate(node.items):
        if isinstance(item, ir.Star):
            for value in evaluate(frame, item.value):
                put(frame, found, "", items(frame, value))
        else:
            put(frame, found, str(number) if node.kind in ("tuple", "list") else "", evaluate(frame, item))
    return frozenset({found})


def _words(parts: Sequence[ir.Expr | None]) -> str:
    """Tell displays apart that stand behind the same name: only names have places."""
    return "".join(f"/{part.value[:LENGTH]}" for part in parts if isinstance(part, ir.Str))


def _star(frame: Frame, node: ir.Star, callee: bool) -> Values:
    return evaluate(frame, node.value)


def _dict(frame: Frame, node: ir.Dict, callee: bool) -> Values:
    words = _words([part for item in node.items[:FIRST] for part in item])
    found = make(f"{frame.module.path}:{frame.qualname}@{node.pos}d{len(node.items)}{words}", "dict")
    for key, value in node.items:
        if key is None:
            calls.spread_all(frame, found, evaluate(frame, value))
            continue
        names = [text for text in texts(evaluate(frame, key)) if HOLE not in text]
        values = evaluate(frame, value)
        for name in names or [""]:
            put(frame, found, name, values)
    return frozenset({found})


def _subscript(frame: Frame, node: ir.Subscript, callee: bool) -> Values:
    values = evaluate(frame, node.value)
    index = evaluate(frame, node.index)
    loose = kept(frame, values, node.value, key_of(index))
    if loose or not values:
        return loose
    found: set[Value] = set()
    for value in values:
        if isinstance(value, Container):
            found |= items(frame, value, index)
        elif isinstance(value, External):
            found |= subscript(frame, value, node.index, index)
        elif isinstance(value, Alias):
            found.add(value)
        elif isinstance(value, Object):
            for method in attribute(frame, value, "__getitem__"):
                found |= calls.result(frame, method)
        elif isinstance(value, ClassOf):
            found |= calls.enum_members(frame, value) or frozenset({value})
        elif isinstance(value, Text) and "://" in value.text:
            found.add(value)
    return frozenset(found)


def _comprehension(frame: Frame, node: ir.Comp, callee: bool) -> Values:
    inner = Frame(frame.machine, frame.module, frame.unit, function=frame.function, outer=frame, qualname=frame.qualname)
    inner.blocks = frame.blocks
    for number, clause in enumerate(node.clauses):
        source = evaluate(frame if number == 0 else inner, clause.iter)
        if number == 0 and node.kind == "gen":
            inner.blocks = []
            inner.inner = True
        assign(inner, clause.target, iterate(inner if number else frame, source, _leaf_pos(clause.iter, node.pos)))
        for test in clause.ifs:
            evaluate(inner, test)
    site = make(f"{frame.module.path}:{frame.qualname}@{node.pos}c{len(node.clauses)}", "list" if node.kind == "gen" else node.kind)
    results = [evaluate(inner, item) for item in node.items]
    put(frame, site, "", results[-1])
    return frozenset({site})


def _await(frame: Frame, node: ir.Await, callee: bool) -> Values:
    return settled(frame, evaluate(frame, node.value), _leaf_pos(node.value, -1))


def _yield(frame: Frame, node: ir.Yield, callee: bool) -> Values:
    machine = frame.machine
    values = EMPTY if node.value is None else evaluate(frame, node.value)
    info = frame.function
    if info is None:
        return EMPTY
    if node.source:
        values = iterate(frame, values, node.pos)
    machine.write(("yield", info.key, ""), values)
    if is_context_manager(info):
        yield_under(frame, info)
        of_lifespan(frame, values)
    elif machine.recording:
        machine.events += [LeakyYield(frame.place(block.tags.pos)) for block in frame.blocks if block.kind == "with"]
    return EMPTY


def _walrus(frame: Frame, node: ir.Walrus, callee: bool) -> Values:
    values = evaluate(frame, node.value)
    if node.target:
        target = frame
        while target.outer is not None and target.cls is None and target.function is target.outer.function:
            target = target.outer  # a comprehension binds in the scope around it
        target.bind(node.target, values)
        if target is not frame:
            frame.env.pop(node.target, None)
    return values


def _lambda(frame: Frame, node: ir.Lambda, callee: bool) -> Values:
    machine = frame.machine
    qualname = f"{frame.qualname}.<lambda>" if frame.qualname else "<lambda>"
    info = FunctionInfo(frame.module, node, qualname, frame.function, None)
    info = machine.functions.setdefault(info.key, info)
    inner = Frame(machine, frame.module, frame.unit, function=info, outer=frame, qualname=frame.qualname)
    inner.inner = True
    for param in node.params:
        default = EMPTY if param.default is None else evaluate(frame, param.default)
        inner.env[param.name] = (
            frozenset({Parameter(info.key, param.name)}) | machine.read(("param", info.key, param.name), frame.unit) | default
        )
    machine.write(("return", info.key, ""), evaluate(inner, node.body))
    return frozenset({FunctionOf(info.key)})


def assign(frame: Frame, target: ir.Expr, values: Values) -> None:
    """Bind values to an assignment target."""
    if isinstance(target, ir.Name):
        frame.bind(target.id, values)
    elif isinstance(target, ir.Attr):
        owners = evaluate(frame, target.value)
        widen(frame, target)
        keep(frame, owners, target.value, target.attr, values)
        for owner in ordered(owners):
            if isinstance(owner, Object):
                set_own(frame, owner, target, values)
            elif isinstance(owner, ClassOf):
                frame.machine.write(("attr", owner.key, target.attr), values)
            else:
                calls.set_attribute(frame, owner, target.attr, values)
    elif isinstance(target, ir.Subscript):
        index = evaluate(frame, target.index)
        names = [text for text in texts(index) if HOLE not in text]
        owners = evaluate(frame, target.value)
        if key_of(index):
            keep(frame, owners, target.value, key_of(index), values, by_key=True)
        for owner in ordered(owners):
            if isinstance(owner, Container):
                for name in names if names and len(names) == len(index) else [""]:
                    put(frame, owner, name, values)
    elif isinstance(target, ir.Star):
        assign(frame, target.value, values)
    elif isinstance(target, ir.Seq):
        _unpack(frame, target, values)


def _unpack(frame: Frame, target: ir.Seq, values: Values) -> None:
    starred = any(isinstance(item, ir.Star) for item in target.items)
    for number, item in enumerate(target.items):
        found: set[Value] = set()
        for value in values:
            key = EMPTY if starred else frozenset({Number(str(number))})
            found |= nth(frame, value, number) if isinstance(value, Object) else items(frame, value, key)
        if isinstance(item, ir.Star):
            holder = make(f"{frame.module.path}:{frame.qualname}@{target.pos}*{number}", "list")
            put(frame, holder, "", frozenset(found))
            found = {holder}
        assign(frame, item, frozenset(found))


_EVALUATE: Final[dict[type, Callable[[Frame, Any, bool], Values]]] = {
    ir.Name: _name,
    ir.Attr: _attr,
    ir.Call: _call,
    ir.Str: _string,
    ir.Lit: _literal,
    ir.FStr: _formatted,
    ir.BinOp: _binary,
    ir.Either: _either,
    ir.Multi: _multi,
    ir.Seq: _sequence,
    ir.Star: _star,
    ir.Dict: _dict,
    ir.Subscript: _subscript,
    ir.Comp: _comprehension,
    ir.Await: _await,
    ir.Yield: _yield,
    ir.Walrus: _walrus,
    ir.Lambda: _lambda,
}
