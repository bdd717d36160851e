"""Write the SQL of the views that reports are made on: events, days, user_days, outcomes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from cost_lib.ledger.columns import DAY_DIMENSIONS, DAY_MEASURES, MEASURES, OUTCOMES, SPLITS, STORED, USER_DIMENSIONS

if TYPE_CHECKING:
    from cost_lib.policy import Policy

COUNTED: Final = "(kind IN ('call', 'result') AND status <> 'refused')"
UNPRICED: Final = f"({COUNTED} AND cost_nano_usd IS NULL AND coalesce(cost_source, '') <> 'none')"
# the first attempt stands for its call, so that requests add up over any breakdown
REQUEST: Final = f"({COUNTED} AND attempt <= 1)::BIGINT"
METERS: Final = ("input", "cache_read", "cache_write_5m", "cache_write_1h", "output", "reasoning")  # of a split
SHAPE: Final = "{" + ", ".join(f'"{meter}": "BIGINT"' for meter in METERS) + "}"
PARTS: Final = f"CASE WHEN cost_nano_usd > 0 THEN from_json(cost_split, '{SHAPE}') END"
SHOWN: Final = {"latency_us": "latency_us / 1000.0 AS latency_ms", "ttft_us": "ttft_us / 1000.0 AS ttft_ms"}


def of_events(source: str, rules: Policy) -> str:
    """Select the view ``events`` from what is stored, with its day."""
    shown = ", ".join(SHOWN.get(name, name) for name in STORED if name != "more")
    return f"""
        SELECT {shown}, dt, {attributed(rules)} AS is_attributed, request, is_counted, is_unpriced, {", ".join(SPLITS)}, more
        FROM {_split(source)}"""


def made(source: str, columns: Iterable[str] = STORED, more: Iterable[str] = ()) -> str:
    """Select columns of events, what is made of each (whether it counts, the parts of its cost), and more columns."""
    flags = (f"{REQUEST} AS request", f"{COUNTED} AS is_counted", f"{UNPRICED} AS is_unpriced", f"{PARTS} AS parts")
    return f"SELECT {', '.join((*columns, *flags, *more))} FROM {source}"


def split(source: str) -> str:
    """Add to events the parts of their costs by meter; parts that are more than the whole are none."""
    return _split(f"(SELECT *, {PARTS} AS parts FROM {source})")


def _split(source: str) -> str:
    found = [f"coalesce(parts.{meter}, 0)" for meter in METERS]
    fits = f"least({', '.join(found)}) >= 0 AND {' + '.join(f'{one}::HUGEINT' for one in found)} <= cost_nano_usd"
    made = [*found[:4], f"{found[4]} + {found[5]}"]  # reasoning is output
    columns = ", ".join(f"CASE WHEN fits THEN {one} ELSE 0 END AS {name}" for name, one in zip(SPLITS, made, strict=True))
    return f"(SELECT * EXCLUDE (parts, fits), {columns} FROM (SELECT *, {fits} AS fits FROM {source}))"


def rolled(source: str, *, by_user: bool = False, apart: str = "") -> str:
    """Roll events, with what is made of each, up by day, or by day and user: what is counted alone; ``apart`` keeps some by themselves."""
    dimensions = ", ".join(USER_DIMENSIONS if by_user else DAY_DIMENSIONS)
    measures = ", ".join(f"{made} AS {name}" for name, made in (MEASURES if by_user else DAY_MEASURES).items())
    kept = "is_counted" if by_user else "kind <> 'outcome'"
    events = source if by_user else _split(source)
    return f"""
        SELECT dt, {dimensions}, {measures}
        FROM (SELECT *, ts::DATE AS dt FROM {events} WHERE {kept})
        GROUP BY dt, {dimensions}{apart and f", {apart}"}"""


def of_days(source: str, rules: Policy) -> str:
    """Select the view ``days`` from rollups."""
    return f"""
        SELECT dt, {", ".join(DAY_DIMENSIONS)}, {_measures(DAY_MEASURES)}, {attributed(rules)} AS is_attributed, {COUNTED} AS is_counted
        FROM {source}"""


def of_user_days(source: str) -> str:
    """Select the view ``user_days`` from rollups."""
    return f"SELECT dt, {', '.join(USER_DIMENSIONS)}, {_measures(MEASURES)} FROM {source}"


def of_outcomes(source: str) -> str:
    """Select the view ``outcomes`` from the outcomes of the ledger and of the log."""
    return f"SELECT {', '.join(OUTCOMES)}, ts::DATE AS dt FROM {source}"


def attributed(rules: Policy) -> str:
    """Write what makes a request attributed: every required tag, and a feature that is registered where any is."""
    terms = [
        f"coalesce({_value_of(name)}, '') <> ''"
        for name in dict.fromkeys(("feature", *rules.settings.required_tags))
        if not rules.tags[name].ambient
    ]
    if rules.has_registry:
        terms.append(f"feature IN ({', '.join(map(quoted, rules.features))})")
    return f"coalesce({' AND '.join(terms) or 'true'}, false)"


def quoted(text: str) -> str:
    """Write a text as SQL does."""
    return "'" + text.replace("'", "''") + "'"


def literal(place: object) -> str:
    """Write a place so that DuckDB takes no part of its name for a pattern."""
    return "".join(f"[{char}]" if char in "*?[" else char for char in str(place))


def _measures(measures: Iterable[str]) -> str:
    return ", ".join("latency_us_sum / 1000.0 AS latency_ms_sum" if name == "latency_us_sum" else name for name in measures)


def _value_of(tag: str) -> str:
    return tag if tag in STORED else f"json_extract_string(tags, {quoted(_path(tag))})"


def _path(tag: str) -> str:
    return '$."' + tag.replace("\\", "\\\\").replace('"', '\\"') + '"'
