"""Raw HTTP calls to provider hosts: URLs folded from constants, base URLs and parameters' defaults."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from lint_plugin.stages.resolve import library
from lint_plugin.stages.resolve.arguments import Argument, pick
from lint_plugin.events import BillableCall
from lint_plugin.stages.resolve.frame import Frame
from lint_plugin.values import HOLE, Instance, Tags, Text, Values

if TYPE_CHECKING:
    from cost_lib.catalog import HostMatch

_URL: Final = re.compile(r"(?:https?|wss?)://([^/?#]+)(/[^?#]*)?")
READS: Final = frozenset({"GET", "HEAD", "OPTIONS", "DELETE"})


def split(url: str) -> tuple[str, str] | None:
    """Return host and path of a folded URL; unknown parts become ``*``; ``None`` when there is no host to see."""
    found = _URL.match(url)
    if found is None:
        return None
    host = found.group(1).rpartition("@")[2].partition(":")[0]
    path = found.group(2) or "/"
    return host.replace(HOLE, "*").lower(), re.sub(r"[^/]*\x00[^/]*", "*", path)


def match(frame: Frame, values: Values, base: str = "") -> HostMatch | None:
    """Return the provider that one of the folded URLs pays."""
    for value in sorted((value for value in values if isinstance(value, Text)), key=lambda value: value.text):
        url = value.text
        if base and "://" not in url:
            url = base.rstrip("/") + "/" + url.lstrip("/")
        parts = split(url)
        if parts is None:
            continue
        found = frame.machine.catalog.host(*parts)
        if found is not None:
            return found
    return None


def provider_of_url(frame: Frame, values: Values) -> str:
    """Return the provider that a base URL names, whatever path is asked for."""
    for value in values:
        parts = split(value.text) if isinstance(value, Text) else None
        for host in frame.machine.catalog.hosts(parts[0]) if parts is not None else ():
            if host.provider:
                return host.provider
    return ""


def send(frame: Frame, name: str, at: int, arguments: Sequence[Argument], pos: int, text: str, receiver: Instance | None, tags: Tags | None) -> None:
    """Report a request when its URL is a provider's billable one."""
    machine = frame.machine
    if not machine.recording:
        return
    leaf = name.rpartition(".")[2]
    url = pick(arguments, "url", at) or pick(arguments, "uri", at)
    verb = pick(arguments, "method", 0) if at == 1 else frozenset()
    found = match(frame, url, receiver.url if receiver is not None else "")
    request = next((value for value in url if isinstance(value, Instance) and value.cls in library.REQUEST_CLASSES), None)
    if request is not None:
        found = match(frame, frozenset({Text(request.url)}))
        verb = frozenset({Text(request.model)}) if request.model else verb
    elif leaf in ("urlopen",) and at == 0 and not pick(arguments, "data", 1):
        verb = frozenset({Text("GET")})
    if found is None or any(isinstance(value, Text) and value.text.upper() in READS for value in verb):
        return
    model = tuple(sorted(value.text for value in pick(arguments, "model", -1) if isinstance(value, Text)))
    machine.events.append(
        BillableCall(
            frame.place(pos), "http", found.provider, "http", name, "http", "tokens", "http", "", tags, None, tuple(frame.blocks), model, "http", text
        )
    )
