"""Read genai-prices: its models as entries, its conditions as spans."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rates_spans import Entry, Span, join_tiers, pico

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


# the source leaves free output out, as it does output whose price it does not know: its comment says which
FREE_OUTPUT = re.compile(r"\b(input[- ]only|output (is |tokens are )?free)\b", re.IGNORECASE)


def entry_of(model: Any) -> Entry:
    """Translate one model of genai-prices."""
    standard = list(standard_spans(model.prices))
    if FREE_OUTPUT.search(model.price_comments or ""):
        standard = [span._replace(rates={**span.rates, "output": 0}) if "output" not in span.rates else span for span in standard]
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
