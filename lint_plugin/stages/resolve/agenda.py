"""What is to be evaluated next: bodies of modules first, then whatever was evaluated least."""

from __future__ import annotations

from heapq import heappop, heappush
from typing import Final

from lint_plugin.stages.resolve.leading import Unit
from lint_plugin.stages.resolve.project import ModuleInfo

PATIENCE: Final = 15  # evaluations of one unit before only what matters has it evaluated again
ROUNDS: Final = 60  # evaluations of one unit before its stores are taken as they are

Entry = tuple[int, str, Unit]  # evaluations so far, what units are sorted by


class Agenda:
    """The units that are worth evaluating, and which of them are due.

    Who was evaluated least comes first: what many feed is evaluated when they all have, not once for each of them. Among
    equals the key decides, never who arrived first: the order of evaluation follows from which units are due alone, and
    with it everything that a later evaluation finds.
    """

    def __init__(self) -> None:
        self._active: dict[Unit, int] = {}  # how often each was evaluated
        self._due: set[Unit] = set()
        self._waiting: set[Unit] = set()  # for these only something of no consequence has changed
        self._bodies: list[Entry] = []  # of modules: what they define, functions need
        self._pressing: list[Entry] = []
        self._idle: list[Entry] = []  # what waits is evaluated once, when nothing presses that could give it more

    def __contains__(self, unit: object) -> bool:
        return unit in self._active

    def activate(self, unit: Unit) -> None:
        """Have a unit evaluated, now and whenever something it reads changes."""
        if unit not in self._active:
            self._active[unit] = 0
            self.enqueue(unit)

    def enqueue(self, unit: Unit) -> None:
        """Have an active unit evaluated again."""
        if unit not in self._due and unit in self._active:
            self._due.add(unit)
            self._push(self._bodies if isinstance(unit, ModuleInfo) else self._pressing, unit)

    def enqueue_later(self, unit: Unit) -> None:
        """Have an active unit evaluated again unless that was done often enough for something of no consequence."""
        if unit not in self._due and unit not in self._waiting and unit in self._active:
            self._waiting.add(unit)
            self._push(self._idle, unit)

    def _push(self, heap: list[Entry], unit: Unit) -> None:
        heappush(heap, (self._active[unit], order(unit), unit))

    def next(self) -> Unit | None:
        """Return the next unit to evaluate."""
        while self._bodies or self._pressing or self._idle:
            unit = heappop(self._bodies or self._pressing or self._idle)[2]
            is_due = unit in self._due or (unit in self._waiting and self._active[unit] <= PATIENCE)
            self._due.discard(unit)
            self._waiting.discard(unit)
            if is_due and self._active[unit] < ROUNDS:
                self._active[unit] += 1
                return unit
        return None

    def restart(self) -> None:
        """Count evaluations from nought."""
        self._active = dict.fromkeys(self._active, 0)

    def units(self) -> list[Unit]:
        """Return every unit that was ever active, in a stable order."""
        return sorted(self._active, key=order)


def order(unit: Unit) -> str:
    """Return what units are sorted by."""
    return unit.path if isinstance(unit, ModuleInfo) else unit.key
