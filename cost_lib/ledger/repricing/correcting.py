"""Put corrected prices in force for a while: house prices of a policy, and tables in place of those that are shipped."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from cost_lib.catalog import prices, table_archive
from cost_lib.catalog.rate_tables import MODELS, TABLE_NAME, give_table
from cost_lib.errors import ReportError
from cost_lib.in_force import HELD, NO_POLICY, InForce
from cost_lib.policy import Policy

HOUSE: Final = '\n{"house-prices": '  # what an archived table carries of the policy at its time
LAID: Final = re.compile(r'\{"provider": "[^"]+",\n"unit": (?:.|\n)*?\n"models": \[\n\{"id":')
FIRST: Final = ("id", "match")  # keys of a model, in the order in which the table is searched
LAST: Final = ("minimum", "prices")

EMPTY: Final[Mapping[str, Any]] = {
    "fallback": [],
    "sources": {"genai": {"from": "a given table", "checked": ""}},
    "retired": [],
    "uplifts": [],
}


@contextmanager
def corrected(rules: Policy, tables: Sequence[Path], archive: Path) -> Iterator[tuple[str, ...]]:
    """Price by a policy and by given tables; the tables that are used are kept below ``archive``. Yield the names of the tables."""
    given = dict(read_table_file(path) for path in tables)
    before = HELD.in_force
    with table_archive.apart(archive):
        try:
            for name, text in given.items():
                give_table(name, text)
            prices.forget()
            HELD.in_force = InForce(rules, rules.digest or NO_POLICY, {}, "")
            yield tuple(given)
        finally:
            for name in given:
                give_table(name, "")
            prices.forget()
            HELD.in_force = before


def read_table_file(path: Path) -> tuple[str, str]:
    """Read a table as ``rates/*.json`` and the archive beside the log have it, and lay it out as the look-up wants it."""
    try:
        text = path.read_text(encoding="utf-8")
        document = json.loads(text.partition(HOUSE)[0])
    except OSError as problem:
        raise ReportError(f"{path}: {problem.strerror or problem}") from None
    except ValueError as problem:
        raise ReportError(f"{path}: no price table: {problem}") from None
    wrong = _wrong_with(document)
    if wrong:
        raise ReportError(f"{path}: no price table: {wrong}")
    if LAID.match(text):
        return document["provider"], text.partition(HOUSE)[0].rstrip("\n") + "\n"  # as it is: its version stays what it was
    head = {name: value for name, value in document.items() if name != "models"}
    models = ",\n".join(_model(model) for model in document["models"])
    return document["provider"], f"{_written({**EMPTY, **head})[:-1]},\n{MODELS}\n{models}]}}\n"


def _model(model: Mapping[str, Any]) -> str:
    order = [name for name in (*FIRST, *LAST) if name in model]
    return _written({name: model[name] for name in order})


def _written(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _wrong_with(document: Any) -> str:
    """Say what keeps a document from being a price table; empty for nothing."""
    if not isinstance(document, dict) or not isinstance(document.get("models"), list):
        return "no list of models"
    if not re.fullmatch(TABLE_NAME, str(document.get("provider", ""))):
        return 'no "provider"'
    for model in document["models"]:
        if not isinstance(model, dict) or not isinstance(model.get("id"), str) or not isinstance(model.get("match"), list):
            return "a model without id and match"
        rows = model.get("prices")
        if not isinstance(rows, list) or not rows:
            return f"{model['id']} has no prices"
        if not all(isinstance(row, dict) and _are_rates(row.get("rates")) for row in rows):
            return f"the rates of {model['id']} are not whole pico-USD from 0 on"
    return ""


def _are_rates(rates: Any) -> bool:
    return isinstance(rates, dict) and all(type(rate) is int and rate >= 0 for rate in rates.values())
