"""What a backfill works with: plain frozen data."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Final, NamedTuple

from cost_lib.facts import Facts

BY_ID: Final = "id"  # the application's line names the provider's answer
BY_TOKENS: Final = "tokens"  # model, time and tokens fit one line, and that line fits no other answer
BY_RULE: Final = "rule"  # a pattern of the rules fits
AMBIGUOUS: Final = "ambiguous"  # several could be meant, and they do not say the same
NOTHING: Final = "none"
HOWS: Final = (BY_ID, BY_TOKENS, BY_RULE, AMBIGUOUS, NOTHING)


class Spot(NamedTuple):
    """A line of a file."""

    file: Path
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


class Line(NamedTuple):
    """One document of a file."""

    spot: Spot
    document: Mapping[str, Any]


class Trouble(NamedTuple):
    """A line that could not be used, or not be told apart, and why."""

    spot: Spot
    reason: str

    def __str__(self) -> str:
        return f"{self.spot}: {self.reason}"


class Answer(NamedTuple):
    """One answer of a provider."""

    spot: Spot
    document: Mapping[str, Any]  # the line as it is: rules look at it, nothing of it is kept
    facts: Facts
    ids: tuple[str, ...]  # what the provider calls it: the answer's own id first, then those of its head
    event_id: str
    at: datetime | None
    latency_ms: float | None = None
    assumed: str = ""  # the provider, where only the model's name tells it

    @property
    def models(self) -> frozenset[str]:
        """Return the names under which the application may know the model."""
        return frozenset(name.lower() for name in (self.facts.model, self.facts.model_requested) if name)


class Record(NamedTuple):
    """One line of the application's about a call."""

    spot: Spot
    document: Mapping[str, Any]
    ids: tuple[str, ...]
    at: datetime | None
    model: str
    input_tokens: int | None  # all of the input, cached or not
    output_tokens: int | None
    tags: Mapping[str, str]
    latency_ms: float | None = None


class Found(NamedTuple):
    """Whose an answer is, and how that is known."""

    answer: Answer
    how: str
    tags: Mapping[str, str]
    confidence: str = ""
    record: Record | None = None


class Outcome(NamedTuple):
    """What came of a backfill."""

    answers: int
    written: int
    known: int  # events that were there before
    twice: int  # lines that say again what another one says
    hows: Mapping[str, int]  # how whose they are is known, of those that were written
    cost_nano_usd: int
    unpriced: int
    assumed: Mapping[str, int]  # providers that no line names, told by the model's name
    spare: int  # lines of the application that belong to no answer
    troubles: tuple[Trouble, ...]
    ambiguous: tuple[Trouble, ...]
    left_out: int
    days: tuple[str, ...]
