"""Take stock of a project: every call that bills, its tags and what proves each of them, callers included."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from typing import Final, NamedTuple

from lint_plugin.events import Block, Edge, Place, Recorded
from lint_plugin.facts import CallSite, Stocked, TagProof
from lint_plugin.stages.call_sites.ledger import SPECIAL, Ledger
from lint_plugin.stages.call_sites.proofs import Source, is_empty, literals, parameters_in, prove
from lint_plugin.stages.call_sites.sites import meanings
from lint_plugin.values import DYNAMIC, EXTRA, INHERITED, NOTHING, Tag, Tags

PROVEN: Final = "proven"
UNKNOWN: Final = "unknown"
MISSING: Final = "missing"
_ORDER: Final = (MISSING, UNKNOWN, PROVEN)  # the worst first: one way that lacks a tag is enough

CALLERS: Final = "callers"
OPAQUE: Final = "opaque"
EMPTY: Final = "empty"
POLICY: Final = "policy"
REQUEST: Final = "request"

_Question = tuple[str, str, str]  # function, parameter ("" = its scope), tag


def stocked(ledger: Ledger) -> list[Stocked]:
    """Return every call that bills; what stands inside ``record_call`` stands for that."""
    sites = {(fact.path, fact.pos): fact for fact in ledger.facts if isinstance(fact, CallSite)}
    teller = _Teller(ledger)
    found: list[Stocked] = []
    recorded: set[tuple[str, str, tuple[Tag, ...]]] = set()  # file, function, tags with their places
    for events in meanings(ledger):
        place = events[0].place
        blocks = (block for event in events for block in event.blocks if block.kind == "record")
        recorded.update((place.path, place.function, block.tags.items) for block in blocks)
        sources = [_named(event.own, event.tags, event.blocks) for event in events]
        found.append(Stocked(sites[place.path, place.pos], teller.proofs(sources, place)))
    for event in ledger.resolution.events:
        if isinstance(event, Recorded) and (event.place.path, event.place.function, event.tags.items) not in recorded:
            sources = [_named(event.tags, None, event.blocks)]
            found.append(Stocked(sites[event.place.path, event.place.pos], teller.proofs(sources, event.place)))
    return found


class _Named(NamedTuple):
    """A place that can set tags, and what people call it."""

    source: Source
    name: str


class _Brought(NamedTuple):
    """What one way of asking for a tag gave."""

    state: str
    how: frozenset[str] = frozenset()
    values: frozenset[str] = frozenset()
    dynamic: bool = False


def _named(own: Tags | None, receiver: Tags | None, blocks: Sequence[Block]) -> list[_Named]:
    """Return the places that can set a tag of a call, nearest first."""
    near = [_Named(Source(tags), name) for tags, name in ((own, "call"), (receiver, "receiver")) if tags is not None]
    return near + [_Named(Source(block.tags, is_scope=True), block.kind) for block in reversed(blocks)]


def _joined(brought: Iterable[_Brought]) -> _Brought:
    """Return how a tag stands over several ways: as the worst of them, with all that it can be."""
    every = list(brought)
    if not every:
        return _Brought(UNKNOWN)
    return _Brought(
        min((one.state for one in every), key=_ORDER.index),
        frozenset(chain.from_iterable(one.how for one in every)),
        frozenset(chain.from_iterable(one.values for one in every)),
        any(one.dynamic for one in every),
    )


class _Teller:
    """Tells what brings a tag, here or in the functions that call."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger: Final = ledger
        self._answers: Final[dict[_Question, _Brought]] = {}
        self._open: Final[set[_Question]] = set()
        self._cut: Final[set[_Question]] = set()  # open ones that were asked again

    def proofs(self, meanings_of: Sequence[list[_Named]], place: Place) -> tuple[TagProof, ...]:
        """Return how each tag stands that an expression has or has to have."""
        policy = self._ledger.policy
        written = (tag.key for sources in meanings_of for named in sources for tag in named.source.tags.items)
        required = policy.for_path(place.path).required_tags
        return tuple(
            self._proof(key, meanings_of, place, is_required=key in required)
            for key in dict.fromkeys((*required, *(key for key in written if key in policy.tags)))
        )

    def _proof(self, key: str, meanings_of: Sequence[list[_Named]], place: Place, *, is_required: bool) -> TagProof:
        found = _joined(self._brought(key, sources, place) for sources in meanings_of)
        schema = self._ledger.policy.tags[key]
        if found.state == MISSING and not found.how and (schema.is_given or schema.ambient):
            values = frozenset({schema.default} - {""})
            found = _Brought(PROVEN, frozenset({POLICY if schema.is_given else REQUEST}), values, dynamic=not values)
        elif found.state == MISSING and not is_required:
            found = found._replace(state=PROVEN)
        return TagProof(key, found.state, tuple(sorted(found.how)), tuple(sorted(found.values)), found.dynamic)

    def _brought(self, key: str, sources: Sequence[_Named], place: Place) -> _Brought:
        """Go through the places that can set a tag, as the rules do, and say what they bring."""
        proof = prove(key, [named.source for named in sources], place.function)
        if proof.opaque:
            return _Brought(UNKNOWN, frozenset({OPAQUE}), dynamic=True)
        if proof.duty:
            return self._of_callers(place.function, key)
        if not proof.proven:
            return _Brought(MISSING)
        return _joined(self._values(key, sources, is_backed=proof.backed))

    def _values(self, key: str, sources: Sequence[_Named], *, is_backed: bool) -> Iterator[_Brought]:
        """Yield what the nearest place says, and what those further out add where it may say nothing."""
        for named in sources:
            tag = named.source.tags.get(key)
            if tag is None or INHERITED in tag.values:
                continue
            parameters = [*parameters_in(tag.values)]
            plain = frozenset(literals(tag.values))
            if is_empty(tag.values):
                yield _Brought(MISSING, frozenset({EMPTY}), plain)
            elif plain or DYNAMIC in tag.values or not parameters:
                yield _Brought(PROVEN, frozenset({named.name}), plain, dynamic=DYNAMIC in tag.values)
            for function, name in parameters:
                yield self._of_argument(function, name, key, is_needed=not is_backed)
            if not parameters or not is_backed:
                return

    def _of_callers(self, function: str, key: str) -> _Brought:
        """Ask the functions that call one for a tag that it leaves to them."""

        def ask() -> _Brought:
            return _joined(self._of_caller(edge, key) for edge in self._ledger.edges.get(function, ()) if edge.place.function != function)

        return self._once((function, "", key), ask)

    def _of_caller(self, edge: Edge, key: str, declared: Tags | None = None) -> _Brought:
        if edge.boundary:
            # a thread does not carry the scope; who calls a function that is used as a value cannot be seen
            return _Brought(UNKNOWN if edge.boundary.startswith(SPECIAL) else MISSING)
        if not edge.deferred:
            return self._brought(key, _named(declared, edge.tags, edge.blocks), edge.place)
        ways = self._ledger.consumed.get(edge.id, ())
        return _joined(self._brought(key, _named(declared, edge.tags, way.blocks), way.place) for way in ways)

    def _of_argument(self, function: str, name: str, key: str, *, is_needed: bool) -> _Brought:
        """Ask the callers of a function what they pass for the parameter that carries a tag."""

        def ask() -> _Brought:
            return _joined(self._argument(edge, name, key, is_needed=is_needed) for edge in self._ledger.edges.get(function, ()))

        return self._once((function, name, key), ask)

    def _argument(self, edge: Edge, name: str, key: str, *, is_needed: bool) -> _Brought:
        values = edge.arguments.get(name)
        if values is None:
            if name.startswith(EXTRA) or edge.boundary:
                return _Brought(UNKNOWN)
            values = self._ledger.resolution.defaults.get((edge.callee, name), frozenset({NOTHING}))
        if INHERITED in values:
            place = edge.place
            return self._of_caller(edge, key, Tags((Tag(key, frozenset({INHERITED}), place.function, place.pos),), function=place.function))
        if is_empty(values):
            return _Brought(MISSING if is_needed else PROVEN, values=frozenset(literals(values)))
        passed = [self._of_argument(function, other, key, is_needed=is_needed) for function, other in parameters_in(values)]
        own = _Brought(PROVEN, values=frozenset(literals(values)), dynamic=DYNAMIC in values)
        return _joined([*passed, own] if own.values or own.dynamic or not passed else passed)

    def _once(self, question: _Question, ask: Callable[[], _Brought]) -> _Brought:
        """Ask the callers, once: a function that calls itself asks nobody anew, and what came of that is no answer for others."""
        if question in self._open:
            self._cut.add(question)
            return _Brought(PROVEN)
        if question not in self._answers:
            self._open.add(question)
            answer = ask()._replace(how=frozenset({CALLERS}))
            self._open.discard(question)
            self._cut.discard(question)
            if self._cut:
                return answer
            self._answers[question] = answer
        return self._answers[question]
