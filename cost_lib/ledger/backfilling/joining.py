"""Join answers and the application's lines: by id, else by model, time and tokens where nothing else could be meant."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from itertools import chain
from typing import Final

from cost_lib.catalog.model_names import undated
from cost_lib.ledger.backfilling.model import AMBIGUOUS, BY_ID, BY_TOKENS, NOTHING, Answer, Found, Record, Trouble
from cost_lib.model import Unknown
from cost_lib.pricing import context_length

SURE: Final = "1"
LIKELY: Final = "0.9"  # all that is known fits, and nothing else does
DAY: Final = timedelta(days=1)


class Joined:
    """What was joined, what could not be told apart, and what is left."""

    def __init__(self) -> None:
        self.found: list[Found] = []
        self.ambiguous: list[Trouble] = []
        self.used: set[int] = set()  # places of the records


def join(answers: Sequence[Answer], records: Sequence[Record], window: timedelta) -> Joined:
    """Join what belongs together; each answer comes out once."""
    joined = Joined()
    left = _by_id(answers, records, joined)
    _by_tokens(left, records, window, joined)
    return joined


def _by_id(answers: Iterable[Answer], records: Sequence[Record], joined: Joined) -> list[Answer]:
    """Join by what the provider calls its answer; return the answers that no line names."""
    named: dict[str, list[int]] = defaultdict(list)
    for place, record in enumerate(records):
        for name in record.ids:
            named[name].append(place)
    left = []
    for answer in answers:
        places = sorted(set(chain.from_iterable(named.get(name, ()) for name in answer.ids)))
        joined.used.update(places)
        if not places:
            left.append(answer)
        elif _say_the_same([records[place] for place in places]):
            joined.found.append(_joined(answer, records[places[0]], BY_ID, SURE))
        else:
            _leave(answer, [records[place] for place in places], "name this answer and disagree", joined)
    return left


def _by_tokens(answers: Sequence[Answer], records: Sequence[Record], window: timedelta, joined: Joined) -> None:
    """Join what fits one another alone; equals that say the same are no question either."""
    naming = {records[place].spot.file for place in joined.used}  # in a log that names answers, other ids mean other answers
    free = ((place, record) for place, record in enumerate(records) if place not in joined.used)
    near = _Near([(place, record) for place, record in free if not (record.ids and record.spot.file in naming)], window)
    fitting = [near.places(answer) for answer in answers]
    wanted: dict[int, int] = defaultdict(int)  # how many answers a line fits
    for places in fitting:
        for place in places:
            wanted[place] += 1
    for answer, places in zip(answers, fitting, strict=True):
        candidates = [records[place] for place in places]
        if not places:
            joined.found.append(Found(answer, NOTHING, {}))
        elif _say_the_same(candidates) and len(places) >= max(wanted[place] for place in places):
            joined.found.append(_joined(answer, candidates[0], BY_TOKENS, LIKELY, is_one=len(places) == 1))
            joined.used.update(places)
        else:
            why = "fit this answer" if len(places) > 1 else "fits other answers too"
            _leave(answer, candidates, why, joined)


class _Near:
    """The lines that name no answer, found by their day."""

    def __init__(self, records: Iterable[tuple[int, Record]], window: timedelta) -> None:
        self._window = window
        self._by_hour: dict[tuple[str, int], list[tuple[int, Record]]] = defaultdict(list)
        for place, record in records:
            if record.at is not None and record.model and (record.input_tokens is not None or record.output_tokens is not None):
                self._by_hour[undated(record.model), _hour(record.at.timestamp())].append((place, record))

    def places(self, answer: Answer) -> list[int]:
        """Return the lines with the model, the time and the tokens of an answer."""
        at, usage = answer.at, answer.facts.usage
        if at is None or isinstance(usage, Unknown):
            return []
        given, made = context_length(usage), usage.output_tokens
        return [
            place
            for place, record in self._around(answer)
            if _fits(record, at.timestamp(), self._window, (given, made), usage.input_tokens)
        ]

    def _around(self, answer: Answer) -> Iterator[tuple[int, Record]]:
        moment = answer.at.timestamp() if answer.at is not None else 0.0
        span = self._window.total_seconds()
        for model in {undated(name) for name in answer.models}:
            for hour in range(_hour(moment - span), _hour(moment + span) + 1):
                yield from self._by_hour.get((model, hour), ())


def _hour(seconds: float) -> int:
    return int(seconds // 3600)


def _fits(record: Record, moment: float, window: timedelta, counts: tuple[int, int], uncached: int) -> bool:
    """Say whether time and tokens fit; some applications log the input without what came from a cache."""
    given, made = counts
    is_near = record.at is not None and abs(record.at.timestamp() - moment) <= window.total_seconds()
    is_given = record.input_tokens is None or record.input_tokens in {given, uncached}
    return is_near and is_given and (record.output_tokens is None or record.output_tokens == made)


def _say_the_same(records: Sequence[Record]) -> bool:
    return all(record.tags == records[0].tags for record in records)


def _joined(answer: Answer, record: Record, how: str, confidence: str, *, is_one: bool = True) -> Found:
    return Found(answer, how, record.tags, confidence, record if is_one else None)


def _leave(answer: Answer, records: Sequence[Record], why: str, joined: Joined) -> None:
    lines = ", ".join(str(record.spot) for record in records[:3]) + (f" and {len(records) - 3} more" if len(records) > 3 else "")
    joined.ambiguous.append(Trouble(answer.spot, f"{lines} {why}"))
    joined.found.append(Found(answer, AMBIGUOUS, {}))
