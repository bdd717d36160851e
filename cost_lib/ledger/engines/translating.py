"""Carry a query from DuckDB's dialect to another engine, with the same meaning.

sqlglot does the dialects. What it would change without a word is written by hand: exact percentiles (which become approximate ones),
whole divisions (which become fractions), values of JSON that are missing (which become empty texts). Values stay parameters of the engine.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final

from cost_lib.errors import ReportError

DUCKDB: Final = "duckdb"
SPARK: Final = "spark"
CLICKHOUSE: Final = "clickhouse"
DIALECTS: Final = (DUCKDB, SPARK, CLICKHOUSE)
MARKS: Final = re.compile(r"/\*[a-z_]+\*/|/\*end\*/")
KINDS: Final[tuple[tuple[type, str], ...]] = (
    (bool, "Bool"),
    (int, "Int64"),
    (float, "Float64"),
    (Decimal, "Decimal(38, 9)"),
    (date, "Date32"),
)
NOTHING: Final = "Nothing"
Values = Mapping[str, Any]


def translated(sql: str, engine: str, values: Values | None = None) -> str:
    """Return a query in an engine's own words; ``values`` tell ClickHouse of what type each parameter is."""
    if engine not in DIALECTS:
        raise ReportError(f"engine {engine!r}: known are {', '.join(DIALECTS)}")
    if engine == DUCKDB:
        return sql
    return _carried(sql, engine, tuple(sorted((name, kind_of(value)) for name, value in (values or {}).items())))


@lru_cache(maxsize=256)
def _carried(sql: str, engine: str, kinds: tuple[tuple[str, str], ...]) -> str:
    sqlglot = library()
    tree = sqlglot.parse_one(MARKS.sub("", sql), read=DUCKDB)
    _spell_stars_out(tree)
    for node in reversed(list(tree.walk())):  # from the leaves on, so that what is replaced has its own parts replaced before
        node.replace(_rewritten(node, engine, dict(kinds)))
    try:
        text = tree.sql(dialect=engine, comments=False, unsupported_level=sqlglot.ErrorLevel.RAISE)
    except sqlglot.errors.UnsupportedError as problem:
        raise ReportError(f"this query cannot be carried to {engine}: {problem}") from None
    if "approx" in text.lower():
        raise ReportError(f"this query would be approximate on {engine}")
    return str(text)


def _spell_stars_out(tree: Any) -> None:
    """Name the columns of ``part.*``: where two parts share a name, ClickHouse would call them otherwise."""
    from sqlglot import exp

    parts = {one.alias: one.this for one in tree.find_all(exp.CTE)}
    for select in tree.find_all(exp.Select):
        named: list[Any] = []
        for one in select.expressions:
            part = parts.get(one.table) if isinstance(one, exp.Column) and isinstance(one.this, exp.Star) else None
            columns = part.named_selects if part is not None and not part.is_star else ()
            named += [exp.alias_(exp.column(column, table=one.table), column) for column in columns] or [one]
        select.set("expressions", named)


def library() -> Any:
    """Import sqlglot, or say what is missing."""
    try:
        import sqlglot
    except ImportError:
        raise ReportError("other engines need sqlglot: pip install 'costmark[report]'") from None
    return sqlglot


def kind_of(value: Any) -> str:
    """Name ClickHouse's type of a parameter."""
    return NOTHING if value is None else next((name for kind, name in KINDS if isinstance(value, kind)), "String")


def _rewritten(node: Any, engine: str, kinds: Mapping[str, str]) -> Any:
    from sqlglot import exp

    if isinstance(node, exp.Anonymous) and node.name.lower() in BY_HAND:
        return BY_HAND[node.name.lower()](node, engine)
    if isinstance(node, exp.JSONExtractScalar):
        return _json_text(node, engine)
    if isinstance(node, exp.IntDiv) and engine == CLICKHOUSE:
        return exp.Anonymous(this="intDiv", expressions=[node.this, node.expression])
    if isinstance(node, exp.Placeholder) and kinds.get(node.name) == NOTHING:
        return exp.Null()
    if isinstance(node, exp.Placeholder) and engine == CLICKHOUSE and isinstance(node.this, str) and not node.args.get("kind"):
        return exp.Placeholder(this=node.this, kind=exp.DataType.build(kinds.get(node.this, "String"), dialect=CLICKHOUSE))
    return node


def _percentile(node: Any, engine: str) -> Any:
    """Write ``pctl(values, share)``: exact, with interpolation between neighbours."""
    from sqlglot import exp

    values, share = node.expressions
    if engine == SPARK:
        return exp.Anonymous(this="percentile", expressions=[values, share])
    return exp.ParameterizedAgg(this="quantileExactInclusive", expressions=[share], params=[values])


def _tag_value(node: Any, engine: str) -> Any:
    """Write ``tag_value(tags, name)``: names may hold anything, so none becomes a part of a path."""
    from sqlglot import exp

    tags, name = node.expressions
    if engine == SPARK:
        parsed = exp.Anonymous(this="from_json", expressions=[tags, exp.Literal.string("map<string,string>")])
        return exp.Anonymous(this="try_element_at", expressions=[parsed, name])
    has = exp.Anonymous(this="JSONHas", expressions=[exp.func("coalesce", tags.copy(), exp.Literal.string("{}")), name])
    value = exp.Anonymous(this="JSONExtractString", expressions=[tags, name.copy()])
    return exp.Case(ifs=[exp.If(this=has, true=value)])


def _json_text(node: Any, engine: str) -> Any:
    """Write the text at a path, NULL where there is none."""
    from sqlglot import exp

    path = exp.Literal.string(node.expression.sql(dialect=DUCKDB).strip("'"))
    if engine == SPARK:
        return exp.Anonymous(this="get_json_object", expressions=[node.this, path])
    return exp.func("nullif", exp.Anonymous(this="JSON_VALUE", expressions=[node.this, path]), exp.Literal.string(""))


BY_HAND: Final[Mapping[str, Callable[[Any, str], Any]]] = {"pctl": _percentile, "tag_value": _tag_value}
