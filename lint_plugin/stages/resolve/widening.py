"""What a store keeps when more is put into it than one can follow: literals and clients never compete for the same room."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from lint_plugin.ordering import ordered
from lint_plugin.stages.resolve.waking import Key
from lint_plugin.values import Container, Number, Text, Value, Values

PLAIN: Final = 12  # literals and containers of one variable
KEYS: Final = 64  # keys of one dict: an argument in ``**mapping`` is lost with its key
LIMIT: Final = 16  # other values; more means a registry of everything, where one of each kind is enough
KINDS: Final = 64  # values of different kinds

Kind = tuple[object, ...]


class Widening:
    """What found no room in stores that are full."""

    def __init__(self, matters: Callable[[Value], bool]) -> None:
        """Ask ``matters`` which literals and containers lead somewhere: these are kept like clients."""
        self._matters = matters
        self._refused: dict[Key, set[Value]] = {}

    def grown(self, key: Key, old: Values, values: Values) -> Values:
        """Return what a store holds after a further write.

        Literals and containers of no consequence have room of their own, so that no client is lost for the sake of them,
        and the others have theirs; beyond it only a kind of value that is not there yet is taken in.
        """
        if values <= old:
            return old
        refused = self._refused.get(key)
        if refused is None:
            new = old | values
            if len(new) <= (KEYS if key[0] == "keys" else PLAIN):
                return new
            refused = self._refused[key] = set()
        fresh = [value for value in values if value not in old and value not in refused]
        if not fresh:
            return old  # what found no room once will not find it later
        kept = set(old)
        plain = [value for value in old if self._is_plain(value)]
        room = (KEYS if key[0] == "keys" else PLAIN) - len(plain)
        telling = len(old) - len(plain)
        kinds = {_kind(value) for value in old}
        for value in ordered(fresh):
            if self._is_plain(value):
                fits, room = room > 0, room - 1
            else:
                kind = _kind(value)
                fits = telling < LIMIT or (telling < KINDS and kind not in kinds)
                telling += fits
                kinds.add(kind)
            (kept if fits else refused).add(value)
        return frozenset(kept)

    def _is_plain(self, value: Value) -> bool:
        return isinstance(value, (Text, Number, Container)) and not self._matters(value)


def _kind(value: Value) -> Kind:
    """Return what is alike in values of which one is enough."""
    tags = getattr(value, "tags", None)
    return type(value), getattr(value, "cls", ""), getattr(value, "key", ""), getattr(value, "path", ""), tags is None
