"""Know what cannot be metered, because it does not travel over HTTP, and say so once."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from cost_lib.catalog import load_providers
from cost_lib.catalog.model import Bills, Transport
from cost_lib.catalog.registry import TOKENS
from cost_lib.stderr import say_once

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from cost_lib.catalog.model import Provider
    from cost_lib.operation import CallSite

UNMETERABLE: Final = frozenset((Transport.GRPC, Transport.WEBSOCKET, Transport.SUBPROCESS))
WORDS: Final = {Transport.GRPC: "gRPC", Transport.WEBSOCKET: "a websocket", Transport.SUBPROCESS: "a process of its own"}


@cache
def unmeterable(packages: frozenset[str]) -> Mapping[str, str]:
    """Return the names of the billable calls of some packages that never travel over HTTP, and how they travel."""
    names = [name for name, tokens in TOKENS.items() if any(_package(token) in packages for token in tokens)]
    ways: dict[str, set[Transport]] = {}
    for provider in load_providers(frozenset(names)):
        for leaf, way in _calls(provider):
            ways.setdefault(leaf, set()).add(way)
    # a name that some other class has for what is metered says nothing
    return {leaf: " or ".join(WORDS[way] for way in found) for leaf, found in ways.items() if leaf and found <= UNMETERABLE}


def warn(name: str, how: str, site: CallSite | None) -> None:
    """Say once a line that a call is not recorded."""
    say_once(
        f"transport {site} {name}", f"{site or 'a call'}: {name}() goes over {how}, which cannot be metered: put it under record_call(...)"
    )


def _calls(provider: Provider) -> Iterator[tuple[str, Transport]]:
    for client in provider.classes:
        for method in client.methods:
            if method.bills is not Bills.FREE:
                yield method.accessor.rpartition(".")[2], method.transport
    for function in provider.functions:
        if function.bills is not Bills.FREE:
            yield from ((name.rpartition(".")[2], function.transport) for name in function.names)


def _package(token: bytes) -> str:
    """Return the package that an import of the registry leads to (``google.genai``, ``azure.ai.projects``)."""
    return token.decode().partition(".")[0].partition(" ")[0]
