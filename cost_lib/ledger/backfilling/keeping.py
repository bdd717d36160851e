"""Append events of a backfill to a log, none that is there already."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Final

from cost_lib.billing import money_text
from cost_lib.catalog.table_archive import archive
from cost_lib.errors import NoLogError, ReportError
from cost_lib.event import line
from cost_lib.event_model import Event
from cost_lib.in_force import rules_in_force
from cost_lib.json_text import quoted, written_fields
from cost_lib.ledger.backfilling.model import Found
from cost_lib.ledger.backfilling.places import EPOCH
from cost_lib.policy_model import BUILTIN_TAGS
from cost_lib.privacy import masked, named
from cost_lib.reading_log import read_log
from cost_lib.sinks.files import END, MODE, Files

HOW: Final = "backfill"  # the tag that says how an event came to its tags
CONFIDENCE: Final = "backfill_confidence"
FLAGS: Final = os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)


class There(set[str]):
    """The ids of a log: of events, and those that the provider gave to their requests."""

    def holds(self, found: Found) -> bool:
        """Say whether an answer has an event already, by an earlier backfill or written when the call was made."""
        answer = found.answer
        return answer.event_id in self or any(f"{answer.facts.provider}\n{name}" in self for name in answer.ids)


def there(out: Path) -> There:
    """Read which events a log has; one that is not there yet has none."""
    known = There()
    with suppress(NoLogError):
        for event in read_log(out):
            if isinstance(event, Event):
                known.add(event.event_id)
                if event.provider_request_id:
                    known.add(f"{event.provider}\n{event.provider_request_id}")
    return known


def keep(found: Iterable[Found], out: Path) -> None:
    """Write events in the order of their time."""
    timed = sorted(found, key=lambda one: (one.answer.at or EPOCH, one.answer.event_id))
    try:
        if out.suffix == END:
            archive(out.parent)
            _append(timed, out)
        else:
            archive(out)
            sink = Files(out)
            for one in timed:
                sink.write(event_line(one), nanoseconds(one))
            sink.close()
    except OSError as problem:
        raise ReportError(f"{out}: events cannot be written: {problem.strerror or problem}") from None


def _append(found: Iterable[Found], out: Path) -> None:
    out.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(out, FLAGS, MODE), "ab") as file:
        for one in found:
            file.write(event_line(one))


def event_line(found: Found) -> bytes:
    """Write one event; whom it belongs to is told as at run time, and nothing of what was asked and answered."""
    facts, at = found.answer.facts, found.answer.at or EPOCH
    latency = found.answer.latency_ms if found.answer.latency_ms is not None else found.record.latency_ms if found.record else None
    facts.others = {**facts.others, **({"latency_ms": latency} if latency is not None else {})}
    return line(facts, nanoseconds(found), who=_who(found), money=money_text(facts, at))


def nanoseconds(found: Found) -> int:
    """Return when an answer came, as the log counts."""
    return ((found.answer.at or EPOCH) - EPOCH) // timedelta(microseconds=1) * 1000


def _who(found: Found) -> str:
    rules = rules_in_force()
    settings = rules.policy.settings
    given = {name: tag.default for name, tag in rules.policy.tags.items() if tag.default and not tag.from_env}
    tags = {**given, **found.tags}
    feature = rules.policy.features.get(tags.get("feature", ""))
    if feature is not None and feature.owner:
        tags.setdefault("owner", feature.owner)
    if "user_id" in tags:
        tags["user_id"] = named(tags["user_id"], settings.user_id)
    shown = masked(tags, "hash" if settings.personal_data == "raise" else settings.personal_data)
    marks = {HOW: found.how, **({CONFIDENCE: found.confidence} if found.confidence else {})}
    own: dict[str, str] = {name: shown[name] for name in BUILTIN_TAGS if name in shown}
    others = {name: value for name, value in shown.items() if name not in own}
    return f'{written_fields({**own, "tags": _all({**others, **marks})})},"policy":{quoted(rules.mark)}'


def _all(tags: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in tags.items() if value}
