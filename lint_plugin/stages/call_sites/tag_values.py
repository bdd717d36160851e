"""Tags as they are written, in our own forms, in calls of house wrappers and as arguments of helpers that hand them on."""

from __future__ import annotations

from collections.abc import Iterator

from lint_plugin.events import Place, TagWrite
from lint_plugin.facts import TagValue
from lint_plugin.stages.call_sites.ledger import Ledger, ParameterDuty
from lint_plugin.stages.call_sites.proofs import literals, parameters_in
from lint_plugin.values import DYNAMIC, NOTHING


def make_values(ledger: Ledger) -> None:
    """Make one record for each tag that is written, whatever it can be."""
    written: dict[tuple[str, int, str], TagWrite] = {}
    for event in ledger.resolution.events:
        if isinstance(event, TagWrite):
            place = event.place.path, event.pos, event.key
            known = written.get(place)
            values = event.values if known is None else known.values | event.values
            strict = event.strict or (known is not None and known.strict)
            written[place] = event._replace(values=values, strict=strict)
    for event in written.values():
        misspelt = ledger.misspelt.get((event.place.function, event.pos, event.key), "")
        judge_value(
            ledger, event.place, event.key, event.values, event.pos, strict=event.strict, misspelt=misspelt, written=event.expression
        )


def written_parameters(ledger: Ledger) -> Iterator[ParameterDuty]:
    """Yield the parameters that are written as tags."""
    for event in ledger.resolution.events:
        if isinstance(event, TagWrite):
            for function, name in parameters_in(event.values):
                yield function, name, event.key


def judge_value(
    ledger: Ledger,
    place: Place,
    key: str,
    values: frozenset[str],
    pos: int,
    *,
    strict: bool = False,
    misspelt: str = "",
    written: str = "",
) -> None:
    """Make the record of one tag."""
    dynamic = DYNAMIC in values
    ledger.add(
        TagValue(
            place.path,
            pos,
            place.qualname,
            key,
            literals(values),
            NOTHING in values,
            dynamic,
            key in ledger.policy.demanded(place.path),
            strict,
            misspelt,
            written if dynamic else "",
        )
    )
