"""Make the tags of one request, whatever framework it comes from."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from enum import Enum
from typing import Any, Final

from cost_lib.operation import new_id
from cost_lib.record import guarded
from cost_lib.scope import CURRENT, Frame, Scope, clean, overlay

Value = str | Enum | None
# a function from the request to its tags, or the tags with values that are fixed or made from the request
Source = Callable[[Any], Mapping[str, Value]] | Mapping[str, Value | Callable[[Any], Value]]
CHAIN_HEADER: Final = "x-request-id"
CHAIN: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:-]{0,127}")  # anything else in the header is somebody's joke


def scope_for(source: Source, request: Any, *, chain: str, is_own: bool = False) -> Scope:
    """Return the scope of one request; a source that fails costs its tags, never the request.

    A chain that the program itself has named is its own, whatever it looks like.
    """
    found: dict[str, str] = {"chain_id": chain if is_own or CHAIN.fullmatch(chain) else new_id()}
    with guarded():
        given = source(request) if callable(source) else {name: _made(value, request) for name, value in source.items()}
        found |= clean(given)
    return Scope(found)


def _made(value: Value | Callable[[Any], Value], request: Any) -> Value:
    return value(request) if callable(value) and not isinstance(value, Enum) else value


class Steps:
    """Run the steps of an iterator under the tags of a request, and everything between them under those of who iterates."""

    def __init__(self, scope: Scope) -> None:
        self._frame: Frame = overlay(CURRENT.get(), scope.own, owner=scope)

    def run(self, step: Callable[[], Any]) -> Any:
        """Take one step."""
        before = CURRENT.get()
        CURRENT.set(self._frame)
        try:
            return step()
        finally:
            self._frame = CURRENT.get()  # what the body itself has set holds when it goes on
            CURRENT.set(before)

    async def run_async(self, step: Callable[[], Any]) -> Any:
        """Take one asynchronous step."""
        before = CURRENT.get()
        CURRENT.set(self._frame)
        try:
            return await step()
        finally:
            self._frame = CURRENT.get()
            CURRENT.set(before)


class Body:
    """An iterator of a response's pieces that runs under the tags of its request."""

    def __init__(self, pieces: Any, scope: Scope) -> None:
        self._pieces = pieces
        self._steps = Steps(scope)
        self._next: Iterator[Any] | None = None

    def __iter__(self) -> Iterator[Any]:
        return self

    def __next__(self) -> Any:
        if self._next is None:
            self._next = self._steps.run(lambda: iter(self._pieces))
        return self._steps.run(self._next.__next__)

    def close(self) -> None:
        """Close the pieces, read or not."""
        close = getattr(self._pieces, "close", None)
        if close is not None:
            self._steps.run(close)


class AsyncBody:
    """An asynchronous iterator of a response's pieces that runs under the tags of its request."""

    def __init__(self, pieces: Any, scope: Scope) -> None:
        self._next = pieces.__aiter__()
        self._steps = Steps(scope)

    def __aiter__(self) -> AsyncBody:
        return self

    async def __anext__(self) -> Any:
        return await self._steps.run_async(self._next.__anext__)

    async def aclose(self) -> None:
        """Close the pieces, read or not."""
        close = getattr(self._next, "aclose", None)
        if close is not None:
            await self._steps.run_async(close)
