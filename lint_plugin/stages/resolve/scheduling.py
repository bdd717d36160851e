"""Calls of the standard library that move callables and clients: executors, threads, partial, stacks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from lint_plugin.ordering import ordered
from lint_plugin.stages.resolve import importing, library, providers, requests
from lint_plugin.stages.resolve.arguments import Argument, pick, positional
from lint_plugin.stages.resolve.billing import Site
from lint_plugin.stages.resolve.binding import call_function
from lint_plugin.stages.resolve.containers import NAMESPACE, items, make, put, spread_all
from lint_plugin.stages.resolve.deferred import iterate, settled
from lint_plugin.stages.resolve.entering import enter
from lint_plugin.stages.resolve.frame import Frame
from lint_plugin.stages.resolve.house import call_wrapper
from lint_plugin.stages.resolve.tagging import form, house_tags, own_tags
from lint_plugin.stages.resolve.texts import below
from lint_plugin.values import (
    EMPTY,
    HOLE,
    UNKNOWN,
    ClassOf,
    Container,
    External,
    FunctionOf,
    Getter,
    Instance,
    Nothing,
    Object,
    Partial,
    ScopeOf,
    Stack,
    Tags,
    Text,
    Value,
    Values,
    join,
)

if TYPE_CHECKING:
    from cost_lib.policy_model import Wrapper

CARRIED: Final = "\0carried"  # of a callable that runs later, under the scopes of the place that names it
AS_VALUE: Final = "\0value"  # the boundary of a call that is none by name: of what was passed, looked up or wrapped

# methods that are what they are whoever has them
BY_NAME: Final = frozenset(
    {"run_in_executor", "run_until_complete", "create_task", "start_soon", "to_thread", "run_in_threadpool", "add_task"}
)


def by_name(frame: Frame, name: str, site: Site) -> Values:
    """Handle a call that only its method's name identifies."""
    arguments = positional(site.arguments)
    if name == "run_in_executor" and len(arguments) > 1:
        return _start(frame, arguments[1].values, arguments[2:], site, "executor")
    if name in ("to_thread", "run_in_threadpool") and arguments:
        return _start(frame, arguments[0].values, _rest(site.arguments), site, "")
    if name in ("run_until_complete", "create_task") and arguments:
        return settled(frame, arguments[0].values, site.pos)
    if name in ("start_soon", "add_task") and arguments:
        return _start(frame, arguments[0].values, _rest(site.arguments), site, "")
    return EMPTY


def boundary(callees: Values, name: str) -> str:
    """Return the thread or executor that a call hands its callable to; empty when the context goes along."""
    if name == "run_in_executor":
        return "run_in_executor"
    for value in callees:
        if isinstance(value, Instance) and value.cls in library.EXECUTORS and value.path in library.SUBMITS:
            return f"{value.cls.rpartition('.')[2]}.{value.path}"
        if isinstance(value, External) and value.name in library.THREADS:
            return value.name
    return ""


def _rest(arguments: Sequence[Argument]) -> list[Argument]:
    """Return the arguments behind the first positional one."""
    found = list(arguments)
    for number, argument in enumerate(found):
        if not argument.keyword and argument.star == 0:
            return found[:number] + found[number + 1 :]
    return found


def _start(frame: Frame, callables: Values, arguments: Sequence[Argument], site: Site, through: str) -> Values:
    """Call a callable that was handed over, with the arguments that go along."""
    found: set[Value] = set()
    for value in ordered(callables):
        target = value.target if isinstance(value, Partial) else value
        wrapper = _wrapper(frame, target)
        if wrapper is not None:
            handed = Site(arguments, site.pos, site.text, site.how, boundary=through)
            found |= call_wrapper(frame, target, handed, wrapper, before=value.tags if isinstance(value, Partial) else None)
            continue
        if isinstance(target, FunctionOf):
            found |= call_function(frame, target, arguments, site.pos, site.text, boundary=through or AS_VALUE)
        elif requests.sends(target):
            before = requests.unbound(value.bound, site.pos) if isinstance(value, Partial) else []
            requests.send_by(frame, target, [*before, *arguments], site.pos, site.text)
    return settled(frame, frozenset(found), site.pos) if not through else frozenset(found)


def library_call(frame: Frame, name: str, site: Site) -> Values | None:
    """Return what a call of the standard library gives; ``None`` when it is none that matters."""
    handler = _BY_FULL_NAME.get(name)
    if handler is not None:
        return handler(frame, site)
    if name in providers.MAKING or name == providers.OBJECT:
        return providers.provider(frame, name, site.arguments, site.pos)
    if name in library.EXECUTORS:
        return frozenset({Instance(name)})
    if name in library.STACKS:
        return frozenset({Stack(f"{frame.module.path}@{site.pos}")})
    if name in library.LOOPS:
        return frozenset({Instance("asyncio.loop")})
    if name in library.THREADS:
        return _thread(frame, name, site)
    arguments = positional(site.arguments)
    if name in library.CARRYING:
        return _start(frame, arguments[0].values, _rest(site.arguments), site, "") if arguments else EMPTY
    if name in library.RUNNING or name in library.SCHEDULING:
        return settled(frame, arguments[0].values, site.pos) if arguments else EMPTY
    if name in library.GATHERING:
        return _gather(frame, site)
    if name in library.SAME:
        return arguments[0].values if arguments else EMPTY
    if name in library.COLLECTING:
        return collect(frame, library.COLLECTING[name], site)
    if name in library.ENVIRONMENT:
        return join(pick(site.arguments, "default", 1), EMPTY)
    return None


def _gather(frame: Frame, site: Site) -> Values:
    holder = make(f"{frame.module.path}@{site.pos}g", "tuple")
    for number, argument in enumerate(positional(site.arguments)):
        put(frame, holder, str(number), settled(frame, argument.values, site.pos))
    for argument in site.arguments:
        if argument.star == 1:
            for value in argument.values:
                put(frame, holder, "", settled(frame, items(frame, value), site.pos))
    return frozenset({holder})


def collect(frame: Frame, kind: str, site: Site) -> Values:
    """Return the container that a built-in type makes of its arguments."""
    holder = make(f"{frame.module.path}@{site.pos}l", kind)
    for argument in site.arguments:
        if argument.keyword:
            put(frame, holder, argument.keyword, argument.values)
        elif kind == "dict":
            if len(site.arguments) == 1:
                return argument.values
            spread_all(frame, holder, argument.values)
        elif kind == NAMESPACE:
            spread_all(frame, holder, argument.values)
        else:
            put(frame, holder, "", iterate(frame, argument.values, site.pos))
    return frozenset({holder})


def _thread(frame: Frame, name: str, site: Site) -> Values:
    callables = pick(site.arguments, "function" if name.endswith("Timer") else "target", library.THREADS[name])
    given = pick(site.arguments, "args", library.THREADS[name] + 2 if name.endswith("Thread") else 2)
    named = pick(site.arguments, "kwargs", -1)
    passed = [
        Argument(frozenset({value}), "", star, site.pos, site.arguments[0].node)
        for star, values in ((1, given), (2, named))
        for value in values
        if isinstance(value, Container)
    ]
    context = pick(site.arguments, "context", -1)  # ``None`` stands for an empty one
    carries = any(argument.keyword == "context" for argument in site.arguments) and not any(isinstance(value, Nothing) for value in context)
    _start(frame, callables, passed, site, "" if carries else name)
    return EMPTY


def instance_call(frame: Frame, value: Instance, name: str, site: Site) -> Values:
    """Call a method of an executor, loop, task group or context."""
    arguments = positional(site.arguments)
    if value.cls in library.EXECUTORS:
        if name in ("__enter__", "__aenter__"):
            return frozenset({Instance(value.cls)})
        if name in library.SUBMITS and arguments:
            rest = _rest(site.arguments) if name == "submit" else _mapped(frame, arguments[1:], name)
            _start(frame, arguments[0].values, rest, site, f"{value.cls.rpartition('.')[2]}.{name}")
        return EMPTY
    if value.cls == library.CONTEXT and name == "run" and arguments:
        return _start(frame, arguments[0].values, _rest(site.arguments), site, "")
    if value.cls == "asyncio.TaskGroup":
        return frozenset({value}) if name == "__aenter__" else settled(frame, arguments[0].values, site.pos) if arguments else EMPTY
    return EMPTY


def _mapped(frame: Frame, arguments: Sequence[Argument], name: str) -> list[Argument]:
    """Return the arguments that each call of a mapped function gets."""
    found: list[Argument] = []
    for argument in arguments:
        values = iterate(frame, argument.values, argument.pos)
        if name.startswith("apply"):
            found.append(Argument(argument.values, "", 1, argument.pos, argument.node))
        else:
            found.append(argument._replace(values=values))
    return found


def stack_method(frame: Frame, stack: Stack, name: str, site: Site) -> Values:
    """Call a method of an exit stack."""
    arguments = positional(site.arguments)
    if name in ("enter_context", "enter_async_context") and arguments:
        return enter(frame, arguments[0].values, site.pos, stack=stack.site)
    if name in ("__enter__", "__aenter__"):
        return frozenset({stack})
    return EMPTY


# --- single functions ---


def _setattr(frame: Frame, site: Site) -> Values:
    arguments = positional(site.arguments)
    if len(arguments) == 3:
        for owner in arguments[0].values:
            key = getattr(owner, "key", "")
            for name in arguments[1].values:
                if key and isinstance(name, Text):
                    frame.machine.write(("attr", key, name.text), arguments[2].values)
    return EMPTY


def _next(frame: Frame, site: Site) -> Values:
    arguments = positional(site.arguments)
    if not arguments:
        return EMPTY
    default = arguments[1].values if len(arguments) > 1 else EMPTY
    return iterate(frame, arguments[0].values, site.pos) | default


def _partial(frame: Frame, site: Site) -> Values:
    arguments = positional(site.arguments)
    found: set[Value] = set()
    for value in arguments[0].values if arguments else EMPTY:
        tags = _tags_of_partial(frame, value, _rest(site.arguments), site.pos)
        if tags is not None:
            found.add(Partial(value, tags, arguments[1].values if len(arguments) > 1 else EMPTY))
            continue
        if isinstance(value, FunctionOf):
            call_function(frame, value, _rest(site.arguments), site.pos, site.text, boundary="\0partial")
        found.add(Partial(value, bound=requests.bound(_rest(site.arguments))) if requests.sends(value) else Partial(value))
    return frozenset(found)


def _tags_of_partial(frame: Frame, value: Value, arguments: Sequence[Argument], pos: int) -> Tags | None:
    """Return the tags that a ``partial`` of a sanctioned form or house wrapper holds; ``None`` for any other."""
    wrapper = _wrapper(frame, value)
    if wrapper is not None:
        return house_tags(frame, arguments, wrapper, pos)
    name = form(value.name) if isinstance(value, External) else ""
    return own_tags(frame, arguments, name, pos) if name in ("tagged", "tags", "record_call") else None


def _wrapper(frame: Frame, value: Value) -> Wrapper | None:
    if not frame.machine.wrappers:
        return None
    info = frame.machine.functions.get(value.key) if isinstance(value, FunctionOf) else None
    return frame.machine.wrappers.of(value, info.cls if info is not None else None)


def _carrying(frame: Frame, site: Site) -> Values:
    """Note that a callable takes the tags in force here along, wherever it runs."""
    for argument in positional(site.arguments)[:1]:
        for value in argument.values:
            if isinstance(value, FunctionOf):
                call_function(frame, value, [], site.pos, site.text, boundary=CARRIED)
    return EMPTY


def _nullcontext(frame: Frame, site: Site) -> Values:
    """Return what is given, or a scope without tags."""
    arguments = positional(site.arguments)
    return arguments[0].values if arguments else frozenset({ScopeOf(Tags())})


def _attrgetter(frame: Frame, site: Site) -> Values:
    return frozenset(
        Getter(value.text) for argument in positional(site.arguments)[:1] for value in argument.values if isinstance(value, Text)
    )


def _depends(frame: Frame, site: Site) -> Values:
    """Return what an injected dependency provides: the result of the callable."""
    found: set[Value] = set()
    for value in pick(site.arguments, "dependency", 0):
        if isinstance(value, FunctionOf):
            given = call_function(frame, value, [], site.pos, site.text, boundary="\0injected")
            found |= settled(frame, given, site.pos) | frame.machine.read(("yield", value.key, ""), frame.unit)
    return frozenset(found)


def _group(frame: Frame, site: Site) -> Values:
    return frozenset({Instance("asyncio.TaskGroup")})


def _context(frame: Frame, site: Site) -> Values:
    return frozenset({Instance(library.CONTEXT)})


def _app_config(frame: Frame, site: Site) -> Values:
    """Return the config of the application that has a label."""
    labels = {value.text for value in pick(site.arguments, "app_label", 0) if isinstance(value, Text)}
    found: set[Value] = set()
    for config in frame.machine.read(("configs", "", ""), frame.unit):
        if isinstance(config, ClassOf) and not labels.isdisjoint(labels_of(frame, config.key)):
            found.add(Object(config.key))
    return frozenset(found)


def labels_of(frame: Frame, key: str) -> set[str]:
    """Return the label of an application's config: the last part of its name, unless another is given."""
    own = [frame.machine.read(("attr", key, name), frame.unit) for name in ("label", "name")]
    return {name.text.rpartition(".")[2] for name in own[0] or own[1] if isinstance(name, Text)}


def _pass_decorator(frame: Frame, site: Site) -> Values:
    """Return a decorator that passes an object of a class."""
    made = frozenset(Object(value.key) for value in pick(site.arguments, "object_type", 0) if isinstance(value, ClassOf))
    return frozenset({Partial(External(PASSING), first=made)})


def _urljoin(frame: Frame, site: Site) -> Values:
    arguments = positional(site.arguments)
    if len(arguments) < 2:
        return EMPTY
    bases = [value.text for value in arguments[0].values if isinstance(value, Text)]
    ends = [value.text for value in arguments[1].values if isinstance(value, Text)] or [HOLE]
    return frozenset(Text(end if "://" in end else base.rstrip("/") + "/" + end.lstrip("/")) for base in bases for end in ends)


def _text(frame: Frame, site: Site) -> Values:
    return frozenset(
        value if isinstance(value, Text) else UNKNOWN for argument in positional(site.arguments)[:1] for value in argument.values
    )


def _identity_decorator(frame: Frame, site: Site) -> Values:
    arguments = positional(site.arguments)
    return arguments[0].values if arguments else EMPTY


CONFIG: Final = frozenset({"django.apps.AppConfig", "django.apps.config.AppConfig"})
PASSING: Final = "click.pass_obj"
_BY_FULL_NAME: Final[dict[str, Callable[[Frame, Site], Values]]] = {
    "builtins.getattr": lambda frame, site: importing.getattr_of(frame, site.arguments),
    "builtins.setattr": _setattr,
    "builtins.next": _next,
    "builtins.anext": _next,
    "builtins.str": _text,
    "collections.defaultdict": lambda frame, site: _defaulting(frame, site),
    "builtins.zip": lambda frame, site: _zipped(frame, site),
    "builtins.map": lambda frame, site: _mapped_over(frame, site),
    "builtins.filter": lambda frame, site: _filtered(frame, site),
    "builtins.max": lambda frame, site: _chosen_from(frame, site),
    "builtins.min": lambda frame, site: _chosen_from(frame, site),
    "builtins.enumerate": lambda frame, site: _enumerated(frame, site),
    "contextlib.nullcontext": _nullcontext,
    "cost_lib.with_current_tags": lambda frame, site: _carrying(frame, site),
    "functools.partial": _partial,
    "functools.partialmethod": _partial,
    "functools.lru_cache": _identity_decorator,
    "functools.cache": _identity_decorator,
    "operator.attrgetter": _attrgetter,
    "importlib.import_module": lambda frame, site: importing.import_module(frame, site.arguments),
    "builtins.__import__": lambda frame, site: importing.import_module(frame, site.arguments),
    "django.utils.module_loading.import_string": lambda frame, site: importing.import_string(frame, site.arguments),
    "werkzeug.utils.import_string": lambda frame, site: importing.import_string(frame, site.arguments),
    "celery.utils.imports.symbol_by_name": lambda frame, site: importing.import_string(frame, site.arguments),
    "hydra.utils.get_class": lambda frame, site: importing.import_string(frame, site.arguments),
    "hydra.utils.get_method": lambda frame, site: importing.import_string(frame, site.arguments),
    "pkgutil.resolve_name": lambda frame, site: importing.import_string(frame, site.arguments),
    "pydoc.locate": lambda frame, site: importing.import_string(frame, site.arguments),
    "lazy_loader.load": lambda frame, site: importing.import_module(frame, site.arguments),
    "lazy_import.lazy_module": lambda frame, site: importing.import_module(frame, site.arguments),
    "fastapi.Depends": _depends,
    "fastapi.params.Depends": _depends,
    "fastapi.Security": _depends,
    "asyncio.TaskGroup": _group,
    "contextvars.copy_context": _context,
    "urllib.parse.urljoin": _urljoin,
    "django.apps.apps.get_app_config": _app_config,
    "click.make_pass_decorator": _pass_decorator,
    "aiohttp.web.AppKey": _text,
    "os.path.join": lambda frame, site: below([argument.values for argument in positional(site.arguments)]),
    "posixpath.join": lambda frame, site: below([argument.values for argument in positional(site.arguments)]),
    "pydantic.HttpUrl": _text,
    "pydantic.AnyHttpUrl": _text,
    "pydantic.AnyUrl": _text,
    "httpx.URL": _text,
    "yarl.URL": _text,
    "pydantic.Field": lambda frame, site: _field(frame, site),
    "dataclasses.field": lambda frame, site: _field(frame, site),
    "attr.ib": lambda frame, site: _field(frame, site),
    "attrs.field": lambda frame, site: _field(frame, site),
    "pydantic.PrivateAttr": lambda frame, site: _field(frame, site),
}


def _field(frame: Frame, site: Site) -> Values:
    """Return the default of a field: a value, or the result of its factory."""
    factories = pick(site.arguments, "default_factory", -1) | pick(site.arguments, "factory", -1)
    return pick(site.arguments, "default", 0) | _made(frame, factories, site)


def _defaulting(frame: Frame, site: Site) -> Values:
    """Return a dict that holds what its factory makes, and what else it is given."""
    holder = make(f"{frame.module.path}:{frame.qualname}@{site.pos}D", "dict")
    made = _made(frame, pick(site.arguments, "default_factory", 0), site)
    if made:
        put(frame, holder, "", made)
    for argument in site.arguments[1:]:
        spread_all(frame, holder, argument.values)
    return frozenset({holder})


def _made(frame: Frame, factories: Values, site: Site) -> Values:
    """Return what factories make that are called without arguments."""
    found: Values = EMPTY
    for factory in factories:
        value = factory.target if isinstance(factory, Partial) and factory.tags is None else factory
        if isinstance(value, FunctionOf):
            found |= call_function(frame, value, [], site.pos, site.text)
        elif isinstance(value, External):
            entry = frame.machine.catalog.client(value.name)
            if entry is not None:
                found |= {Instance(entry.canonical, "", value.tags)}
    return found


def _zipped(frame: Frame, site: Site) -> Values:
    pair = make(f"{frame.module.path}@{site.pos}z", "tuple")
    for number, argument in enumerate(positional(site.arguments)):
        put(frame, pair, str(number), iterate(frame, argument.values, site.pos))
    holder = make(f"{frame.module.path}@{site.pos}Z", "list")
    put(frame, holder, "", frozenset({pair}))
    return frozenset({holder})


def _mapped_over(frame: Frame, site: Site) -> Values:
    """Return what ``map`` gives; whoever calls the function cannot be asked for tags."""
    arguments = positional(site.arguments)
    given = _mapped(frame, arguments[1:], "map")
    found: set[Value] = set()
    for value in arguments[0].values if arguments else EMPTY:
        if isinstance(value, FunctionOf):
            found |= call_function(frame, value, given, site.pos, site.text, boundary=AS_VALUE)
        else:
            found |= _made(frame, frozenset({value}), site)
    holder = make(f"{frame.module.path}@{site.pos}m", "list")
    put(frame, holder, "", frozenset(found))
    return frozenset({holder})


def _filtered(frame: Frame, site: Site) -> Values:
    _mapped_over(frame, site)
    holder = make(f"{frame.module.path}@{site.pos}f", "list")
    for argument in positional(site.arguments)[1:2]:
        put(frame, holder, "", iterate(frame, argument.values, site.pos))
    return frozenset({holder})


def _chosen_from(frame: Frame, site: Site) -> Values:
    arguments = positional(site.arguments)
    if len(arguments) == 1:
        return iterate(frame, arguments[0].values, site.pos)
    return frozenset(value for argument in arguments for value in argument.values)


def _enumerated(frame: Frame, site: Site) -> Values:
    pair = make(f"{frame.module.path}@{site.pos}e", "tuple")
    for argument in positional(site.arguments)[:1]:
        put(frame, pair, "1", iterate(frame, argument.values, site.pos))
    holder = make(f"{frame.module.path}@{site.pos}E", "list")
    put(frame, holder, "", frozenset({pair}))
    return frozenset({holder})
