"""Give answers that no line of the application claims the tags of the rule that fits them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from cost_lib.ledger.backfilling.model import AMBIGUOUS, BY_RULE, NOTHING, Found, Trouble
from cost_lib.ledger.backfilling.places import values_at, words_of
from cost_lib.ledger.backfilling.rules import Rule

APP: Final = "app."  # in front of a path: of the application's line


def inferred(found: Found, rules: tuple[Rule, ...]) -> Found | Trouble:
    """Lay the tags of the surest rule that fits below those that are known; name rules that contradict each other."""
    if not rules or found.how == AMBIGUOUS or found.tags.get("feature"):
        return found
    fitting = [rule for rule in rules if _fits(rule, found)]
    best = [rule for rule in fitting if rule.confidence == max(one.confidence for one in fitting)]
    if not best:
        return found
    if any(rule.tags != best[0].tags for rule in best):
        return Trouble(found.answer.spot, f"rules {' and '.join(str(rule.number) for rule in best)} fit this answer and are equally sure")
    how = BY_RULE if found.how == NOTHING or "feature" in best[0].tags else found.how
    return found._replace(how=how, tags={**best[0].tags, **found.tags}, confidence=str(best[0].confidence))


def _fits(rule: Rule, found: Found) -> bool:
    return all(any(pattern.search(value) for value in _values(found, path)) for path, pattern in rule.patterns)


def _values(found: Found, path: str) -> Iterator[str]:
    """Yield what lies at a path of the answer's line, of the application's line, or of what was read."""
    if path.startswith(APP):
        document: Mapping[str, Any] = found.record.document if found.record is not None else {}
        yield from map(words_of, values_at(document, path.removeprefix(APP)))
        return
    facts = found.answer.facts
    read = {"provider": facts.provider, "model": facts.model or facts.model_requested, "host": facts.host, "endpoint": facts.endpoint}
    if read.get(path):
        yield read[path]
    yield from map(words_of, values_at(found.answer.document, path))
