"""What a call gives, and what it means: one dispatcher over what can be called."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final

from lint_plugin import ir, written
from lint_plugin.events import Recorded, Started
from lint_plugin.names import leaf as leaf_of
from lint_plugin.ordering import ordered
from lint_plugin.stages.resolve import library, requests, scheduling
from lint_plugin.stages.resolve import texts as strings
from lint_plugin.stages.resolve.annotations import instance_of
from lint_plugin.stages.resolve.arguments import Argument, pick, positional
from lint_plugin.stages.resolve.attributes import DEPTH, ancestors, attribute, catalogued_base, is_billable
from lint_plugin.stages.resolve.billing import Site, build, call_catalogued, call_instance, compose
from lint_plugin.stages.resolve.binding import call_function, construct, result
from lint_plugin.stages.resolve.containers import NAMESPACE, items, make, put, spread, spread_all
from lint_plugin.stages.resolve.deferred import iterate, settled, yielded
from lint_plugin.stages.resolve.evidence import EVIDENCE
from lint_plugin.stages.resolve.frame import Frame
from lint_plugin.stages.resolve.handing import hand_on
from lint_plugin.stages.resolve.house import PREFIX, call_leaf, call_wrapper
from lint_plugin.stages.resolve.importing import stood_for
from lint_plugin.stages.resolve.project import ClassInfo
from lint_plugin.stages.resolve.requests import send
from lint_plugin.stages.resolve.tagging import form, own_tags
from lint_plugin.values import (
    EMPTY,
    HOLE,
    Alias,
    AnyAttribute,
    ClassOf,
    Container,
    External,
    FunctionOf,
    Getter,
    Instance,
    Maker,
    Method,
    ModuleOf,
    Nothing,
    Number,
    Object,
    Parameter,
    Partial,
    Pending,
    Sanctioned,
    ScopeOf,
    Stack,
    Tags,
    Text,
    Value,
    Values,
    is_known,
    merge_tags,
    texts,
    wrap,
)

_READING: Final = re.compile(r"get|env|conf|setting|secret|param|option|default|pop|str$|url$", re.IGNORECASE)

__all__ = ["apply", "compose", "enum_members", "result", "set_attribute", "spread", "spread_all", "yielded"]


def apply(frame: Frame, node: ir.Call, callees: Values, arguments: Sequence[Argument]) -> Values:
    """Return what a call gives, whichever of its callees it reaches."""
    sanctioned = frozenset(value for value in callees if isinstance(value, External) and form(value.name))
    callees = sanctioned or callees  # a fallback beside the sanctioned import does not count
    text = written.callee(node.func)
    site = Site(arguments, node.pos, text, how(frame, node.func))
    found: set[Value] = set()
    for callee in ordered(callees):
        found |= _one(frame, node, callee, site)
    loose = node.func.attr if isinstance(node.func, ir.Attr) else node.func.id if isinstance(node.func, ir.Name) else ""
    if not callees or loose in scheduling.BY_NAME:
        found |= scheduling.by_name(frame, loose, site)
    if not found and loose == "__new__":
        found |= {Object(value.key) for argument in arguments[:1] for value in argument.values if isinstance(value, ClassOf)}
    hand_on(frame, node, callees, arguments, text)
    return frozenset(found) or _default(frame, loose, arguments)


def _default(frame: Frame, name: str, arguments: Sequence[Argument]) -> Values:
    """Return the provider's URL that is the default of a setting read from something that cannot be followed."""
    if len(arguments) < 2 or not _READING.search(name):
        return EMPTY
    given = pick(arguments, "default", 1) | pick(arguments, "fallback", -1)
    return frozenset(value for value in given if isinstance(value, Text) and frame.machine.matters(value))


def _one(frame: Frame, node: ir.Call, callee: Value, site: Site) -> Values:
    machine = frame.machine
    if machine.wrappers:
        cls = _class_of(frame, callee)
        wrapper = machine.wrappers.of(callee, cls)
        if wrapper is not None:
            return call_wrapper(frame, callee, site, wrapper)
    if isinstance(callee, External):
        if callee.tags is not None and callee.tags.kind.startswith(PREFIX):
            return call_leaf(frame, callee, callee.tags, site)
        if callee.name in machine.wrappers.owners:
            return frozenset({callee})  # an object of a class of which only methods are known: they are named alike
        return _external(frame, node, callee, site)
    if isinstance(callee, Instance):
        if callee.via == EVIDENCE:
            site.how = EVIDENCE
        return _instance(frame, callee, site)
    if isinstance(callee, FunctionOf):
        return call_function(frame, callee, site.arguments, site.pos, site.text, boundary=_use(frame, node.func))
    if isinstance(callee, ClassOf):
        return _construct(frame, callee, site)
    if isinstance(callee, Object):
        return _call_object(frame, callee, site)
    if isinstance(callee, Method):
        return _method(frame, callee, site)
    if isinstance(callee, Partial):
        if callee.tags is not None:
            return _bound_before(frame, callee, callee.tags, site)
        if isinstance(callee.target, FunctionOf):
            return call_function(frame, callee.target, site.arguments, site.pos, site.text, boundary=scheduling.AS_VALUE)
        if callee.bound:
            site = Site([*requests.unbound(callee.bound, site.pos), *site.arguments], site.pos, site.text, site.how)
        return _one(frame, node, callee.target, site) if not is_billable(frame, callee.target) else EMPTY
    if isinstance(callee, Getter):
        return _get_path(frame, callee, site)
    if isinstance(callee, Maker):
        return callee.options
    if isinstance(callee, Alias):  # a ``NewType``
        return site.arguments[0].values if site.arguments else EMPTY
    if isinstance(callee, Pending):
        chain = f".{callee.name}".replace(".()", "")
        # a module that could make a client of its own accord names a provider, or imports what does, and is lowered anyway
        if chain.endswith(machine.chains) or any(machine.matters(value) for argument in site.arguments for value in argument.values):
            machine.want(callee)
        return frozenset({Pending(callee.path, f"{callee.name}.()")}) if callee.name.count(".") < DEPTH else EMPTY
    return EMPTY


def _bound_before(frame: Frame, callee: Partial, tags: Tags, site: Site) -> Values:
    """Call a sanctioned form or a house wrapper of which a ``partial`` holds some tags."""
    target = callee.target
    wrapper = frame.machine.wrappers.of(target, _class_of(frame, target))
    if wrapper is not None:
        return call_wrapper(frame, target, site, wrapper, before=tags)
    if callee.first:
        site = Site([Argument(callee.first, "", 0, site.pos, ir.Lit("...")), *site.arguments], site.pos, site.text, site.how)
    return _sanctioned(frame, form(target.name), site, before=tags) if isinstance(target, External) else EMPTY


def _use(frame: Frame, func: ir.Expr) -> str:
    """Tell a call of a function by its name from one of whatever was passed, looked up or returned."""
    info = frame.function
    is_passed = isinstance(func, ir.Name) and info is not None and any(param.name == func.id for param in info.params)
    return "" if isinstance(func, (ir.Name, ir.Attr, ir.Lambda)) and not is_passed else scheduling.AS_VALUE


def _class_of(frame: Frame, callee: Value) -> ClassInfo | None:
    info = frame.machine.functions.get(callee.key) if isinstance(callee, FunctionOf) else None
    return info.cls if info is not None else None


# --- names outside the project ---


def _external(frame: Frame, node: ir.Call, callee: External, site: Site) -> Values:
    machine = frame.machine
    name = callee.name
    sanctioned = form(name)
    if sanctioned:
        return _sanctioned(frame, sanctioned, site)
    if name in library.HTTP_FUNCTIONS:
        send(frame, name, library.HTTP_FUNCTIONS[name], site.arguments, site.pos, site.text, None, callee.tags)
        return EMPTY
    if name in library.OVER_CLIENT:
        return _over_client(frame, callee, site)
    known = scheduling.library_call(frame, name, site)
    if known is not None:
        return known
    if name in _TYPES:
        return _TYPES[name](frame, site)
    if name in library.HOLDING:
        return _empty(frame, name, site)
    if name in library.HTTP_CLASSES:
        bases = requests.bases(name, site.arguments)
        return frozenset(Instance(library.HTTP_CLASSES[name], url=base, tags=callee.tags) for base in bases)
    if name in library.REQUEST_CLASSES:
        return _request_object(name, site)
    entry = machine.catalog.client(name)
    if entry is not None:
        return build(frame, entry, site.arguments, callee.tags)
    function = machine.catalog.function(name)
    if function is not None:
        return call_catalogued(frame, callee, function, site)
    owner, _, last = name.rpartition(".")
    entry = machine.catalog.client(owner) if owner else None
    if entry is not None:
        return _class_method(frame, entry.canonical, last, callee, site)
    return EMPTY


def _over_client(frame: Frame, callee: External, site: Site) -> Values:
    """Look at a request that a function sends by the HTTP client that it is given."""
    clients: list[Instance | None] = [value for value in ordered(pick(site.arguments, "client", 0)) if isinstance(value, Instance)]
    named = [argument for argument in site.arguments if argument.keyword == "client"]
    first = (named or positional(site.arguments))[:1]
    rest = [argument for argument in site.arguments if argument not in first]
    for client in clients or [None]:
        tags = callee.tags or (client.tags if client is not None else None)
        send(frame, callee.name, 1, rest, site.pos, site.text, client, tags)
    return EMPTY


def _class_method(frame: Frame, canonical: str, last: str, callee: External, site: Site) -> Values:
    """Call something on a catalogued class itself: an alternative constructor, or a method with the instance as first argument."""
    catalog = frame.machine.catalog
    entry = catalog.client(canonical)
    if entry is None:
        return EMPTY
    method = catalog.method(entry, last)
    if method is not None:
        return call_instance(frame, Instance(canonical, last, callee.tags), site)
    if last.startswith(("from_", "create", "get_", "build", "of_")) and last != "from_pydantic":
        return build(frame, entry, site.arguments, callee.tags)
    return EMPTY


def _empty(frame: Frame, name: str, site: Site) -> Values:
    """Return a container that is made empty, or with the default of a context variable."""
    holder = make(f"{frame.module.path}:{frame.qualname}@{site.pos}h", library.HOLDING[name])
    default = pick(site.arguments, "default", -1)
    if default:
        put(frame, holder, "", default)
    return frozenset({holder})


def _type_of(frame: Frame, site: Site) -> Values:
    """Return the classes of the argument of ``type(...)``."""
    found: set[Value] = set()
    for value in site.arguments[0].values if len(site.arguments) == 1 else EMPTY:
        if isinstance(value, Object):
            found.add(ClassOf(value.key))
        elif isinstance(value, Instance) and not value.path:
            found.add(External(value.cls, value.tags))
    return frozenset(found)


def _set_on_object(frame: Frame, site: Site) -> Values:
    """Set an attribute past the class's own ``__setattr__``."""
    arguments = positional(site.arguments)
    if len(arguments) == 3:
        for owner in arguments[0].values:
            for name in arguments[1].values:
                if isinstance(owner, Object) and isinstance(name, Text):
                    frame.machine.write(("attr", owner.key, name.text), arguments[2].values)
    return EMPTY


def _new_type(frame: Frame, site: Site) -> Values:
    """Return the type that ``NewType`` or a bound ``TypeVar`` stands for."""
    given = pick(site.arguments, "tp", 1) | pick(site.arguments, "bound", -1)
    for argument in positional(site.arguments)[1:]:
        given |= argument.values
    options = frozenset(found for value in given for found in instance_of(frame, value))
    return frozenset({Alias(options)}) if options else EMPTY


def _cast(frame: Frame, site: Site) -> Values:
    """Return what ``cast`` is given, or an instance of the type where nothing is known of that."""
    arguments = positional(site.arguments)
    if len(arguments) < 2:
        return EMPTY
    if frame.knows(arguments[1].values):
        return arguments[1].values
    promised = frozenset(found for value in arguments[0].values for found in instance_of(frame, value))
    return frame.or_promised(arguments[1].values, promised) if frame.machine.falls_back_on(promised) else arguments[1].values


_TYPES: Final[dict[str, Callable[[Frame, Site], Values]]] = {
    "builtins.object.__setattr__": _set_on_object,
    "builtins.type": _type_of,
    "typing.cast": _cast,
    "typing_extensions.cast": _cast,
    "typing.NewType": _new_type,
    "typing.TypeVar": _new_type,
    "typing_extensions.NewType": _new_type,
    "typing_extensions.TypeVar": _new_type,
}


def _request_object(name: str, site: Site, base: str = "") -> Values:
    at = 0 if name == library.URL_REQUEST else 1
    urls = [requests.on(base, url) for url in texts(pick(site.arguments, "url", at)) or [""]]
    verbs = texts(pick(site.arguments, "method", 0 if at else -1)) or [""]
    if at == 0 and verbs == [""]:
        sends = pick(site.arguments, "data", 1) or any(argument.keyword == "data" for argument in site.arguments)
        verbs = ["POST" if sends else "GET"]
    return frozenset(Instance(name, url=url, model=verb) for url in urls for verb in verbs)


def _sanctioned(frame: Frame, name: str, site: Site, *, before: Tags | None = None) -> Values:
    machine = frame.machine
    if name == "meter":
        if machine.recording:
            machine.events.append(Started(frame.place(site.pos)))
        return EMPTY
    if name == "inherited":
        return EMPTY
    tags = merge_tags(before, own_tags(frame, site.arguments, name, site.pos))
    if name == "tags":
        return frozenset({ScopeOf(tags)})
    if name == "record_call":
        if machine.recording:
            machine.events.append(Recorded(frame.place(site.pos), tags, tuple(frame.blocks)))
        return frozenset({ScopeOf(tags, record=True)})
    first = positional(site.arguments)
    if not first:
        return EMPTY
    for value in first[0].values:
        if isinstance(value, Pending):
            machine.want(value)
    wrapped = frozenset(wrap(value, tags) for value in first[0].values)
    return wrapped if is_known(wrapped) else wrapped | {Sanctioned(tags)}


# --- instances, objects and methods ---


def _instance(frame: Frame, value: Instance, site: Site) -> Values:
    if not library.knows(value.cls):
        return call_instance(frame, value, site)
    name = leaf_of(value.path)
    if value.cls in library.HTTP_CLASSES.values():
        if name in library.HTTP_METHODS:
            send(frame, f"{value.cls}.{name}", library.HTTP_METHODS[name], site.arguments, site.pos, site.text, value, value.tags)
        elif name in ("__enter__", "__aenter__"):
            return frozenset({Instance(value.cls, url=value.url, tags=value.tags)})
        elif name == "prepare_request":
            return site.arguments[0].values if site.arguments else EMPTY
        elif name == "build_request":
            return _request_object("httpx.Request", site, value.url)
        elif name == "send":
            send(
                frame,
                f"{value.cls}.send",
                0,
                [site.arguments[0]._replace(keyword="url")] if site.arguments else [],
                site.pos,
                site.text,
                value,
                value.tags,
            )
        return EMPTY
    if value.cls in library.REQUEST_CLASSES:
        return frozenset({Instance(value.cls, url=value.url, model=value.model)}) if name == "prepare" else EMPTY
    return scheduling.instance_call(frame, value, name, site)


def _construct(frame: Frame, callee: ClassOf, site: Site) -> Values:
    if len(site.arguments) == 1 and site.arguments[0].values and is_enum(frame, callee):
        given = site.arguments[0].values
        return given if all(isinstance(value, Text) for value in given) else enum_members(frame, callee)
    if any(argument.keyword or argument.star == 2 for argument in site.arguments) and _is_typed_dict(frame, callee):
        return scheduling.collect(frame, "dict", site)
    made = construct(frame, callee, site.arguments, site.pos, site.text) | stood_for(frame, callee, site.arguments)
    base = catalogued_base(frame, callee.key)
    entry = frame.machine.catalog.client(base.name) if base is not None else None
    if entry is not None and entry.client.parts:
        carried = build(frame, entry, site.arguments, None)
        tags = next((value.tags for value in ordered(carried) if isinstance(value, Instance)), None)
        if tags is not None:
            return frozenset(wrap(value, tags) for value in made)
    return made


def _call_object(frame: Frame, callee: Object, site: Site) -> Values:
    found: set[Value] = set()
    for name in ("__call__", "forward"):
        for method in attribute(frame, callee, name):
            if isinstance(method, FunctionOf):
                found |= call_function(frame, method, site.arguments, site.pos, site.text)
        if found:
            break
    if not attribute(frame, callee, "__call__"):
        base = catalogued_base(frame, callee.key)
        entry = frame.machine.catalog.client(base.name) if base is not None else None
        if entry is not None:
            found |= call_instance(frame, Instance(entry.canonical, "", callee.tags), site)
    return frozenset(found)


def _method(frame: Frame, callee: Method, site: Site) -> Values:
    owner, name = callee.owner, callee.name
    if isinstance(owner, Text):
        return strings.method(frame, owner, name, site.arguments)
    if isinstance(owner, Stack):
        return scheduling.stack_method(frame, owner, name, site)
    if not isinstance(owner, Container):
        return EMPTY
    arguments = positional(site.arguments)
    if name in ("get", "pop", "setdefault", "get_nowait", "__getitem__"):
        found = items(frame, owner, arguments[0].values if arguments else EMPTY)
        default = arguments[1].values if len(arguments) > 1 else EMPTY
        if name == "setdefault":
            put(frame, owner, _only_key(arguments[0].values) if arguments else "", default)
        return found | default
    if name in ("append", "add", "insert", "appendleft", "put", "put_nowait", "set") and arguments:
        put(frame, owner, "", arguments[-1].values)
    elif name in ("extend", "update"):
        for argument in site.arguments:
            if argument.keyword:
                put(frame, owner, argument.keyword, argument.values)
            else:
                spread_all(frame, owner, argument.values)
    elif name in ("values", "copy", "popitem", "popleft", "__iter__"):
        return frozenset({owner})
    elif name == "items":
        pair = make(f"{owner.site}#items", "tuple")
        put(frame, pair, "1", items(frame, owner))
        holder = make(f"{owner.site}#pairs", "list")
        put(frame, holder, "", frozenset({pair}))
        return frozenset({holder})
    return EMPTY


def _only_key(values: Values) -> str:
    names = [value.text for value in values if isinstance(value, Text) and HOLE not in value.text]
    return names[0] if len(names) == 1 and len(values) == 1 else ""


def _get_path(frame: Frame, callee: Getter, site: Site) -> Values:
    first = positional(site.arguments)
    values = first[0].values if first else EMPTY
    for name in callee.path.split("."):
        values = frozenset(found for value in values for found in attribute(frame, value, name))
    return values


def how(frame: Frame, func: ir.Expr) -> str:
    """Say in a word how the receiver of a call was found."""
    node = func
    seen_call = False
    while isinstance(node, (ir.Attr, ir.Call, ir.Subscript, ir.Await)):
        if isinstance(node, ir.Call):
            seen_call = True
            node = node.func
        else:
            if isinstance(node, ir.Attr) and isinstance(node.value, ir.Name) and node.value.id in ("self", "cls"):
                return "factory" if seen_call else "self-attr"
            node = node.value
    if not isinstance(node, ir.Name):
        return "direct"
    if node is func:
        return "alias"
    info = frame.function
    if info is not None and any(param.name == node.id for param in info.params):
        annotated = any(param.name == node.id and param.annotation is not None for param in info.params)
        return "param-annotated" if annotated else "param-unannotated"
    if node.id in frame.env or (info is not None and node.id in info.local):
        return "direct"
    return "factory" if seen_call else "module-global"


def set_attribute(frame: Frame, owner: Value, name: str, values: Values) -> None:
    """Set an attribute of something that is no object of the project: a global of one of its modules, or of a function."""
    if isinstance(owner, ModuleOf):
        frame.machine.write(("global", owner.path, name), values)
    elif isinstance(owner, FunctionOf):
        frame.machine.write(("attr", owner.key, name), values)
    elif isinstance(owner, Container) and owner.kind == NAMESPACE:
        put(frame, owner, name, values)


def _is_typed_dict(frame: Frame, value: ClassOf) -> bool:
    return any(isinstance(base, External) and base.name.endswith(".TypedDict") for base in ancestors(frame, value.key))


def is_enum(frame: Frame, value: ClassOf) -> bool:
    """Tell whether a class of the project is an ``Enum``."""
    return any(isinstance(base, External) and base.name.startswith("enum.") for base in ancestors(frame, value.key))


def enum_members(frame: Frame, value: ClassOf) -> Values:
    """Return the values of an ``Enum`` of strings."""
    info = frame.machine.classes.get(value.key)
    found: set[Value] = set()
    for statement in info.code.body if info is not None else ():
        if isinstance(statement, ir.Assign) and isinstance(statement.value, ir.Str):
            found.add(Text(statement.value.value))
    return frozenset(found)


__all__ += ["Alias", "AnyAttribute", "Nothing", "Number", "Parameter", "instance_of", "iterate", "settled"]
