"""What is to be evaluated next: bodies of modules first, then whatever was evaluated least."""

from __future__ import annotations

from collections import deque
from heapq import heappop, heappush
from itertools import count
from typing import Final

from lint_plugin.stages.resolve.leading import Unit
from lint_plugin.stages.resolve.project import ModuleInfo

PATIENCE: Final = 15  # evaluations of one unit before only what matters has it evaluated again
ROUNDS: Final = 60  # evaluations of one unit before its stores are taken as they are


class Agenda:
    """The units that are worth evaluating, and which of them are due.

    Who was evaluated least comes first: what many feed is evaluated when they all have, not once for each of them.
    """

    def __init__(self) -> None:
        self._active: dict[Unit, int] = {}  # how often each was evaluated
        self._due: set[Unit] = set()
        self._waiting: set[Unit] = set()  # for these only something of no consequence has changed
        self._bodies: deque[Unit] = deque()  # of modules: what they define, functions need
        self._heap: list[tuple[int, int, Unit]] = []  # evaluations so far, order of arrival
        self._arrivals = count()

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
            if isinstance(unit, ModuleInfo):
                self._bodies.append(unit)
            else:
                heappush(self._heap, (self._active[unit], next(self._arrivals), unit))

    def enqueue_later(self, unit: Unit) -> None:
        """Have an active unit evaluated again unless that was done often enough for something of no consequence."""
        if unit not in self._due and unit not in self._waiting and unit in self._active:
            self._waiting.add(unit)
            heappush(self._heap, (self._active[unit], next(self._arrivals), unit))

    def next(self) -> Unit | None:
        """Return the next unit to evaluate."""
        while self._bodies or self._heap:
            unit = self._bodies.popleft() if self._bodies else heappop(self._heap)[2]
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
