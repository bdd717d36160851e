"""Raw HTTP calls to provider hosts: URLs folded from constants, base URLs and parameters' defaults."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from lint_plugin import ir
from lint_plugin.events import BillableCall
from lint_plugin.stages.resolve import library, urls
from lint_plugin.stages.resolve.arguments import Argument, pick
from lint_plugin.stages.resolve.containers import items, keys
from lint_plugin.stages.resolve.frame import Frame
from lint_plugin.stages.resolve.senders import seek_callers
from lint_plugin.values import Bound, Container, External, Instance, Nothing, Number, Tags, Text, Value, Values, texts

if TYPE_CHECKING:
    from cost_lib.catalog import HostMatch

READS: Final = frozenset({"GET", "HEAD", "OPTIONS", "DELETE"})


def match(frame: Frame, values: Values, base: str = "") -> HostMatch | None:
    """Return the provider that one of the folded URLs pays."""
    for value in sorted((value for value in values if isinstance(value, Text)), key=lambda value: value.text):
        parts = urls.split(on(base, value.text))
        for host in urls.names(parts[0]) if parts is not None else ():
            found = frame.machine.catalog.host(host, parts[1] if parts is not None else "")
            if found is not None:
                return found
    return None


def on(base: str, url: str) -> str:
    """Return a URL that may be relative to a client's base URL."""
    return f"{base.rstrip('/')}/{url.lstrip('/')}" if base and "://" not in url else url


def bases(name: str, arguments: Sequence[Argument]) -> list[str]:
    """Return the URLs to which the requests of an HTTP client are relative."""
    scheme = library.CONNECTIONS.get(name.rpartition(".")[2])
    if scheme is None:
        return texts(pick(arguments, "base_url", 0)) or [""]
    return [f"{scheme}{host}" for host in texts(pick(arguments, "host", 0))] or [""]


def provider_of_url(frame: Frame, url: str) -> str:
    """Return the provider that a base URL names, whatever path is asked for."""
    parts = urls.split(url)
    for name in urls.names(parts[0]) if parts is not None else ():
        for host in frame.machine.catalog.hosts(name):
            if host.provider:
                return host.provider
    return ""


def destination(frame: Frame, arguments: Sequence[Argument]) -> str | None:
    """Return the provider that a client's arguments send its requests to: empty for its own, ``None`` when that cannot be told."""
    found: set[str | None] = set()
    for values in _base_urls(frame, arguments):
        named = [value for value in values if not isinstance(value, Nothing)]
        found |= {(provider_of_url(frame, value.text) or None) if isinstance(value, Text) else None for value in named}
        if not values:
            found.add(None)
    return (found.pop() if len(found) == 1 else None) if found else ""


def _base_urls(frame: Frame, arguments: Sequence[Argument]) -> Iterator[Values]:
    for argument in arguments:
        if argument.keyword in library.BASE_URL:
            yield argument.values
        elif argument.star == 2:
            for value in argument.values:
                if isinstance(value, Container):
                    yield from (items(frame, value, frozenset({Text(key)})) for key in keys(frame, value) if key in library.BASE_URL)


def _unpacked(frame: Frame, arguments: Sequence[Argument], name: str, at: int) -> Values:
    """Return an argument in a dict or tuple of them, ``**request`` or ``*args``."""
    held = [items(frame, value, frozenset({Text(name)})) for argument in arguments if argument.star == 2 for value in argument.values]
    for number, argument in enumerate(arguments[: at + 1]):
        if argument.star == 1:
            held += [items(frame, value, frozenset({Number(str(at - number))})) for value in argument.values]
    return frozenset().union(*held)


def sends(value: Value) -> bool:
    """Tell whether calling a value sends an HTTP request."""
    if isinstance(value, External):
        return value.name in library.HTTP_FUNCTIONS
    return isinstance(value, Instance) and value.path in library.HTTP_METHODS and value.cls in library.HTTP_CLASSES.values()


def bound(arguments: Sequence[Argument]) -> tuple[Bound, ...]:
    """Return the arguments that a ``partial`` keeps for the request that it will send."""
    return tuple((argument.keyword, argument.star, argument.values) for argument in arguments)


def unbound(given: tuple[Bound, ...], pos: int) -> list[Argument]:
    """Return them as the first arguments of a call."""
    return [Argument(values, keyword, star, pos, ir.Lit("...")) for keyword, star, values in given]


def send_by(frame: Frame, value: Value, arguments: Sequence[Argument], pos: int, text: str) -> None:
    """Look at the request that a value sends which is called elsewhere with arguments given here."""
    if isinstance(value, External):
        send(frame, value.name, library.HTTP_FUNCTIONS[value.name], arguments, pos, text, None, value.tags)
    elif isinstance(value, Instance):
        name = f"{value.cls}.{value.path}"
        send(frame, name, library.HTTP_METHODS[value.path], arguments, pos, text, value, value.tags)


def send(
    frame: Frame, name: str, at: int, arguments: Sequence[Argument], pos: int, text: str, receiver: Instance | None, tags: Tags | None
) -> None:
    """Report a request when its URL is a provider's billable one."""
    machine = frame.machine
    if not machine.recording:
        return
    leaf = name.rpartition(".")[2]
    url = pick(arguments, "url", at) or pick(arguments, "uri", at) or _unpacked(frame, arguments, "url", at)
    verb = pick(arguments, "method", 0) or _unpacked(frame, arguments, "method", 0) if at == 1 else frozenset()
    found = match(frame, url, receiver.url if receiver is not None else "")
    made = [value for value in url if isinstance(value, Instance) and value.cls in library.REQUEST_CLASSES]
    if made:
        asking = [value for value in made if value.model.upper() not in READS]
        found = match(frame, frozenset(Text(value.url) for value in asking))
    elif leaf in ("urlopen", "open") and at == 0 and not pick(arguments, "data", 1):
        verb = frozenset({Text("GET")})
    verbs = [value.text.upper() for value in verb if isinstance(value, Text)]
    if found is None:
        seek_callers(frame, url)
    if found is None or (verbs and all(name in READS for name in verbs)):
        return
    model = tuple(sorted(value.text for value in pick(arguments, "model", -1) if isinstance(value, Text)))
    machine.events.append(
        BillableCall(
            frame.place(pos),
            "http",
            found.provider,
            "http",
            name,
            "http",
            "tokens",
            "http",
            "",
            tags,
            None,
            tuple(frame.blocks),
            model,
            "http",
            text,
        )
    )
