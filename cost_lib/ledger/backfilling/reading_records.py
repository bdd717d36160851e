"""Take out of a line of an application's log what it says of a call."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cost_lib.ledger.backfilling.model import Line, Record, Trouble
from cost_lib.ledger.backfilling.places import count_at, first_at, moment_at, number_at, text_at, values_at, words_of
from cost_lib.ledger.backfilling.rules import Rules, tag_names

MOST_VALUE: Final = 1024  # characters of a tag, as at run time


def record_of(line: Line, rules: Rules, custom: tuple[str, ...]) -> Record | Trouble:
    """Read one line; one that names neither an answer nor a time cannot be joined to anything."""
    names, document = rules.records, line.document
    ids = tuple(dict.fromkeys(words_of(value) for path in names["response_id"] for value in values_at(document, path) if _is_word(value)))
    at = moment_at(document, names["time"])
    if not ids and at is None:
        return Trouble(line.spot, "names neither an answer nor a time: fields.app-logs in the rules file says where they are")
    return Record(
        line.spot,
        document,
        ids,
        at,
        text_at(document, names["model"]).lower(),
        count_at(document, names["input_tokens"]),
        count_at(document, names["output_tokens"]),
        _tags(document, rules, custom),
        number_at(document, names["latency_ms"]),
    )


def _is_word(value: object) -> bool:
    return isinstance(value, (str, int)) and not isinstance(value, bool) and str(value).strip() != ""


def _tags(document: Mapping[str, object], rules: Rules, custom: tuple[str, ...]) -> dict[str, str]:
    """Return whom a call belongs to; of other tags those that the policy or the rules file names."""
    found = {name: text_at(document, rules.records[name]) for name in tag_names(rules.records)}
    others = first_at(document, rules.records["tags"])
    for name in custom:
        value = others.get(name) if isinstance(others, dict) else None
        found.setdefault(name, words_of(value) if _is_word(value) else text_at(document, (name,)))
    return {name: value[:MOST_VALUE] for name, value in found.items() if value}
