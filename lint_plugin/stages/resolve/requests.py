"""Raw HTTP calls to provider hosts: URLs folded from constants, base URLs and parameters' defaults."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from lint_plugin.events import BillableCall
from lint_plugin.stages.resolve import library, urls
from lint_plugin.stages.resolve.arguments import Argument, pick
from lint_plugin.stages.resolve.containers import items, keys
from lint_plugin.stages.resolve.frame import Frame
from lint_plugin.stages.resolve.senders import seek_callers
from lint_plugin.values import Container, Instance, Nothing, Tags, Text, Values

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


def _unpacked(frame: Frame, arguments: Sequence[Argument]) -> Values:
    """Return the URL in a dict of arguments, ``**request``."""
    held = [items(frame, value, frozenset({Text("url")})) for argument in arguments if argument.star == 2 for value in argument.values]
    return frozenset().union(*held)


def send(
    frame: Frame, name: str, at: int, arguments: Sequence[Argument], pos: int, text: str, receiver: Instance | None, tags: Tags | None
) -> None:
    """Report a request when its URL is a provider's billable one."""
    machine = frame.machine
    if not machine.recording:
        return
    leaf = name.rpartition(".")[2]
    url = pick(arguments, "url", at) or pick(arguments, "uri", at) or _unpacked(frame, arguments)
    verb = pick(arguments, "method", 0) if at == 1 else frozenset()
    found = match(frame, url, receiver.url if receiver is not None else "")
    made = [value for value in url if isinstance(value, Instance) and value.cls in library.REQUEST_CLASSES]
    if made:
        asking = [value for value in made if value.model.upper() not in READS]
        found = match(frame, frozenset(Text(value.url) for value in asking))
    elif leaf == "urlopen" and at == 0 and not pick(arguments, "data", 1):
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
