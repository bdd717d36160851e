"""Build the dated price tables in ``cost_lib/catalog/rates`` from genai-prices and the reviewed overlay.

Usage: ``python scripts/generate_rates.py [--check]`` in an environment that holds ``genai-prices`` at the version below.
Overlay files (``scripts/rates_overlay/<provider>.json``) are written in published units (USD per million tokens, per 1,000
searches ...), the tables in integer pico-USD per unit: what a person reviews looks like the provider's page.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from decimal import Decimal
from importlib import metadata
from pathlib import Path
from typing import Any

from rates_patch import apply_overlay
from rates_source import entry_of
from rates_spans import FEES, Entry, Span

ROOT = Path(__file__).resolve().parent.parent
RATES = ROOT / "cost_lib" / "catalog" / "rates"
OVERLAY = Path(__file__).resolve().parent / "rates_overlay"

SOURCE_VERSION = "0.2.3"  # of genai-prices
SOURCE_CHECKED = "2026-11-22"  # the day on which that version was the newest


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
    names = sorted(by_name.keys() | overlays.keys(), key=lambda name: ("copies" in overlays.get(name, {}), name))
    tables: dict[str, list[Entry]] = {}
    for name in names:
        entries = [entry_of(model) for model in by_name[name].models] if name in by_name else []
        tables[name] = apply_overlay(entries, overlays.get(name, {}), tables)
    sources = {name: sources_of(by_name.get(name), overlays.get(name, {})) for name in names}
    for name in names:
        for rule in overlays.get(name, {}).get("copies", ()):
            fees = sources[name][rule["source"]]
            sources[name] |= {f"{rule['of']}/{key}": both(source, fees) for key, source in sources[rule["of"]].items()}
    return {name: render(name, by_name.get(name), overlays.get(name, {}), tables[name], sources[name]) for name in names}


def sources_of(provider: Any, overlay: Mapping[str, Any]) -> dict[str, Any]:
    """Give what the rates of a provider are from, by key."""
    urls = list(getattr(provider, "pricing_urls", None) or ())
    genai = {"from": f"genai-prices {SOURCE_VERSION}", "urls": urls, "checked": SOURCE_CHECKED}
    return {"genai": genai, **overlay.get("sources", {})}


def both(rates: Mapping[str, Any], fees: Mapping[str, Any]) -> dict[str, Any]:
    """Join two sources into one."""
    return {**rates, "from": f"{rates['from']}; {fees['from']}", "urls": [*rates["urls"], *fees["urls"]]}


def render(name: str, provider: Any, overlay: Mapping[str, Any], entries: Sequence[Entry], sources: Mapping[str, Any]) -> str:
    """Give one table as JSON text: a header, then one model, retirement or span a line."""
    used = {span.source for entry in entries for span in entry.spans} | {row[2] for row in overlay.get("retired", ())}
    used |= {row["source"] for row in overlay.get("uplifts", ())}
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
    lines.append('"uplifts": [')
    lines.append(",\n".join(f"  {dump(uplift_row(row))}" for row in overlay.get("uplifts", ())) + "],")
    lines.append('"models": [')
    lines.append(",\n".join(entry_text(entry) for entry in entries) + "]}")
    return "\n".join(lines) + "\n"


def uplift_row(row: Mapping[str, Any]) -> dict[str, object]:
    """Translate a surcharge on all token rates, in thousandths."""
    thousandths = Decimal(row["times"]) * 1000
    if thousandths != int(thousandths):
        raise SystemExit(f"an uplift of {row['times']} is no whole number of thousandths")
    return {"for": row["for"], "thousandths": int(thousandths), "fees": sorted(FEES), "match": row["match"], "source": row["source"]}


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


if __name__ == "__main__":
    sys.exit(main())
