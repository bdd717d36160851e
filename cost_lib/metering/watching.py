"""Let a response that exists already tell its exchange what becomes of it.

Its class is replaced by one that is derived from it. Methods put on the object itself would make a circle of it, which would
keep its connection from being given back as soon as nobody holds it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable

    from cost_lib.metering.exchange import Exchange


class Watching:
    """What a watched response does on top of its own class."""

    _costmark: Exchange
    _costmark_depth = 0  # one way of reading may go through another

    def _costmark_above(self, name: str) -> Any:
        return getattr(super(), name)

    def _costmark_tell(self, read: Callable[..., Any], *args: Any, **options: Any) -> Any:
        """Read, and tell when that breaks."""
        self._costmark_depth += 1
        try:
            return read(*args, **options)
        except BaseException as error:
            self._costmark.leave(error)
            raise
        finally:
            self._costmark_depth -= 1

    def __del__(self, *args: Any, **options: Any) -> None:
        self._costmark.finish("abandoned")
        self._costmark_above("__del__")(*args, **options)


def watch(response: Any, kind: type[Watching], exchange: Exchange) -> None:
    """Have a response watched from now on."""
    response.__class__ = _derived(kind, type(response))
    response._costmark = exchange  # noqa: SLF001 - our own name on it


_kinds: Final[dict[tuple[type, type], type]] = {}


def _derived(kind: type[Watching], cls: type) -> type:
    found = _kinds.get((kind, cls))
    if found is None:
        own = {"__module__": cls.__module__, "__qualname__": cls.__qualname__, "__doc__": cls.__doc__}
        found = _kinds[kind, cls] = type(cls.__name__, (kind, cls), own)
    return found
