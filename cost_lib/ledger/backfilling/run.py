"""Run a backfill: read, join, infer, write, and say what came of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from cost_lib.billing import money
from cost_lib.in_force import rules_in_force
from cost_lib.ledger.backfilling.inferring import inferred
from cost_lib.ledger.backfilling.joining import join
from cost_lib.ledger.backfilling.keeping import keep, there
from cost_lib.ledger.backfilling.lines import read_lines
from cost_lib.ledger.backfilling.model import AMBIGUOUS, HOWS, Answer, Found, Outcome, Record, Trouble
from cost_lib.ledger.backfilling.places import EPOCH
from cost_lib.ledger.backfilling.reading_answers import answer_of
from cost_lib.ledger.backfilling.reading_records import record_of
from cost_lib.ledger.backfilling.rules import Rules
from cost_lib.policy_model import BUILTIN_TAGS


def backfill(responses: Iterable[Path], app_logs: Iterable[Path], out: Path, rules: Rules, *, is_dry: bool = False) -> Outcome:
    """Make events of answers and an application's lines, and append those that ``out`` does not have yet."""
    troubles: list[Trouble] = []
    ambiguous: list[Trouble] = []
    answers, twice = _once(_answers(responses, rules, troubles))
    records = _records(app_logs, rules, troubles)
    joined = join(answers, records, rules.window)
    ambiguous += joined.ambiguous
    found = [_timed(one) for one in _inferred(joined.found, rules, ambiguous)]
    troubles += [Trouble(one.answer.spot, "says no time, nor does a line that names it") for one in found if one.answer.at is None]
    known = there(out)
    timed = [one for one in found if one.answer.at is not None]
    new = [one for one in timed if not known.holds(one)]
    hows, cost, unpriced = _counted(new)
    if not is_dry and new:
        keep(new, out)
    return Outcome(
        answers=len(answers),
        written=len(new),
        known=len(timed) - len(new),
        twice=twice,
        hows={how: hows[how] for how in HOWS if hows[how]},
        cost_nano_usd=cost,
        unpriced=unpriced,
        assumed=dict(Counter(one.answer.assumed for one in new if one.answer.assumed)),
        spare=len(records) - len(joined.used),
        troubles=tuple(troubles),
        ambiguous=tuple(ambiguous),
        left_out=len(troubles),
        days=tuple(sorted({f"{one.answer.at:%Y-%m-%d}" for one in new})),
    )


def _answers(places: Iterable[Path], rules: Rules, troubles: list[Trouble]) -> Iterable[Answer]:
    for line in read_lines(places):
        found = answer_of(line, rules) if not isinstance(line, Trouble) else line
        if isinstance(found, Trouble):
            troubles.append(found)
        else:
            yield found


def _once(answers: Iterable[Answer]) -> tuple[list[Answer], int]:
    """Keep the last line about each answer: logs of streams and retries repeat themselves, and the last says most."""
    kept: dict[str, Answer] = {}
    number = 0
    for answer in answers:
        number += 1
        kept[answer.event_id] = answer
    return list(kept.values()), number - len(kept)


def _records(places: Iterable[Path], rules: Rules, troubles: list[Trouble]) -> list[Record]:
    custom = tuple(name for name in rules_in_force().policy.tags if name not in BUILTIN_TAGS)
    found: list[Record] = []
    for line in read_lines(places):
        record = record_of(line, rules, custom) if not isinstance(line, Trouble) else line
        if isinstance(record, Trouble):
            troubles.append(record)
        else:
            found.append(record)
    return found


def _inferred(joined: Sequence[Found], rules: Rules, ambiguous: list[Trouble]) -> Iterable[Found]:
    for one in joined:
        found = inferred(one, rules.rules)
        if isinstance(found, Trouble):
            ambiguous.append(found)
            yield one._replace(how=AMBIGUOUS, confidence="")
        else:
            yield found


def _timed(found: Found) -> Found:
    """Give an answer that says no time that of the line which names it."""
    answer, record = found.answer, found.record
    if answer.at is not None or record is None:
        return found
    return found._replace(answer=answer._replace(at=record.at))


def _counted(found: Sequence[Found]) -> tuple[Counter[str], int, int]:
    """Count how whose they are is known, and what they cost."""
    costs = [money(one.answer.facts, one.answer.at or EPOCH) for one in found]
    known = [cost["cost_nano_usd"] for cost in costs if "cost_nano_usd" in cost]
    unpriced = sum(cost["cost_source"] == "unknown" for cost in costs)
    return Counter(one.how for one in found), sum(known), unpriced
