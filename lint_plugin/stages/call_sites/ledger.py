"""What is known while the records are made: the events in order, and the duties that they leave to others."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from lint_plugin.events import BillableCall, Consumption, Edge, Place, Resolution, TagWrite
from lint_plugin.facts import Fact
from lint_plugin.stages.call_sites.proofs import Proof, Source, prove
from lint_plugin.stages.call_sites.spelling import is_one_edit

if TYPE_CHECKING:
    from cost_lib.policy import Policy

SPECIAL: Final = "\0"  # begins the boundary of edges that are no calls: partial, decorators, injected dependencies, uses as a value

Duty = tuple[str, str]  # function, tag
ParameterDuty = tuple[str, str, str]  # function, parameter, tag
Written = tuple[str, int, str]  # function, position of the keyword, tag


class Ledger:
    """The records made so far, and what is looked up to make them."""

    def __init__(self, resolution: Resolution, policy: Policy, python: tuple[int, int] | None) -> None:
        """Sort the events of a project by what they are looked up by; ``python`` is the lowest version that the project supports."""
        self.resolution: Final = resolution
        self.policy: Final = policy
        self.python: Final = python
        self.facts: Final[dict[Fact, None]] = {}
        self.duties: Final[dict[Duty, None]] = {}  # scopes that callers must bring
        self.parameters: Final[dict[ParameterDuty, None]] = {}  # arguments that callers must give
        self.needed: Final[set[ParameterDuty]] = set()  # those of them without which nothing proves the tag
        self.edges: Final[dict[str, list[Edge]]] = {}  # by the function that is called
        self.consumed: Final[dict[str, list[Consumption]]] = {}
        self.returned: Final[set[str]] = set()  # coroutines and generators that their makers return
        self.calls: Final[list[BillableCall]] = []
        self.misspelt: Final[dict[Written, str]] = {}
        self._writes: Final[dict[Written, TagWrite]] = {}
        for event in resolution.events:
            if isinstance(event, Edge):
                self.edges.setdefault(event.callee, []).append(event)
            elif isinstance(event, Consumption) and event.returned:
                self.returned.add(event.edge)
            elif isinstance(event, Consumption):
                self.consumed.setdefault(event.edge, []).append(event)
            elif isinstance(event, BillableCall):
                self.calls.append(event)
            elif isinstance(event, TagWrite) and event.strict:
                self._writes[event.place.function, event.pos, event.key] = event

    def add(self, fact: Fact) -> None:
        """Keep a record, once."""
        self.facts[fact] = None

    def settle(self, key: str, sources: Sequence[Source], place: Place) -> Proof:
        """Decide how a tag stands at a place; what callers owe it is noted."""
        proof = prove(key, sources, place.function)
        if proof.duty:
            self.duties[place.function, key] = None
        for function, name in proof.parameters:
            self.parameters[function, name, key] = None
            if not proof.backed:
                self.needed.add((function, name, key))
        return proof

    def is_misspelt(self, key: str, sources: Sequence[Source]) -> bool:
        """Tell whether a tag is missing because its name was misspelt, which is reported where it is written."""
        known = self.policy.tags
        found = False
        for source in sources:
            for tag in source.tags.items:
                written = tag.function, tag.pos, tag.key
                if tag.key not in known and written in self._writes and is_one_edit(tag.key, key):
                    self.misspelt[written] = key
                    found = True
        return found

    def is_lambda(self, function: str) -> bool:
        """Tell whether a function is a lambda: its scopes end with it, and it declares nothing."""
        return self.resolution.names.get(function) == "<lambda>"
