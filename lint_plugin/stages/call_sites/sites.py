"""Calls that bill: one record for all that one expression can mean."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from lint_plugin.events import BillableCall, Recorded
from lint_plugin.facts import METERED, CallSite, Shadow, TagValue
from lint_plugin.ordering import spelling
from lint_plugin.stages.call_sites.crossings import lost_by_lambda, lost_by_reference, report
from lint_plugin.stages.call_sites.ledger import Ledger
from lint_plugin.stages.call_sites.proofs import Proof, Source, is_empty, literals, prove, sources_of

# a bound method in a variable, which counts where it is put unless it is called somewhere
STORED = "stored"
# a callable that was reported elsewhere is handed to a thread
CROSSING = "crossing"
LAYERS = ("sdk", "http", "framework")


def make_sites(ledger: Ledger) -> None:
    """Make the record of every call that bills."""
    for events in meanings(ledger):
        _site(ledger, events)


def meanings(ledger: Ledger) -> Iterable[list[BillableCall]]:
    """Return what each expression that bills can mean; callables that are handed to threads are noted on the way."""
    called = {event.stored for event in ledger.calls if event.stored and event.kind != STORED}
    sites: dict[tuple[str, int], dict[BillableCall, None]] = {}
    for event in ledger.calls:
        if event.kind == CROSSING:
            _crossing(ledger, event)
        elif event.kind != STORED or event.stored not in called:
            sites.setdefault((event.place.path, event.place.pos), {})[event] = None
    # values come in no order: what is said of a call must not depend on the run
    return [sorted(events, key=_meaning) for events in sites.values()]


def _meaning(event: BillableCall) -> tuple[object, ...]:
    """Return what meanings are sorted by: an SDK's before an HTTP client's before a framework's."""
    rank = LAYERS.index(event.layer) if event.layer in LAYERS else len(LAYERS)
    named = event.provider, event.method, event.kind, event.how, event.text, event.model, event.boundary
    return rank, *named, spelling(event.tags), spelling(event.own)


class _Standing:
    """How the required tags stand at one expression, over everything that it can mean."""

    def __init__(self, ledger: Ledger, events: Sequence[BillableCall], *, is_raw: bool) -> None:
        place = events[0].place
        self.missing: list[str] = []
        self.opaque: list[str] = []
        self.lost: list[str] = []
        self.worst = events[0]  # the meaning that lacks a tag
        for key in ledger.policy.demanded(place.path):
            states = [_state(ledger, event, key, is_asked=not (is_raw and _is_raw(event))) for event in events]
            failing = [(event, sources) for event, sources, proof in states if proof.fails]
            if failing:
                self._fail(ledger, key, failing, is_raw=is_raw)
            elif any(proof.opaque for _, _, proof in states):
                self.opaque.append(key)
            if not is_raw and any(event.boundary and lost_by_reference(event, key) for event in events):
                self.lost.append(key)

    def _fail(self, ledger: Ledger, key: str, failing: Sequence[tuple[BillableCall, list[Source]]], *, is_raw: bool) -> None:
        event = failing[0][0]
        if not is_raw:
            self.worst = event
            if lost_by_lambda(ledger, event.place.function, key):
                return
        misspelt = [ledger.is_misspelt(key, sources) for _, sources in failing]
        if not all(misspelt):
            self.missing.append(key)


def _state(ledger: Ledger, event: BillableCall, key: str, *, is_asked: bool) -> tuple[BillableCall, list[Source], Proof]:
    """Return how a tag stands; a call that is reported as raw asks nobody for it."""
    sources = sources_of(event.tags, event.own, event.blocks)
    proof = ledger.settle(key, sources, event.place) if is_asked else prove(key, sources, event.place.function)
    return event, sources, proof


def _is_raw(event: BillableCall) -> bool:
    return event.tags is None and event.own is None and event.kind != "wrapper"


def _site(ledger: Ledger, events: list[BillableCall]) -> None:
    raw = [event for event in events if _is_raw(event)]
    place = events[0].place
    settings = ledger.policy.for_path(place.path)
    # under ``process`` a raw call takes its tags from the scope like any other
    standing = _Standing(ledger, events, is_raw=bool(raw) and settings.metering == "call")
    unmetered = [event for event in events if event.transport not in METERED]
    chosen = (unmetered or raw or [standing.worst])[0]  # what no wrapper can meter weighs most
    recorded = any(block.kind == "record" for block in chosen.blocks)
    if chosen.boundary and not recorded:
        report(ledger, place, chosen.text, chosen.boundary, standing.lost)
    for key in standing.opaque:
        ledger.add(TagValue(place.path, place.pos, place.qualname, key, (), nothing=False, dynamic=True, required=True, strict=False))
    ledger.add(
        CallSite(
            place.path,
            place.pos,
            place.qualname,
            chosen.text,
            "reference" if chosen.kind == STORED else chosen.kind,
            chosen.layer,
            chosen.provider,
            chosen.method,
            chosen.api,
            chosen.bills,
            chosen.transport,
            bool(raw),
            settings.allow_raw or place.function in ledger.resolution.gateways,
            recorded,
            settings.metering,
            () if recorded else tuple(standing.missing),
            tuple(standing.opaque),
            tuple(sorted({name for event in events for name in event.model})),
            chosen.how,
            bool(chosen.since) and bool(ledger.policy.catalog) and chosen.since > ledger.policy.catalog,
        )
    )
    if not raw and not recorded:
        for event in events:
            _shadows(ledger, event)


def _crossing(ledger: Ledger, event: BillableCall) -> None:
    """Look at a callable that was reported where it was written and is handed to a thread here."""
    if event.tags is None and ledger.policy.for_path(event.place.path).metering == "call":
        return  # reported as raw
    demanded = ledger.policy.demanded(event.place.path)
    report(ledger, event.place, event.text, event.boundary, [key for key in demanded if lost_by_reference(event, key)])


def make_recorded(ledger: Ledger, event: Recorded) -> None:
    """Make the record of ``record_call`` itself, which needs its tags at its own line."""
    place = event.place
    sources = sources_of(event.tags, None, event.blocks)
    proofs = {key: ledger.settle(key, sources, place) for key in ledger.policy.demanded(place.path)}
    missing = tuple(key for key, proof in proofs.items() if proof.fails and not ledger.is_misspelt(key, sources))
    opaque = tuple(key for key, proof in proofs.items() if proof.opaque)
    ledger.add(
        CallSite(
            path=place.path,
            pos=place.pos,
            scope=place.qualname,
            text="record_call",
            kind="wrapper",
            layer="sdk",
            provider="",
            method="record_call",
            api="",
            bills="tokens",
            transport="http",
            raw=False,
            allowed=False,
            recorded=False,
            metering=ledger.policy.for_path(place.path).metering,
            missing=missing,
            opaque=opaque,
            models=(),
            resolution="direct",
        )
    )


def _shadows(ledger: Ledger, event: BillableCall) -> None:
    """Find tags of the receiver, bound outside the scope around the call, that say something else than the scope."""
    if event.tags is None or event.boundary:  # what runs in another thread leaves the scope behind
        return
    for tag in event.tags.items:
        block = next((block for block in reversed(event.blocks) if block.tags.get(tag.key) is not None), None)
        scope = block.tags.get(tag.key) if block is not None else None
        if block is None or scope is None or (event.own is not None and event.own.get(tag.key) is not None):
            continue
        inside = tag.function == event.place.function and block.start <= tag.pos and (tag.pos <= block.end or block.end < 0)
        mine, theirs = literals(tag.values), literals(scope.values)
        if mine and theirs and not inside and set(mine) != set(theirs) and not is_empty(scope.values) and not is_empty(tag.values):
            place = event.place
            ledger.add(Shadow(place.path, place.pos, place.qualname, event.text, tag.key, mine[0], theirs[0]))
