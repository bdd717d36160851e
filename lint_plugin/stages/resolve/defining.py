"""Definitions: what a decorated function or a class becomes, and how a function's frame begins."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from lint_plugin import ir
from lint_plugin.events import Block
from lint_plugin.names import leaf
from lint_plugin.ordering import ordered
from lint_plugin.stages.resolve import library
from lint_plugin.stages.resolve.annotations import promise, resolve
from lint_plugin.stages.resolve.arguments import Argument
from lint_plugin.stages.resolve.attributes import ancestors, descendants
from lint_plugin.stages.resolve.billing import Site, call_catalogued, call_instance
from lint_plugin.stages.resolve.binding import call_function, entered_scopes, holder_of
from lint_plugin.stages.resolve.containers import FIELDS, items, put
from lint_plugin.stages.resolve.evaluate import evaluate
from lint_plugin.stages.resolve.fixtures import provided
from lint_plugin.stages.resolve.frame import Frame
from lint_plugin.stages.resolve.frameworks import be_task, hand_over
from lint_plugin.stages.resolve.generics import specialize
from lint_plugin.stages.resolve.project import ClassInfo, FunctionInfo, decorator_names
from lint_plugin.stages.resolve.tagging import combine
from lint_plugin.values import (
    EMPTY,
    INHERITED,
    NONE,
    Alias,
    ClassOf,
    Container,
    Deferred,
    External,
    FunctionOf,
    Instance,
    Number,
    Object,
    Parameter,
    Pending,
    ScopeOf,
    Tags,
    Text,
    Unknown,
    Value,
    Values,
)

# Decorators that hand the function itself to something else: what stands above them does not run with it.
REGISTERING: Final = frozenset(
    "route get post put patch delete head options websocket websocket_route api_route task periodic_task shared_task actor job cron"
    " scheduled command group callback tool register on_event on_message event listener listens_for receiver subscriber subscribe handler"
    " exception_handler middleware before_request after_request errorhandler cli flow step node resource prompt function_tool entrypoint"
    " scheduled_job schedule on loop listen"
    " message_handler callback_query_handler slash_command on_chat_start activity workflow signal query asset op dag view action"
    " consumer subscription mutation validator field_validator model_validator root_validator tool_plain system_prompt output_validator"
    " result_validator".split()
)


# Decorators of methods that get the fields of the object to be made as a dict.
VALIDATORS: Final = frozenset({"root_validator", "model_validator", "pre_init", "pre_root_validator"})


def define_function(frame: Frame, node: ir.Function) -> Values:
    """Return what a ``def`` binds, its decorators applied from the bottom up."""
    machine = frame.machine
    info = frame.module.functions.get(node.pos)
    if info is None:
        return EMPTY
    for param in node.params:
        if param.default is not None:
            machine.write(("default", info.key, param.name), evaluate(frame, param.default))
    values: Values = frozenset({FunctionOf(info.key)})
    scopes: list[Tags] = []
    registered = False
    for decorator in reversed(node.decorators):
        found = ordered(evaluate(frame, decorator, callee=True))
        opened = [value.tags for value in found if isinstance(value, ScopeOf)]
        # what ``@contextmanager`` makes can stand above a function, too
        managers = [value for value in found if isinstance(value, Deferred)]
        opened += [scope.tags for value in managers for scope in entered_scopes(frame, value)]
        if opened:
            tags = combine([*opened, *[None for value in found if isinstance(value, Unknown)]])
            if tags is not None and not registered:
                scopes.append(tags)
                if any(INHERITED in tag.values for tag in tags.items):
                    machine.warm(node.name)  # whoever calls it is asked
            continue
        if leaf(library.dotted(decorator)) in REGISTERING and not _is_plain(decorator):
            registered = True
            be_task(frame, info, decorator)
        for value in found:
            hand_over(frame, info, value)
        values = _decorated(frame, decorator, found, values, node)
    for number, tags in enumerate(reversed(scopes)):
        machine.write(("decorator", info.key, str(number)), frozenset({ScopeOf(tags)}))
    return values


def _is_plain(decorator: ir.Expr) -> bool:
    """Tell whether a decorator is a bare name such as ``@property``: registering ones nearly always hang off an object or are called."""
    return isinstance(decorator, ir.Name) and decorator.id in ("property", "staticmethod", "classmethod", "callback", "step", "query")


def _decorated(frame: Frame, decorator: ir.Expr, found: Iterable[Value], values: Values, node: ir.Function) -> Values:
    pos = decorator.pos if isinstance(decorator, (ir.Name, ir.Attr, ir.Call)) else node.pos
    site = Site([Argument(values, "", 0, pos, decorator)], pos, library.dotted(decorator), "direct")
    for value in found:
        made: Values = EMPTY
        if isinstance(value, Instance) and not library.knows(value.cls):
            made = call_instance(frame, value, site)
        elif isinstance(value, External):
            entry = frame.machine.catalog.function(value.name)
            if entry is not None and entry.function.returns:
                made = call_catalogued(frame, value, entry, site)
        elif isinstance(value, FunctionOf):
            call_function(frame, value, site.arguments, pos, site.text, boundary="\0decorator")
        if made:
            return made
    return values


def define_class(frame: Frame, info: ClassInfo) -> Values:
    """Return what a ``class`` statement binds; its bases are noted."""
    machine = frame.machine
    bases: set[Value] = set()
    for base in info.code.bases:
        found = evaluate(frame, base.value.value if isinstance(base.value, ir.Subscript) else base.value)
        if not base.keyword:
            bases |= {value for value in found if isinstance(value, (ClassOf, External, Pending))}
            for value in ordered(found):
                specialize(frame, info, base.value, value)
    for value in bases:
        if isinstance(value, ClassOf) and value.key != info.key:
            machine.inherit(info.key, value.key)
        elif isinstance(value, Pending):
            machine.bases.note(value, info)
    machine.write(("bases", info.key, ""), frozenset(value for value in bases if not isinstance(value, Pending)))
    for decorator in info.code.decorators:
        evaluate(frame, decorator, callee=True)
    if any(machine.matters(value) for value in bases):
        machine.warm(info.code.name)
    if any(isinstance(base, External) and machine.matters(base) for base in ancestors(frame, info.key)):
        leaves = machine.catalog.leaves()
        for method in info.methods.values():
            if "super" in method.idents or method.idents & leaves:
                machine.activate(method)
    return frozenset({ClassOf(info.key)})


def enter_function(frame: Frame, info: FunctionInfo) -> None:
    """Give a function's frame its parameters and the scopes of its decorators."""
    machine = frame.machine
    kinds = decorator_names(info)
    for number, param in enumerate(info.params):
        if number == 0 and info.cls is not None and "staticmethod" not in kinds and param.kind in ("/", "p"):
            frame.env[param.name] = _receiver(frame, info, kinds, param.name)
        elif number == 1 and info.cls is not None and any(leaf(kind) in VALIDATORS for kind in kinds):
            frame.env[param.name] = frozenset({Container(info.cls.key, FIELDS)})
        elif param.kind in ("*", "**"):
            frame.env[param.name] = _rest(frame, info, param)
        else:
            frame.env[param.name] = _parameter(frame, info, param)
    for number in range(8):
        scopes = [value.tags for value in machine.read(("decorator", info.key, str(number)), frame.unit) if isinstance(value, ScopeOf)]
        tags = combine(scopes)
        if tags is None:
            break
        frame.blocks.append(Block(tags, "decorator", -1, -1))


def leave_function(frame: Frame, info: FunctionInfo) -> None:
    """Let the declared result stand in where the body, and those of overriding methods, tell nothing."""
    returns = getattr(info.code, "returns", None)
    if returns is None or _is_overridden(frame, info):
        return
    kind = "yield" if getattr(info.code, "generator", False) else "return"
    given = frame.machine.read((kind, info.key, ""), None)  # what the body itself gives is no reason to evaluate it again
    promised = promise(frame, given, returns)
    if promised != given:
        if kind == "yield":
            promised = frozenset(item for holder in promised for item in items(frame, holder))
        frame.machine.write((kind, info.key, ""), promised)


def _is_overridden(frame: Frame, info: FunctionInfo) -> bool:
    if info.cls is None:
        return False
    classes = frame.machine.classes
    return any(info.name in classes[key].methods for key in descendants(frame, info.cls.key) if key in classes)


def _receiver(frame: Frame, info: FunctionInfo, kinds: frozenset[str], name: str) -> Values:
    if info.cls is None:
        return EMPTY
    if "classmethod" in kinds or info.name in ("__new__", "__init_subclass__", "__class_getitem__"):
        return frozenset({ClassOf(info.cls.key)}) | frame.machine.read(("param", info.key, name), frame.unit)
    return frozenset({Object(info.cls.key)})


def _rest(frame: Frame, info: FunctionInfo, param: ir.Param) -> Values:
    """Return what ``*args`` or ``**kwargs`` is inside its function; its annotation speaks of what it holds."""
    values = holder_of(info, param)
    for holder in values:
        if isinstance(holder, Container):
            inside = items(frame, holder)
            promised = promise(frame, inside, param.annotation)
            if promised != inside:
                put(frame, holder, "", promised)
    return values


def _parameter(frame: Frame, info: FunctionInfo, param: ir.Param) -> Values:
    machine = frame.machine
    if not machine.callers:  # neither default nor annotation tells what callers pass that cannot be seen
        return _injected(frame, info, param) | {Parameter(info.key, param.name)}
    values = frame.fresh(machine.read(("param", info.key, param.name), frame.unit))
    called = bool(machine.read(("called", info.key, ""), frame.unit))
    omitted = bool(machine.read(("omitted", info.key, param.name), frame.unit))
    if not called or omitted:
        values |= machine.read(("default", info.key, param.name), frame.unit)
    values |= _injected(frame, info, param)
    if called and values == NONE:  # whoever calls it leaves the parameter out
        return values | {Parameter(info.key, param.name)}
    return promise(frame, values, param.annotation) | {Parameter(info.key, param.name)}


def _injected(frame: Frame, info: FunctionInfo, param: ir.Param) -> Values:
    """Return what a framework passes: ``Annotated[X, Depends(f)]``, or the pytest fixture of the same name."""
    found: set[Value] = set()
    annotation = param.annotation
    if (
        isinstance(annotation, ir.Subscript)
        and leaf(library.dotted(annotation.value)) == "Annotated"
        and isinstance(annotation.index, ir.Seq)
    ):
        for item in annotation.index.items[1:]:
            found |= {value for value in evaluate(frame, item) if not isinstance(value, (Text, Number))}
    elif isinstance(annotation, (ir.Name, ir.Attr)):
        for value in resolve(frame, annotation):
            if isinstance(value, Alias):
                found |= value.injected
    return frozenset(found) | provided(frame, info, param)
