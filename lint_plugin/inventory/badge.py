"""A badge with the share of attributed calls: a picture, or what shields.io draws one from."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Final

LABEL: Final = "LLM calls attributed"
COLOURS: Final = (  # from which share on; the name is that of shields.io
    (Decimal(95), "brightgreen", "#4c1"),
    (Decimal(80), "yellowgreen", "#a4a61d"),
    (Decimal(50), "orange", "#fe7d37"),
    (Decimal(0), "red", "#e05d44"),
)
ADVANCE: Final = 6.6  # pixels a letter takes at 11 px, on average
PADDING: Final = 10


def as_json(percent: Decimal) -> str:
    """Return the answer of an endpoint badge (https://shields.io/badges/endpoint-badge)."""
    colour = next(name for least, name, _ in COLOURS if percent >= least)
    return json.dumps({"schemaVersion": 1, "label": LABEL, "message": _shown(percent), "color": colour}, indent=2) + "\n"


def as_svg(percent: Decimal) -> str:
    """Return a picture that needs no other file."""
    shown = _shown(percent)
    colour = next(code for least, _, code in COLOURS if percent >= least)
    left, right = _width(LABEL), _width(shown)
    whole = left + right
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{whole}" height="20" role="img" aria-label="{LABEL}: {shown}">\n'
        f"  <title>{LABEL}: {shown}</title>\n"
        f'  <clipPath id="round"><rect width="{whole}" height="20" rx="3"/></clipPath>\n'
        f'  <g clip-path="url(#round)"><rect width="{left}" height="20" fill="#555"/>'
        f'<rect x="{left}" width="{right}" height="20" fill="{colour}"/></g>\n'
        '  <g fill="#fff" text-anchor="middle" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11">'
        f'<text x="{left / 2:g}" y="14">{LABEL}</text><text x="{left + right / 2:g}" y="14">{shown}</text></g>\n'
        "</svg>\n"
    )


def _shown(percent: Decimal) -> str:
    return f"{percent.normalize():f}%"


def _width(text: str) -> int:
    return round(len(text) * ADVANCE) + PADDING
