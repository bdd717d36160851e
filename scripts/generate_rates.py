"""Build the dated price tables in ``cost_lib/catalog/rates`` from genai-prices and the reviewed overlay.

Usage: ``python scripts/generate_rates.py [--check]`` in an environment that holds ``genai-prices`` at the version below.
Overlay files (``scripts/rates_overlay/<provider>.json``) are written in published units (USD per million tokens, per 1,000
searches ...), the tables in integer pico-USD per unit: what a person reviews looks like the provider's page.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from importlib import metadata
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parent.parent
RATES = ROOT / "cost_lib" / "catalog" / "rates"
OVERLAY = Path(__file__).resolve().parent / "rates_overlay"

SOURCE_VERSION = "0.2.3"  # of genai-prices
SOURCE_CHECKED = "2026-11-22"  # the day on which that version was the newest

PICO = 10**12
# meter -> published unit. Durations are counted in milliseconds but rated by the hour: most published rates are not an
# integer number of pico-USD per millisecond.
PER = {"audio_ms": 1, "audio_input_ms": 1, "audio_output_ms": 1}
PER |= dict.fromkeys(
    ("input", "cache_read", "cache_write_5m", "cache_write_1h", "output", "reasoning", "output_if_reasoning", "citation"), 10**6
)
PER |= dict.fromkeys(("audio_input", "audio_output", "audio_cache_read", "image_input", "image_output", "image_cache_read"), 10**6)
PER |= dict.fromkeys(("video_input", "video_output", "video_cache_read", "characters"), 10**6)
PER |= dict.fromkeys(("pages", "annotated_pages", "messages", "web_searches", "storage_searches", "rerank_searches", "requests"), 1000)
PER |= dict.fromkeys(("grounded_prompts", "maps_queries", "live_searches"), 1000)
PER |= dict.fromkeys(("images", "video_seconds"), 1)

FROM_GENAI = {
    "input_mtok": "input",
    "output_mtok": "output",
    "cache_read_mtok": "cache_read",
    "cache_write_mtok": "cache_write_5m",
    "cache_write_1h_mtok": "cache_write_1h",
    "output_reasoning_mtok": "reasoning",
    "output_citation_mtok": "citation",
    "input_audio_mtok": "audio_input",
    "output_audio_mtok": "audio_output",
    "cache_audio_read_mtok": "audio_cache_read",
    "input_image_mtok": "image_input",
    "output_image_mtok": "image_output",
    "cache_image_read_mtok": "image_cache_read",
    "input_video_mtok": "video_input",
    "output_video_mtok": "video_output",
    "input_mchars": "characters",
    "input_text_messages_kcount": "messages",
    "audio_hours": "audio_ms",
    "input_audio_hours": "audio_input_ms",
    "output_audio_hours": "audio_output_ms",
    "input_document_kpages": "pages",
    "input_annotated_document_kpages": "annotated_pages",
    "web_searches_kcount": "web_searches",
    "storage_searches_kcount": "storage_searches",
    "rerank_searches_kcount": "rerank_searches",
    "requests_kcount": "requests",
}
# fees that a discount on tokens does not touch
FEES = frozenset(("web_searches", "storage_searches", "rerank_searches", "requests", "grounded_prompts", "maps_queries", "live_searches"))


class Span(NamedTuple):
    """One set of rates with the time and the context in which it holds; earlier spans win over later ones."""

    context: str
    start: str  # ISO date or minute, UTC, inclusive; "" = open
    end: str  # exclusive; "" = open
    hours: str  # "01:00-04:00", UTC; "" = all day
    days: str  # "1-5", ISO week days, UTC; "" = all
    rates: Mapping[str, int]
    tiers: tuple[tuple[int, Mapping[str, int]], ...]
    source: str


class Entry(NamedTuple):
    """One model of one provider."""

    id: str
    match: tuple[str, ...]
    spans: tuple[Span, ...]
    note: str = ""
    minimum: Mapping[str, int] = {}


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the tables, or with ``--check`` say which of them differ."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 when a committed table is not what would be written")
    options = parser.parse_args(arguments)
    tables = build()
    known = {path.stem: path.read_text(encoding="utf-8") for path in RATES.glob("*.json")}
    stale = sorted(name for name in tables.keys() | known.keys() if tables.get(name) != known.get(name))
    if options.check:
        for name in stale:
            print(f"rates/{name}.json is not what the generator gives; run scripts/generate_rates.py")
        return 1 if stale else 0
    RATES.mkdir(exist_ok=True)
    for name in stale:
        path = RATES / f"{name}.json"
        if name in tables:
            path.write_text(tables[name], encoding="utf-8")
        else:
            path.unlink()
    print(f"{len(tables)} tables, {len(stale)} changed")
    return 0


def build() -> dict[str, str]:
    """Give the text of every table by provider."""
    installed = metadata.version("genai-prices")
    if installed != SOURCE_VERSION:
        raise SystemExit(f"genai-prices {installed} is installed, {SOURCE_VERSION} is wanted")
    from genai_prices.data import providers  # type: ignore[import-not-found, unused-ignore]

    by_name = {provider.id: provider for provider in providers}
    overlays = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(OVERLAY.glob("*.json"))}
    return {name: render(name, by_name.get(name), overlays.get(name, {})) for name in sorted(by_name.keys() | overlays.keys())}


def render(name: str, provider: Any, overlay: Mapping[str, Any]) -> str:
    """Give one table as JSON text: a header, then one model, retirement or span a line."""
    entries = [entry_of(model) for model in provider.models] if provider else []
    entries = apply_overlay(entries, overlay)
    sources = {
        "genai": {
            "from": f"genai-prices {SOURCE_VERSION}",
            "urls": list(getattr(provider, "pricing_urls", None) or ()),
            "checked": SOURCE_CHECKED,
        }
    }
    used = {span.source for entry in entries for span in entry.spans} | {row[2] for row in overlay.get("retired", ())}
    sources |= overlay.get("sources", {})
    unknown = used - sources.keys()
    if unknown:
        raise SystemExit(f"{name}: sources without a description: {', '.join(sorted(unknown))}")
    lines = [f'{{"provider": {dump(name)},', '"unit": "pico-USD per token, character, page, search, image or request; per hour for *_ms",']
    fallback = overlay.get("fallback", list(getattr(provider, "fallback_model_providers", None) or ()))
    lines.append(f'"fallback": {dump(fallback)},')
    lines.append('"sources": {')
    lines.append(",\n".join(f"  {dump(key)}: {dump(sources[key])}" for key in sorted(used)) + "},")
    lines.append('"retired": [')
    lines.append(",\n".join(f"  {dump(row)}" for row in sorted(overlay.get("retired", ()))) + "],")
    lines.append('"models": [')
    lines.append(",\n".join(entry_text(entry) for entry in entries) + "]}")
    return "\n".join(lines) + "\n"


def dump(value: object) -> str:
    """Give compact JSON with readable separators."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def entry_text(entry: Entry) -> str:
    """Give one model: a single line, or a line a span where there are several."""
    head: dict[str, object] = {"id": entry.id, "match": list(entry.match)}
    if entry.minimum:
        head["minimum"] = dict(entry.minimum)
    rows = [dump(span_row(span)) for span in entry.spans]
    body = dump(head)[:-1] + ',"prices":['
    if len(rows) == 1:
        return f"{body}{rows[0]}]}}"
    return body + "\n  " + ",\n  ".join(rows) + "]}"


def span_row(span: Span) -> dict[str, object]:
    """Give a span without its empty parts."""
    row: dict[str, object] = {"for": span.context} if span.context else {}
    row |= {key: value for key, value in (("from", span.start), ("to", span.end), ("hours", span.hours), ("days", span.days)) if value}
    row["rates"] = dict(span.rates)
    if span.tiers:
        row["above"] = [{"tokens": start, "cached": True, "rates": dict(rates)} for start, rates in span.tiers]
    if span.source != "genai":
        row["source"] = span.source
    return row


# --- genai-prices -> entries


def entry_of(model: Any) -> Entry:
    """Translate one model of genai-prices."""
    standard = list(standard_spans(model.prices))
    spans = list(standard)
    for variant in variants_of(model):
        spans += variant_spans(variant, standard)
    return Entry(model.id, tuple(clauses(model.match)), tuple(spans))


def standard_spans(prices: Any) -> Iterator[Span]:
    """Turn conditional prices (the last active one wins) into spans (the first active one wins)."""
    if not isinstance(prices, list):
        yield span_of(prices)
        return
    plain = [
        (row.constraint.start_date.isoformat() if hasattr(row.constraint, "start_date") else "", row.prices)
        for row in prices
        if not is_daily(row)
    ]
    last = plain[-1][0]
    for row in reversed(prices):
        if is_daily(row):
            # the source cannot join a date with an hour; the hours belong to the newest dated price
            hours = f"{row.constraint.start_time:%H:%M}-{row.constraint.end_time:%H:%M}"
            yield span_of(row.prices)._replace(start=last, hours=hours)
    ends = [start for start, _ in plain[1:]] + [""]
    for (start, price), end in reversed(list(zip(plain, ends, strict=True))):
        yield span_of(price)._replace(start=start, end=end)


def is_daily(row: Any) -> bool:
    """Say whether a conditional price holds at certain hours only."""
    return hasattr(row.constraint, "start_time")


def span_of(prices: Any) -> Span:
    """Translate one set of prices."""
    rates: dict[str, int] = {}
    tiers: dict[int, dict[str, int]] = {}
    for key, meter in FROM_GENAI.items():
        value = prices.__dict__.get(key)
        if value is None:
            continue
        rates[meter] = pico(meter, getattr(value, "base", value))
        for tier in getattr(value, "tiers", ()):
            tiers.setdefault(tier.start, {})[meter] = pico(meter, tier.price)
    left = {key for key, value in prices.__dict__.items() if value is not None} - FROM_GENAI.keys()
    if left:
        raise SystemExit(f"price keys without a meter: {', '.join(sorted(left))}")
    return Span("", "", "", "", "", rates, tuple(sorted(tiers.items())), "genai")


def pico(meter: str, published: Decimal | str) -> int:
    """Turn a published price into pico-USD per unit; refuses what is not an integer."""
    exact = Decimal(published) * PICO / PER[meter]
    whole = int(exact.to_integral_value())
    # some sources hold binary floats (0.18000000000000002) or cut fractions (0.0833333333333333); anything coarser is a mistake
    if exact < 0 or abs(exact - whole) > exact * Decimal("1e-5"):
        raise SystemExit(f"{meter} at {published} is not a whole number of pico-USD")
    return whole


def variants_of(model: Any) -> list[tuple[str, str, Any]]:
    """Give context, first day and prices of the request-specific variants that differ from the standard."""
    found = []
    for variant in model.price_variants or ():
        context = context_of(variant.when)
        if context and any(value is not None for value in variant.prices.__dict__.values()):
            start = variant.constraint.start_date.isoformat() if variant.constraint else ""
            found.append((context, start, variant.prices))
    return found


def context_of(when: Mapping[str, str]) -> str:
    """Name a request context; "" is the standard one."""
    ((key, value),) = when.items()
    if (key, value) in (("service_tier", "default"), ("search_type", "web")):
        return ""
    return value if key in ("processing", "service_tier", "speed") else f"{key}={value}"


def variant_spans(variant: tuple[str, str, Any], standard: Sequence[Span]) -> Iterator[Span]:
    """Lay a variant over the standard spans that it meets."""
    context, start, prices = variant
    over = span_of(prices)
    for span in standard:
        if span.end and start and span.end <= start:
            continue
        yield span._replace(context=context, start=max(span.start, start), rates={**span.rates, **over.rates}, tiers=join_tiers(span, over))


def join_tiers(under: Span, over: Span) -> tuple[tuple[int, Mapping[str, int]], ...]:
    """Keep the standard tiers of the meters that the variant does not price."""
    kept = [(start, {meter: rate for meter, rate in rates.items() if meter not in over.rates}) for start, rates in under.tiers]
    joined: dict[int, dict[str, int]] = {}
    for start, rates in (*kept, *over.tiers):
        if rates:
            joined.setdefault(start, {}).update(rates)
    return tuple(sorted(joined.items()))


def clauses(match: Any) -> Iterator[str]:
    """Translate match logic: "=" exact, "^" prefix, "$" suffix, "*" contained, "~" regular expression."""
    kind = type(match).__name__
    if kind == "ClauseOr":
        for part in match.or_:
            yield from clauses(part)
    elif kind == "ClauseAnd":
        yield "~" + "".join(
            f"(?=.*{condition})" if not condition.startswith("^") else f"(?={condition[1:]})" for condition in map(condition_of, match.and_)
        )
    else:
        sign, attribute = {
            "ClauseEquals": ("=", "equals"),
            "ClauseStartsWith": ("^", "starts_with"),
            "ClauseEndsWith": ("$", "ends_with"),
            "ClauseContains": ("*", "contains"),
            "ClauseRegex": ("~", "regex"),
        }[kind]
        text = getattr(match, attribute)
        yield sign + (text if sign == "~" else text.lower())


def condition_of(match: Any) -> str:
    """Give one part of a conjunction as a regular expression."""
    sign, text = next(clauses(match))[0], next(clauses(match))[1:]
    return {"=": f"^{re.escape(text)}$", "^": f"^{re.escape(text)}", "$": f"{re.escape(text)}$", "*": re.escape(text), "~": text}[sign]


# --- overlay


def apply_overlay(entries: list[Entry], overlay: Mapping[str, Any]) -> list[Entry]:
    """Add our own models, then patch what is there, then apply the rules for whole contexts."""
    dropped = set(overlay.get("drop", ()))
    missing = dropped - {entry.id for entry in entries}
    if missing:
        raise SystemExit(f"overlay drops models that are not there: {', '.join(sorted(missing))}")
    entries = [own_entry(row) for row in overlay.get("models", ())] + [entry for entry in entries if entry.id not in dropped]
    for patch in overlay.get("patches", ()):
        entries = patch_entries(entries, patch)
    for rule in overlay.get("contexts", ()):
        entries = [apply_rule(entry, rule) for entry in entries]
    return entries


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


def patch_entries(entries: list[Entry], patch: Mapping[str, Any]) -> list[Entry]:
    """Change the named models: replace or add rates, carve out periods, add names."""
    wanted = set(patch["id"] if isinstance(patch["id"], list) else [patch["id"]])
    missing = wanted - {entry.id for entry in entries}
    if missing:
        raise SystemExit(f"overlay patches models that are not there: {', '.join(sorted(missing))}")
    return [patch_entry(entry, patch) if entry.id in wanted else entry for entry in entries]


def patch_entry(entry: Entry, patch: Mapping[str, Any]) -> Entry:
    """Change one model."""
    spans = list(entry.spans)
    for price in own_spans(patch):
        spans = [price, *carve(spans, price)]
    added = {meter: pico(meter, published) for meter, published in patch.get("add", {}).items()}
    if added:
        spans = [span._replace(rates={**span.rates, **added}) for span in spans]
    minimum = {meter: int(units) for meter, units in patch.get("minimum", {}).items()} or entry.minimum
    match = tuple(clause for clause in entry.match if clause not in patch.get("unmatch", ())) + tuple(patch.get("match", ()))
    return entry._replace(spans=tuple(order(spans)), match=match, minimum=minimum)


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


def apply_rule(entry: Entry, rule: Mapping[str, Any]) -> Entry:
    """Derive spans of a context from those of another where the entry has none: ``batch`` is half of the standard."""
    if not any(matches(clause, entry.id) for clause in rule["models"]) or any(
        matches(clause, entry.id) for clause in rule.get("except", ())
    ):
        return entry
    have = [span for span in entry.spans if span.context == rule["context"]]
    gap_end = min((span.start for span in have), default="") if have else ""
    if have and not gap_end:
        return entry
    base = [span for span in entry.spans if span.context == rule.get("of", "")]
    made = [made_span for span in base if (made_span := derive(span, rule, gap_end))]
    return entry._replace(spans=tuple(order((*entry.spans, *made))))


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


def scale(rates: Mapping[str, int], factor: Decimal, kept: frozenset[str]) -> dict[str, int]:
    """Multiply rates exactly."""
    scaled = {meter: Decimal(rate) if meter in kept else rate * factor for meter, rate in rates.items()}
    odd = {meter for meter, rate in scaled.items() if rate != int(rate)}
    if odd:
        raise SystemExit(f"scaled by {factor} not whole pico-USD: {', '.join(sorted(odd))}")
    return {meter: int(rate) for meter, rate in scaled.items()}


def matches(clause: str, name: str) -> bool:
    """Say whether one clause accepts a name."""
    sign, text = clause[0], clause[1:]
    if sign == "=":
        return name == text
    if sign == "^":
        return name.startswith(text)
    if sign == "$":
        return name.endswith(text)
    return text in name if sign == "*" else re.search(text, name) is not None


if __name__ == "__main__":
    sys.exit(main())
