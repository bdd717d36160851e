"""Callables that are handed to another thread or process: what their scope had and they lose."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from lint_plugin.events import BillableCall, Block, Edge, Place
from lint_plugin.facts import Boundary
from lint_plugin.stages.call_sites.ledger import SPECIAL, Ledger
from lint_plugin.stages.call_sites.proofs import prove, sources_of

Version = tuple[int, int]

CARRIED: Final = f"{SPECIAL}carried"  # of a callable given to ``with_current_tags``


class Context(NamedTuple):
    """What a kind of boundary does with the context of the code that crosses it, on builds with the GIL."""

    carried_since: Version | None  # by default; None = in no release
    keyword_since: Version | None  # the first release that takes ``context=``; None = none does


# Checked 2026-11-22 against the documentation of ``threading`` and ``sys.flags`` for 3.14 and 3.15: new threads inherit the context
# only where ``thread_inherit_context`` is set, which it is by default on free-threaded builds alone. Turning it on everywhere is
# planned without a release (python/cpython#154549). ``Thread`` takes ``context=`` since 3.14 (python/cpython#128209), ``Timer`` does
# not hand it on. Workers of an executor start with the context of whoever starts them at best, never with that of each call;
# other processes start with none.
CONTEXTS: Final = {"threading.Thread": Context(None, (3, 14))}
OTHERS: Final = Context(None, None)


def is_carried(boundary: str, python: Version | None) -> bool:
    """Tell whether tags cross a boundary on every Python that a project supports."""
    since = CONTEXTS.get(boundary, OTHERS).carried_since
    return since is not None and python is not None and python >= since


def report(ledger: Ledger, place: Place, text: str, boundary: str, lost: Iterable[str]) -> None:
    """Make the record of a boundary that drops tags."""
    keys = tuple(lost)
    if keys and not is_carried(boundary, ledger.python):
        since = CONTEXTS.get(boundary, OTHERS).keyword_since
        has_keyword = since is not None and ledger.python is not None and ledger.python >= since
        ledger.add(Boundary(place.path, place.pos, place.qualname, text, boundary, keys, has_keyword))


def lost_by_reference(event: BillableCall, key: str) -> bool:
    """Tell whether a bound method that is handed over takes a tag from the scope that stays behind."""
    alone = prove(key, sources_of(event.tags, event.own, ()), event.place.function)
    return alone.fails and prove(key, sources_of(event.tags, event.own, event.blocks), event.place.function).proven


def lost_by_function(ledger: Ledger, edge: Edge, key: str) -> bool:
    """Report a function that inherits a tag and is handed over out of a scope that has it."""
    if not _has(edge.blocks, edge.place.function, key):
        return False
    report(ledger, edge.place, edge.text, edge.boundary, (key,))
    return True


def lost_by_lambda(ledger: Ledger, function: str, key: str) -> bool:
    """Report the lambda around a call where it is handed over out of a scope that has the tag.

    One that takes the tags along loses nothing.
    """
    if not ledger.is_lambda(function):
        return False
    if any(edge.boundary == CARRIED and _has(edge.blocks, edge.place.function, key) for edge in ledger.edges.get(function, ())):
        return True
    handed = [edge for edge in ledger.edges.get(function, ()) if edge.boundary and not edge.boundary.startswith(SPECIAL)]
    reported = [lost_by_function(ledger, edge, key) for edge in handed]  # each of them, so no ``any`` that stops at the first
    return any(reported)


def _has(blocks: Sequence[Block], function: str, key: str) -> bool:
    return prove(key, sources_of(None, None, blocks), function).proven
