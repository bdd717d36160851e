"""Turn what the interpreter wrote down into the records that rules look at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from lint_plugin.events import (
    BillableCall,
    Block,
    Consumption,
    Edge,
    Escape,
    LeakyYield,
    Place,
    Recorded,
    Resolution,
    Started,
    TagWrite,
)
from lint_plugin.facts import Boundary, Caller, CallSite, EscapedClient, Fact, LeakyScope, Shadow, TagValue, Unmetered
from lint_plugin.stages.proofs import BLANK, Proof, is_dynamic, literals, prove, sources_of
from lint_plugin.values import DYNAMIC, INHERITED, NOTHING, PARAMETER, Tags

if TYPE_CHECKING:
    from cost_lib.policy import Policy

__all__ = ["collect"]

SPECIAL: Final = "\0"  # edges that are no calls: partial, decorators, injected dependencies
Duty = tuple[str, str]  # function, tag
ParameterDuty = tuple[str, str, str]  # function, parameter, tag


class _Handed(NamedTuple):
    """A call of a helper as its edge says, with the blocks that hold where it runs."""

    edge: Edge
    place: Place
    blocks: tuple[Block, ...]


def collect(resolution: Resolution, policy: Policy) -> list[Fact]:
    """Return every record of a project, in no particular order."""
    return _Collector(resolution, policy).run()


class _Collector:
    """Everything known while the records are made."""

    def __init__(self, resolution: Resolution, policy: Policy) -> None:
        self._resolution = resolution
        self._policy = policy
        self._facts: dict[Fact, None] = {}
        self._duties: dict[Duty, None] = {}
        self._parameters: dict[ParameterDuty, None] = {}
        self._edges: dict[str, list[Edge]] = {}
        self._consumed: dict[str, list[Consumption]] = {}
        self._missing: dict[tuple[str, int, str], set[str]] = {}
        for event in resolution.events:
            if isinstance(event, Edge):
                self._edges.setdefault(event.callee, []).append(event)
            elif isinstance(event, Consumption):
                self._consumed.setdefault(event.edge, []).append(event)

    def run(self) -> list[Fact]:
        events = self._resolution.events
        called = {event.stored for event in events if isinstance(event, BillableCall) and event.stored and event.kind != "stored"}
        sites: dict[tuple[str, int], list[BillableCall]] = {}
        for event in events:
            if isinstance(event, BillableCall):
                if event.kind != "stored" or event.stored not in called:
                    sites.setdefault((event.place.path, event.place.pos), []).append(event)
            elif isinstance(event, Recorded):
                self._recorded(event)
            elif isinstance(event, LeakyYield):
                self._add(LeakyScope(event.place.path, event.place.pos, event.place.qualname))
            elif isinstance(event, Escape):
                place = event.place
                if not self._policy.for_path(place.path).allow_raw:
                    self._add(EscapedClient(place.path, place.pos, place.qualname, event.provider, event.cls, event.callee))
        for events_here in sites.values():
            self._site(list(dict.fromkeys(events_here)))
        self._follow_duties()
        self._tag_values()
        self._meter()
        return list(self._facts)

    def _add(self, fact: Fact) -> None:
        self._facts[fact] = None

    # --- calls ---

    def _site(self, events: Sequence[BillableCall]) -> None:
        """Make one record of all that one expression can mean."""
        proofs = {id(event): self._prove(event) for event in events}
        raw = [event for event in events if event.tags is None and event.own is None and event.kind != "wrapper"]
        chosen = raw[0] if raw else events[0]
        for event in events:
            if not raw and any(not proof.proven and not proof.opaque and not proof.duty for proof in proofs[id(event)].values()):
                chosen = event
        place = chosen.place
        settings = self._policy.for_path(place.path)
        missing: list[str] = []
        lost: list[str] = []
        opaque: list[str] = []
        for key in self._policy.demanded(place.path):
            states = [proofs[id(event)][key] for event in events]
            if any(not proof.proven and not proof.opaque and not proof.duty for proof in states):
                (lost if self._lost_in_lambda(place, key) else missing).append(key)
            elif any(proof.opaque for proof in states):
                opaque.append(key)
            crossing = [event for event in events if event.boundary and self._lost(event, key)]
            if crossing and not raw:
                lost.append(key)
            for event, proof in zip(events, states, strict=True):
                if proof.duty:
                    self._duties[event.place.function, key] = None
                for function, name in proof.parameters:
                    self._parameters[function, name, key] = None
        recorded = any(block.kind == "record" for block in chosen.blocks)
        if lost and chosen.boundary and not recorded:
            self._add(Boundary(place.path, place.pos, place.qualname, chosen.text, chosen.boundary, tuple(lost)))
        models = tuple(sorted({name for event in events for name in event.model}))
        self._add(
            CallSite(
                place.path,
                place.pos,
                place.qualname,
                chosen.text,
                "reference" if chosen.kind == "stored" else chosen.kind,
                chosen.layer,
                chosen.provider,
                chosen.method,
                chosen.api,
                chosen.bills,
                chosen.transport,
                bool(raw),
                settings.allow_raw or place.function in self._resolution.gateways,
                recorded,
                settings.metering,
                () if recorded else tuple(missing),
                tuple(opaque),
                models,
                chosen.how,
                bool(chosen.since) and bool(self._policy.catalog) and chosen.since > self._policy.catalog,
            )
        )
        if not raw and not recorded:
            for event in events:
                self._shadows(event)

    def _prove(self, event: BillableCall) -> dict[str, Proof]:
        place = event.place
        sources = sources_of(event.tags, event.own, event.blocks)
        return {key: prove(key, sources, place.function, given=self._given(key)) for key in self._policy.demanded(place.path)}

    def _given(self, key: str) -> bool:
        schema = self._policy.tags.get(key)
        return schema is not None and schema.is_given

    def _lost(self, event: BillableCall, key: str) -> bool:
        """Tell whether a callable handed to a thread takes a tag from the scope that stays behind."""
        alone = prove(key, sources_of(event.tags, event.own, ()), event.place.function, given=self._given(key))
        if alone.proven or alone.opaque:
            return False
        return prove(key, sources_of(event.tags, event.own, event.blocks), event.place.function, given=False).proven

    def _lost_in_lambda(self, place: Place, key: str) -> bool:
        """Tell whether a lambda around the call is handed to a thread out of a scope that has the tag; report it there."""
        if self._resolution.names.get(place.function) != "<lambda>":
            return False
        found = False
        for edge in self._edges.get(place.function, ()):
            if edge.boundary and not edge.boundary.startswith(SPECIAL) and self._block_proves(edge, key):
                self._tags_lost(edge, key)
                found = True
        return found

    def _block_proves(self, edge: Edge, key: str) -> bool:
        return prove(key, sources_of(None, None, edge.blocks), edge.place.function, given=False).proven

    def _tags_lost(self, edge: Edge, key: str) -> None:
        place = edge.place
        self._add(Boundary(place.path, place.pos, place.qualname, edge.text, edge.boundary, (key,)))

    def _shadows(self, event: BillableCall) -> None:
        """Find tags of the receiver, bound outside the scope around the call, that say something else than the scope."""
        receiver = event.tags
        if receiver is None:
            return
        for tag in receiver.items:
            mine = literals(tag.values)
            block = next((block for block in reversed(event.blocks) if block.tags.get(tag.key) is not None), None)
            scope = block.tags.get(tag.key) if block is not None else None
            if block is None or scope is None or not mine or event.own is not None and event.own.get(tag.key) is not None:
                continue
            theirs = literals(scope.values)
            inside = tag.function == event.place.function and (block.start <= tag.pos <= block.end or block.kind == "decorator")
            if theirs and not inside and set(mine) != set(theirs) and not scope.values & BLANK and not tag.values & BLANK:
                place = event.place
                self._add(Shadow(place.path, place.pos, place.qualname, event.text, tag.key, mine[0], theirs[0]))

    def _recorded(self, event: Recorded) -> None:
        """Make the record of ``record_call`` itself, which needs its tags at its own line."""
        place = event.place
        sources = sources_of(event.tags, None, event.blocks)
        missing: list[str] = []
        opaque: list[str] = []
        for key in self._policy.demanded(place.path):
            proof = prove(key, sources, place.function, given=self._given(key))
            if proof.duty:
                self._duties[place.function, key] = None
            elif proof.opaque:
                opaque.append(key)
            elif not proof.proven:
                missing.append(key)
            for function, name in proof.parameters:
                self._parameters[function, name, key] = None
        settings = self._policy.for_path(place.path)
        site = CallSite(
            place.path,
            place.pos,
            place.qualname,
            "record_call",
            "wrapper",
            "sdk",
            "",
            "record_call",
            "",
            "tokens",
            "http",
            False,
            False,
            False,
            settings.metering,
            tuple(missing),
            tuple(opaque),
            (),
            "direct",
        )
        self._add(site)

    # --- duties handed to callers ---

    def _follow_duties(self) -> None:
        done: set[Duty | ParameterDuty] = set()
        while True:
            scope_duties = [duty for duty in self._duties if duty not in done]
            parameter_duties = [duty for duty in self._parameters if duty not in done]
            if not scope_duties and not parameter_duties:
                break
            for duty in scope_duties:
                done.add(duty)
                for handed in self._handed(duty[0]):
                    self._ask(handed, duty[1])
            for parameter_duty in parameter_duties:
                done.add(parameter_duty)
                for edge in self._edges.get(parameter_duty[0], ()):
                    if not edge.boundary.startswith(SPECIAL):
                        self._ask_argument(edge, parameter_duty[1], parameter_duty[2])
        for (path, pos, scope), keys in self._missing.items():
            edge = self._callers[path, pos]
            order = self._policy.demanded(path)
            missing = tuple(key for key in order if key in keys)
            if missing:
                self._add(Caller(path, pos, scope, edge.text, self._resolution.names.get(edge.callee, ""), missing))

    @property
    def _callers(self) -> dict[tuple[str, int], Edge]:
        return {(edge.place.path, edge.place.pos): edge for edges in self._edges.values() for edge in edges if self._is_asked(edge)}

    def _is_asked(self, edge: Edge) -> bool:
        return any(duty[0] == edge.callee for duty in self._duties) or any(duty[0] == edge.callee for duty in self._parameters)

    def _handed(self, function: str) -> Iterator[_Handed]:
        """Yield the calls of a function with the scopes that hold where it runs."""
        for edge in self._edges.get(function, ()):
            if edge.boundary.startswith(SPECIAL):
                continue
            if edge.deferred and not edge.boundary:
                for consumption in self._consumed.get(edge.id, ()):
                    yield _Handed(edge, consumption.place, consumption.blocks)
            else:
                yield _Handed(edge, edge.place, edge.blocks)

    def _ask(self, handed: _Handed, key: str) -> None:
        """Ask one caller for a tag that the callee inherits."""
        edge = handed.edge
        if edge.boundary:
            if self._block_proves(edge, key):
                self._tags_lost(edge, key)
            return
        if key not in self._policy.demanded(edge.place.path):
            return
        proof = prove(key, sources_of(edge.tags, None, handed.blocks), handed.place.function, given=self._given(key))
        if proof.duty:
            self._duties[handed.place.function, key] = None
        elif not proof.proven and not proof.opaque:
            self._missing.setdefault((edge.place.path, edge.place.pos, edge.place.qualname), set()).add(key)
        for function, name in proof.parameters:
            self._parameters[function, name, key] = None

    def _ask_argument(self, edge: Edge, parameter: str, key: str) -> None:
        """Judge what one caller passes for a parameter that carries a tag."""
        values = edge.arguments.get(parameter)
        place = edge.place
        if values is None:
            values = self._resolution.defaults.get((edge.callee, parameter), frozenset({NOTHING}))
            if values & BLANK and key in self._policy.demanded(place.path):
                self._missing.setdefault((place.path, place.pos, place.qualname), set()).add(key)
            return
        for value in values:
            if value.startswith(PARAMETER):
                function, _, name = value[len(PARAMETER) :].rpartition(":")
                self._parameters[function, name, key] = None
        if INHERITED in values and place.function:
            self._duties[place.function, key] = None
        pos = edge.keywords.get(parameter, place.pos)
        self._value(place, key, values, pos, strict=False)

    # --- values, clients, metering ---

    def _tag_values(self) -> None:
        written: dict[tuple[str, int, str], TagWrite] = {}
        for event in self._resolution.events:
            if isinstance(event, TagWrite):
                known = written.get((event.place.path, event.pos, event.key))
                values = event.values if known is None else known.values | event.values
                strict = event.strict or (known is not None and known.strict)
                written[event.place.path, event.pos, event.key] = event._replace(values=values, strict=strict)
        for event in written.values():
            self._value(event.place, event.key, event.values, event.pos, strict=event.strict)

    def _value(self, place: Place, key: str, values: frozenset[str], pos: int, *, strict: bool) -> None:
        required = key in self._policy.demanded(place.path)
        self._add(
            TagValue(
                place.path,
                pos,
                place.qualname,
                key,
                literals(values),
                NOTHING in values,
                DYNAMIC in values,
                required,
                strict,
            )
        )

    def _meter(self) -> None:
        events = self._resolution.events
        if any(isinstance(event, Started) for event in events):
            return
        for event in events:
            if isinstance(event, BillableCall) and event.kind in ("call", "reference", "stored") and event.tags is None:
                settings = self._policy.for_path(event.place.path)
                place = self._policy.place("metering", event.place.path) or self._policy.place("metering")
                if settings.metering == "process" and place is not None:
                    self._add(Unmetered(str(place.file), place.line))
                    return


__all__ += ["Tags", "is_dynamic"]
