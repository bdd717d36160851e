"""Read the rules of a backfill: where logs hold what is needed, and which pattern of a request means which feature."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, Final, NamedTuple

from cost_lib.errors import PolicyError
from cost_lib.ledger.backfilling.fields import RECORDS, RESPONSES, Names, with_own
from cost_lib.policy_model import BUILTIN_TAGS

TABLES: Final = ("provider", "window-seconds", "fields", "rules")
KEYS: Final = ("feature", "tags", "confidence", "match")
FIELDS: Final[Mapping[str, Names]] = {"responses": RESPONSES, "app-logs": RECORDS}


class Rule(NamedTuple):
    """What has to fit, and what that means."""

    number: int  # from 1
    tags: Mapping[str, str]
    confidence: Decimal
    patterns: tuple[tuple[str, re.Pattern[str]], ...]


class Rules(NamedTuple):
    """All that a rules file can say."""

    responses: Names = RESPONSES
    records: Names = RECORDS
    rules: tuple[Rule, ...] = ()
    provider: str = ""  # of answers that do not say whose they are
    window: timedelta = timedelta(seconds=120)


def read_rules(path: Path | None) -> Rules:
    """Read a rules file; what is wrong in it is said with its place."""
    if path is None:
        return Rules()
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as problem:
        raise PolicyError(path, 0, problem.strerror or str(problem)) from None
    except ValueError as problem:
        raise PolicyError(path, 0, str(problem)) from None
    return _checked(document, path)


def _checked(document: Mapping[str, Any], path: Path) -> Rules:
    _known(document, TABLES, path, "")
    fields = _table(document.get("fields", {}), path, "fields")
    _known(fields, tuple(FIELDS), path, "fields.")
    provider = document.get("provider", "")
    window = document.get("window-seconds", 120)
    if not isinstance(provider, str):
        raise PolicyError(path, 0, "provider is a name, such as openai")
    if not isinstance(window, (int, float)) or isinstance(window, bool) or not 0 <= window <= 86_400:
        raise PolicyError(path, 0, "window-seconds is a number from 0 to 86400")
    rows = document.get("rules", [])
    if not isinstance(rows, list):
        raise PolicyError(path, 0, "rules are written [[rules]], one table each")
    rules = tuple(_rule(_table(row, path, f"rules {number}"), number, path) for number, row in enumerate(rows, 1))
    own = {name: _names(fields.get(name, {}), FIELDS[name], path, name) for name in FIELDS}
    return Rules(own["responses"], own["app-logs"], rules, provider, timedelta(seconds=window))


def _names(given: Any, known: Names, path: Path, what: str) -> Names:
    """Read where things are; names that are not known are tags of the application's lines."""
    own: dict[str, tuple[str, ...]] = {}
    for name, places in _table(given, path, f"fields.{what}").items():
        found = (places,) if isinstance(places, str) else tuple(places) if isinstance(places, list) else ()
        if not found or not all(isinstance(place, str) and place for place in found):
            raise PolicyError(path, 0, f'fields.{what}.{name} is a path such as "labels.feature", or a list of them')
        if what == "responses" and name not in known:
            raise PolicyError(path, 0, f"fields.{what} has no {name!r}; it knows {', '.join(known)}")
        own[name] = found
    return with_own(known, own)


def _rule(row: Mapping[str, Any], number: int, path: Path) -> Rule:
    where = f"rules {number}"
    _known(row, KEYS, path, f"{where}: ")
    tags = {**_table(row.get("tags", {}), path, f"{where}: tags"), **({"feature": row["feature"]} if "feature" in row else {})}
    if not tags or not all(isinstance(value, str) and value for value in tags.values()):
        raise PolicyError(path, 0, f'{where}: say feature = "..." (or tags = {{...}}), in words')
    patterns = []
    for name, text in _table(row.get("match", {}), path, f"{where}: match").items():
        try:
            patterns.append((name, re.compile(text)))
        except (re.error, TypeError) as problem:
            raise PolicyError(path, 0, f"{where}: {name}: {text!r} is no regular expression: {problem}") from None
    if not patterns:
        raise PolicyError(path, 0, f'{where}: say what has to fit: match = {{ "request.metadata.app" = "^faq" }}')
    return Rule(number, tags, _confidence(row.get("confidence"), where, path), tuple(patterns))


def _confidence(given: Any, where: str, path: Path) -> Decimal:
    try:
        found = Decimal(str(given))
    except InvalidOperation:
        found = Decimal(-1)
    if isinstance(given, bool) or not 0 < found <= 1:
        raise PolicyError(path, 0, f"{where}: confidence is a number above 0 and up to 1: how sure you are that the pattern means it")
    return found


def _table(given: Any, path: Path, what: str) -> Mapping[str, Any]:
    if not isinstance(given, dict):
        raise PolicyError(path, 0, f"{what} is a table")
    return given


def _known(given: Mapping[str, Any], known: tuple[str, ...], path: Path, where: str) -> None:
    for name in given:
        if name not in known:
            raise PolicyError(path, 0, f"{where}{name} is not known here; known: {', '.join(known)}")


def tag_names(records: Names) -> tuple[str, ...]:
    """Return the fields of an application's lines that are tags: the built-in ones, and those that the rules file adds."""
    return (*BUILTIN_TAGS, *(name for name in records if name not in RECORDS))
