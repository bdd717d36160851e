"""Read the queries of reports, one plain SQL file each, and put in what was asked for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Final, TypeVar

from cost_lib.ledger.columns import TOKENS

MARK: Final = re.compile(r"/\*([a-z_]+)\*/.*?/\*end\*/", re.DOTALL)
COMMENT: Final = re.compile(r"^--.*\n", re.MULTILINE)
PARAMETER: Final = re.compile(r"\$([a-z_]+[0-9]*)")
# macros that a few engines need in their own words: exact percentiles, and the value of a custom tag of any name
MACROS: Final = (
    "CREATE TEMP MACRO pctl(values_, share) AS quantile_cont(values_, share)",
    "CREATE TEMP MACRO tag_value(tags_, name_) AS tags_ ->> ('/' || replace(replace(name_, '~', '~0'), '/', '~1'))",
)
# a rollup by user holds counted requests alone, and does not know whose they were to answer for
USER_DAYS: Final = "(SELECT *, 'call' AS kind, 'ok' AS status, CAST(NULL AS BOOLEAN) AS is_attributed FROM user_days) AS user_rollups"
INNER: Final = {"events": "attempts", "meters": "meters", "day_meters": "day_meters"}  # views that a query makes of those that are there
FIGURE: Final = re.compile(rf"(?<!\$)\b(?:{'|'.join((*TOKENS, 'cost_nano_usd'))})\b")
Value = TypeVar("Value")


@cache
def text_of(name: str) -> str:
    """Return the text of a query as it lies in its file."""
    return resources.files("cost_lib.ledger").joinpath("sql", f"{name}.sql").read_text(encoding="utf-8")


def source(view: str) -> str:
    """Write the view that a query reads from."""
    if view == "user_days":
        return USER_DAYS
    if view in INNER:
        return f"({COMMENT.sub('', text_of(INNER[view])).strip()}) AS attempts"
    return view


def condition_on(view: str, condition: str) -> str:
    """Write a condition for what a query reads from: where a row is a meter, figures are those of the whole request."""
    return FIGURE.sub(r"whole_\g<0>", condition) if view == "meters" else condition


def rendered(name: str, **parts: str) -> str:
    """Return a query with what was asked for in the places that it marks; a place that nothing is said of stays as it is."""
    return MARK.sub(lambda match: parts.get(match[1], match[0]), text_of(name))


def used(query: str, values: Mapping[str, Value]) -> dict[str, Value]:
    """Return the values that a query has parameters for."""
    names = set(PARAMETER.findall(query))
    return {name: value for name, value in values.items() if name in names}
