"""Apply the reviewed overlay: our own models, patches of single models, rules for whole contexts.

An overlay file holds, all optional but ``sources``, which every entry cites by key:

- ``retired``: clause, day, source · ``uplifts``: surcharges on all token rates of the models whose id matches
- ``drop``: ids of the source that we replace · ``models``: our own, before those of the source
- ``copies``: models ``of`` another provider's finished table, with rates to ``add``, for hosts that ask other fees than the maker
- ``splits``: names that get an entry of their own · ``patches``: by id, ``prices`` carve out their period of their context
  (``inherit`` lays them over the standard rates), ``add`` and ``rename`` rates, more names with ``match``, a ``minimum``
- ``contexts``: fill the time before a context's first rates, by keeping those (``keep-from``) or by scaling (``times``)
- ``derived``: a meter that costs a multiple of another one in every context and tier; ``cites`` maps sources to what says so too

Clauses: "=" exact, "^" prefix, "$" suffix, "*" contained, "~" regular expression.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from rates_spans import FEES, Entry, Span, join_tiers, matches, pico

NO_TABLES: Mapping[str, Sequence[Entry]] = {}


def apply_overlay(entries: list[Entry], overlay: Mapping[str, Any], tables: Mapping[str, Sequence[Entry]] = NO_TABLES) -> list[Entry]:
    """Add our own models, split and patch what is there, then apply the rules for whole contexts."""
    dropped = set(overlay.get("drop", ()))
    require(dropped, entries)
    entries = [own_entry(row) for row in overlay.get("models", ())] + [entry for entry in entries if entry.id not in dropped]
    entries += [copied(entry, rule) for rule in overlay.get("copies", ()) for entry in tables[rule["of"]] if concerns(rule, entry)]
    for split in overlay.get("splits", ()):
        require({split["id"]}, entries)
        entries = [part for entry in entries for part in (split_entry(entry, split) if entry.id == split["id"] else (entry,))]
    for patch in overlay.get("patches", ()):
        wanted = set(patch["id"] if isinstance(patch["id"], list) else [patch["id"]])
        require(wanted, entries)
        entries = [patch_entry(entry, patch) if entry.id in wanted else entry for entry in entries]
    for rule in overlay.get("contexts", ()):
        entries = [apply_rule(entry, rule) if concerns(rule, entry) else entry for entry in entries]
    for rule in overlay.get("derived", ()):
        entries = [with_meter(entry, rule) if concerns(rule, entry) else entry for entry in entries]
    return [entry._replace(spans=tuple(disjoint(entry.spans))) for entry in entries]


def copied(entry: Entry, rule: Mapping[str, Any]) -> Entry:
    """Take a model over from another table, with other fees; its sources are named after that table."""
    fees = {meter: pico(meter, published) for meter, published in rule["add"].items()}
    spans = (
        span._replace(
            rates={**span.rates, **{meter: fee for meter, fee in fees.items() if meter in span.rates}},
            source=f"{rule['of']}/{span.source}",
        )
        for span in entry.spans
        if span.context not in rule.get("without", ())
    )
    return entry._replace(spans=tuple(spans))


def disjoint(spans: Sequence[Span]) -> Iterator[Span]:
    """Cut out of every span what an earlier one of its context already holds."""
    for place, span in enumerate(spans):
        pieces = [span]
        if not span.hours:
            for earlier in spans[:place]:
                pieces = list(carve(pieces, earlier))
        yield from pieces


def require(wanted: set[str], entries: Sequence[Entry]) -> None:
    """Refuse an overlay that names models which the source no longer has."""
    missing = wanted - {entry.id for entry in entries}
    if missing:
        raise SystemExit(f"overlay names models that are not there: {', '.join(sorted(missing))}")


def split_entry(entry: Entry, split: Mapping[str, Any]) -> tuple[Entry, Entry]:
    """Give some names of a model an entry of their own, because they had another price once."""
    names = tuple(split["names"])
    rest = tuple(clause for clause in entry.match if clause not in names)
    if len(rest) + len(names) != len(entry.match):
        raise SystemExit(f"overlay splits names off {entry.id} that it does not have")
    return entry._replace(id=split["as"], match=names), entry._replace(match=rest)


def own_entry(row: Mapping[str, Any]) -> Entry:
    """Read one model of the overlay."""
    minimum = {meter: int(units) for meter, units in row.get("minimum", {}).items()}
    return Entry(row["id"], tuple(row["match"]), tuple(own_spans(row)), minimum=minimum)


def own_spans(row: Mapping[str, Any]) -> Iterator[Span]:
    """Read the price rows of an overlay entry; a row without a source has that of its entry."""
    for price in row.get("prices", ()):
        rates = {meter: pico(meter, published) for meter, published in price["rates"].items()}
        tiers = tuple(
            (tier["tokens"], {meter: pico(meter, published) for meter, published in tier["rates"].items()})
            for tier in price.get("above", ())
        )
        source = price.get("source") or row["source"]
        yield Span(
            price.get("for", ""),
            price.get("from", ""),
            price.get("to", ""),
            price.get("hours", ""),
            price.get("days", ""),
            rates,
            tiers,
            source,
        )


def patch_entry(entry: Entry, patch: Mapping[str, Any]) -> Entry:
    """Change one model."""
    spans = list(entry.spans)
    for price, row in zip(own_spans(patch), patch.get("prices", ()), strict=True):
        new = inherit(price, spans) if row.get("inherit") else price
        spans = [new, *carve(spans, new)]
    renamed = patch.get("rename", {})
    if renamed:
        spans = [span._replace(rates={renamed.get(meter, meter): rate for meter, rate in span.rates.items()}) for span in spans]
    added = {meter: pico(meter, published) for meter, published in patch.get("add", {}).items()}
    if added:
        spans = [span._replace(rates={**span.rates, **added}) for span in spans]
    minimum = {meter: int(units) for meter, units in patch.get("minimum", {}).items()} or entry.minimum
    match = tuple(clause for clause in entry.match if clause not in patch.get("unmatch", ())) + tuple(patch.get("match", ()))
    return entry._replace(spans=tuple(order(spans)), match=match, minimum=minimum)


def inherit(price: Span, spans: Sequence[Span]) -> Span:
    """Lay rates of a context over the newest standard ones: fees and what the source does not repeat stay."""
    standard = max((span for span in spans if not span.context and not span.hours), key=lambda span: span.start)
    return price._replace(rates={**standard.rates, **price.rates}, tiers=join_tiers(standard, price))


def carve(spans: Sequence[Span], new: Span) -> Iterator[Span]:
    """Cut the time of the new span out of the spans of the same context; a span for certain hours cuts nothing."""
    for span in spans:
        if span.context != new.context or new.hours or new.days:
            yield span
            continue
        before = span._replace(end=min(filter(None, (span.end, new.start)), default="")) if new.start else None
        after = span._replace(start=max(span.start, new.end)) if new.end else None
        yield from (part for part in (before, after) if part and not (part.end and part.start >= part.end))


def order(spans: Sequence[Span]) -> list[Span]:
    """Sort by context, then hours before whole days, then newest first."""
    newest = sorted(spans, key=lambda span: span.start, reverse=True)
    return sorted(newest, key=lambda span: (span.context, not (span.hours or span.days)))


def concerns(rule: Mapping[str, Any], entry: Entry) -> bool:
    """Say whether a rule speaks of a model."""
    chosen = any(matches(clause, entry.id) for clause in rule["models"])
    return chosen and not any(matches(clause, entry.id) for clause in rule.get("except", ()))


def apply_rule(entry: Entry, rule: Mapping[str, Any]) -> Entry:
    """Fill the time before a context's first rates: keep those (``keep-from``), or scale another context (``times``)."""
    have = [span for span in entry.spans if span.context == rule["context"]]
    gap_end = min((span.start for span in have), default="")
    if have and not gap_end:
        return entry
    base = [span for span in entry.spans if span.context == rule.get("of", "")]
    if "keep-from" in rule:
        spans = [lengthen(span, base, rule) if span in have and span.start == gap_end else span for span in entry.spans]
    else:
        spans = [*entry.spans, *(scaled for span in base if (scaled := derive(span, rule, gap_end)))]
    return entry._replace(spans=tuple(order(spans)))


def lengthen(first: Span, base: Sequence[Span], rule: Mapping[str, Any]) -> Span:
    """Carry the first known rates of a context back for as long as the standard rates were the same."""
    for span in base:
        start = max(span.start, rule["keep-from"])
        if start < first.start and (not span.end or span.end > first.start) and not span.hours:
            return first._replace(start=start, source=rule["source"])
    return first


def derive(span: Span, rule: Mapping[str, Any], gap_end: str) -> Span | None:
    """Scale the token rates of one span inside the time of the rule."""
    start = max(span.start, rule.get("from", ""))
    end = min(filter(None, (span.end, gap_end, rule.get("to", ""))), default="")
    if end and start >= end:
        return None
    kept = frozenset(rule.get("keep", ())) | FEES
    factor = Decimal(rule["times"])
    tiers = tuple((tokens, scale(rates, factor, kept)) for tokens, rates in span.tiers)
    return span._replace(
        context=rule["context"], start=start, end=end, rates=scale(span.rates, factor, kept), tiers=tiers, source=rule["source"]
    )


def with_meter(entry: Entry, rule: Mapping[str, Any]) -> Entry:
    """Add a meter that is a multiple of another one."""

    def added(rates: Mapping[str, int]) -> dict[str, int]:
        if rule["of"] not in rates:
            return dict(rates)
        return {**rates, rule["meter"]: scale({rule["meter"]: rates[rule["of"]]}, Decimal(rule["times"]), frozenset())[rule["meter"]]}

    spans = (
        span._replace(
            rates=added(span.rates),
            tiers=tuple((tokens, added(rates)) for tokens, rates in span.tiers),
            source=rule["cites"].get(span.source, span.source),
        )
        for span in entry.spans
    )
    return entry._replace(spans=tuple(spans))


def scale(rates: Mapping[str, int], factor: Decimal, kept: frozenset[str]) -> dict[str, int]:
    """Multiply rates exactly."""
    scaled = {meter: Decimal(rate) if meter in kept else rate * factor for meter, rate in rates.items()}
    odd = {meter for meter, rate in scaled.items() if rate != int(rate)}
    if odd:
        raise SystemExit(f"scaled by {factor} not whole pico-USD: {', '.join(sorted(odd))}")
    return {meter: int(rate) for meter, rate in scaled.items()}
