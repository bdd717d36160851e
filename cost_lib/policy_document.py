"""Turn the bytes of one policy file into checked tables that remember their lines."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from cost_lib import policy_checks as check
from cost_lib.errors import PolicyError
from cost_lib.policy_spot import Entry, Source, Spot, Table, in_table, quoted, spell, suggest
from cost_lib.toml_text import Float

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from cost_lib.policy_checks import Check

PYPROJECT: Final = "pyproject.toml"
PREFIX: Final = ("tool", "costmark")
BILLS: Final = ("tokens", "job", "storage")
KINDS: Final = ("call", "client", "scope")

_texts: Final = check.array_of(check.text)
_codes: Final = check.array_of(check.code)
_globs: Final = check.array_of(check.glob)


def _bills(value: object, spot: Spot) -> frozenset[str]:
    return frozenset(check.array_of(check.one_of(*BILLS))(value, spot))


def _code_set(value: object, spot: Spot) -> frozenset[str]:
    return frozenset(_codes(value, spot))


def _carriers(value: object, spot: Spot) -> tuple[bool, tuple[str, ...], dict[str, str]]:
    """Read how a house wrapper takes its tags: whether as keywords, which dict arguments, which tags under other names."""
    keywords, arguments, renames = False, {}, {}
    items = enumerate(value) if isinstance(value, list) else [(-1, value)]
    for index, item in items:
        item_spot = spot.at(index) if index >= 0 else spot
        if item == "keywords":
            keywords = True
            continue
        if not isinstance(item, dict):
            written = f'"{item}"' if isinstance(item, str) else check.type_name(item)
            raise item_spot.error(f'{spot.name} must hold "keywords" or tables such as {{argument = "tags"}}, not {written}')
        for tag, argument in item.items():
            found = check.identifier(argument, item_spot.at(tag))
            if tag == "argument":
                arguments[found] = True
            else:
                renames[tag] = found
    return keywords, tuple(arguments), renames


PER_PATH: Final[Mapping[str, Check]] = {
    "required-tags": _texts,
    "metering": check.one_of("call", "process"),
    "on-untagged": check.one_of("record", "warn", "raise"),
    "allow-raw": _globs,
    "enable": _code_set,
    "disable": _code_set,
    "no-inline": _code_set,
    "user-id": check.one_of("hash", "plain", "drop"),
    "personal-data": check.one_of("hash", "drop", "raise", "plain"),
    "bills": _bills,
    "fix-with": check.dotted,
}
SETTINGS: Final[Mapping[str, Check]] = {
    "extend": check.text,
    **PER_PATH,
    "exclude": _globs,
    "catalog": check.catalog_version,
    "on-budget-error": check.one_of("allow", "block"),
    "budget-zone": check.zone,
}
BUDGET: Final[Mapping[str, Check]] = {
    "monthly-budget": check.usd,
    "daily-budget": check.usd,
    "alert-at": check.shares,
    "on-exceeded": check.one_of("alert", "block"),
}
# tables of tables: by the author's own names
NAMED: Final[Mapping[str, Mapping[str, Check]]] = {
    "paths": PER_PATH,
    "tags": {"values": _texts, "from-env": check.variable, "default": check.text, "ambient": check.flag, "literal": check.flag},
    "features": {"owner": check.text, **BUDGET},
    "owners": {"notify-env": check.variable},
    "hosts": {"provider": check.text},
    "prices": dict.fromkeys(("input", "output", "cache-read", "cache-write-5m", "cache-write-1h"), check.usd_per_million),
}
# tables of which there is one; kept as a section whose only name is empty
SINGLE: Final[Mapping[str, Mapping[str, Check]]] = {"total": BUDGET}
# arrays of tables
LISTED: Final[Mapping[str, Mapping[str, Check]]] = {
    "wrappers": {"name": check.dotted, "kind": check.one_of(*KINDS), "tags": _carriers, "client": check.dotted},
    "exceptions": {"rule": check.code, "path": check.glob, "owner": check.text, "reason": check.text, "expires": check.day},
}
NEEDED: Final[Mapping[str, tuple[str, ...]]] = {
    "hosts": ("provider",),
    "wrappers": ("name", "kind"),
    "exceptions": ("rule", "path", "owner", "reason", "expires"),
}
KNOWN: Final = (*SETTINGS, *NAMED, *SINGLE, *LISTED)


class Document(NamedTuple):
    """One policy file, checked by itself."""

    file: Path
    root: Spot
    settings: Table
    named: Mapping[str, Mapping[str, Table]]  # section -> name -> its keys
    listed: Mapping[str, tuple[Table, ...]]


def read_document(data: str | bytes, file: Path, *, shown: str, known_codes: Collection[str] | None = None) -> Document:
    """Read and check one policy file; raise PolicyError for the first thing that is wrong."""
    text = decode(data, shown)
    content = parse(text, shown)
    prefix = PREFIX if file.name == PYPROJECT else ()
    root = Spot(Source(file, text, shown=shown, known_codes=known_codes, prefix=prefix))
    return _document(_own_table(content, root) if prefix else content, root)


def _own_table(content: dict[str, Any], root: Spot) -> dict[str, Any]:
    found = _find_own_table(content)
    if found is None:
        raise PolicyError(root.source.shown, 0, "there is no [tool.costmark] table in it")
    if not isinstance(found, dict):
        raise root.error(f'"costmark" in tool must be a table, not {check.type_name(found)}')
    return found


def has_own_table(data: bytes, shown: str) -> bool:
    """Say whether a pyproject.toml has a costmark table."""
    return _find_own_table(parse(decode(data, shown), shown)) is not None


def find_table_line(data: bytes, shown: str) -> int:
    """Return the line of the costmark table of a pyproject.toml that has one."""
    return Source(Path(shown), decode(data, shown), shown=shown).lines[PREFIX]


def _find_own_table(content: dict[str, Any]) -> object:
    tools = content.get("tool")
    return tools.get("costmark") if isinstance(tools, dict) else None


_CHAIN: Final = re.compile(r"""(?<![\w.-])(?:(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+){200}""")


def decode(data: str | bytes, shown: str) -> str:
    """Return the text of a file without its byte order mark."""
    if isinstance(data, str):
        return data.removeprefix("\ufeff")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = data.count(b"\n", 0, problem.start) + 1
        raise PolicyError(shown, line, "not UTF-8; save the file in that encoding") from None


def parse(text: str, shown: str) -> dict[str, Any]:
    """Return the content of a TOML text, floats as they are written."""
    if _CHAIN.search(text):  # the reader's time grows with the square of a dotted key
        raise _too_deep(text, shown)
    try:
        return tomllib.loads(text, parse_float=Float)
    except RecursionError:
        raise _too_deep(text, shown) from None
    except ValueError as problem:
        raise _not_toml(text, shown, str(problem)) from None


def _too_deep(text: str, shown: str) -> PolicyError:
    deepest = max(text.split("\n"), key=lambda line: len(re.findall(r"[\[{.]", line)))
    return PolicyError(shown, text[: text.index(deepest)].count("\n") + 1, "nested too deeply")


def _not_toml(text: str, shown: str, problem: str) -> PolicyError:
    text = text.replace("\r\n", "\n")
    conflict = re.search(r"^(<<<<<<<|=======$|>>>>>>>)", text, re.MULTILINE)
    if conflict:
        return PolicyError(
            shown,
            text.count("\n", 0, conflict.start()) + 1,
            "unresolved merge conflict; keep what holds of both sides and remove the markers",
        )
    where = re.search(r" \(at (?:line (\d+), column (\d+)|end of document)\)", problem)
    if where is None:  # the interpreter's own limit, which knows no position
        digits = re.search(r"[0-9_]{1000,}", text)
        line = text.count("\n", 0, digits.start()) + 1 if digits else 0
        return PolicyError(shown, line, "a number is too long")
    line = int(where[1]) if where[1] else text.rstrip("\n").count("\n") + 1
    said = problem[: where.start()]
    column = f" (column {where[2]})" if where[2] else " (end of file)"
    return PolicyError(shown, line, f"not valid TOML: {said[:1].lower()}{said[1:]}{column}; mend it there")


def _document(content: dict[str, Any], root: Spot) -> Document:
    settings: Table = {}
    named: dict[str, dict[str, Table]] = {section: {} for section in (*NAMED, *SINGLE)}
    listed: dict[str, tuple[Table, ...]] = dict.fromkeys(LISTED, ())
    for key, value in content.items():
        spot = root.at(key)
        if key in SETTINGS:
            settings[key] = Entry(SETTINGS[key](value, spot), value, spot)
        elif key in NAMED:
            named[key] = {name: _table(item, spot.at(name), key, NAMED[key]) for name, item in check.table(value, spot).items()}
        elif key in SINGLE:
            named[key] = {"": _table(value, spot, key, SINGLE[key])}
        elif key in LISTED:
            items = check.array(value, spot, of=f"tables, each under [[{spell((*root.source.prefix, key))}]]")
            listed[key] = tuple(_table(item, spot.at(index), key, LISTED[key]) for index, item in enumerate(items))
        else:
            raise _unknown(spot, KNOWN)
    _refuse_contradiction(settings)
    return Document(root.source.file, root, settings, named, listed)


def _table(value: object, spot: Spot, section: str, known: Mapping[str, Check]) -> Table:
    if not isinstance(value, dict):
        what = f"[[{spell(spot.key[:-1])}]] must hold tables" if isinstance(spot.key[-1], int) else f"{spot.name} must be a table"
        raise spot.error(f"{what}, not {check.type_name(value)}")
    _check_name(spot, section)
    found: Table = {}
    for key, item in value.items():
        if key not in known:
            raise _unknown(spot.at(key), known)
        found[key] = Entry(known[key](item, spot.at(key)), item, spot.at(key))
    for key in NEEDED.get(section, ()):
        if key not in found:
            raise spot.error(f'{spell(spot.key)} needs "{key}"')
    _refuse_contradiction(found)
    for problem in _ill_matched(found, section):
        raise problem
    return found


def _check_name(spot: Spot, section: str) -> None:
    name = spot.key[-1]
    if isinstance(name, int):
        return
    if not name.strip():
        raise spot.error(f'a name in "{section}" must not be empty')
    if section == "paths":
        check.glob(name, spot)
    elif section == "hosts":
        check.host(name, spot)
    elif section == "prices" and not re.fullmatch(r"[^/\s]+/\S+", name):
        raise spot.error(f'"{name}" in prices must be provider and model, such as "acme/acme-1"')
    elif section == "tags":
        _check_tag_name(name, spot)


def _check_tag_name(name: str, spot: Spot) -> None:
    if not name.isidentifier():
        plain = re.sub(r"\W", "_", name)
        advice = f'; did you mean "{plain}"?' if plain.isidentifier() else ""
        raise spot.error(f'the tag "{name}" must be a Python name, because it is a keyword argument{advice}')
    if name in ("argument", "tags"):
        raise spot.error(f'a tag cannot be called "{name}"')


def _unknown(spot: Spot, known: Collection[str]) -> PolicyError:
    key = str(spot.key[-1])
    said = f'unknown key "{key}"{in_table(spot.key[:-1])}'
    if spot.key == ("tool",):
        return spot.error('unknown key "tool"; only pyproject.toml has the prefix "tool.costmark", leave it out here')
    if len(spot.key) > 1 and key in KNOWN:
        where = "is for the whole project" if spot.key[0] == "paths" else "is a key of the top level"
        goal = "under [tool.costmark]" if spot.source.prefix else "above the first table header"
        return spot.error(f'{said}; "{key}" {where}, move it {goal}')
    return spot.error(said + suggest(key, known))


def _refuse_contradiction(found: Table) -> None:
    enabled, disabled = found.get("enable"), found.get("disable")
    if enabled is not None and disabled is not None:
        both = sorted(enabled.value & disabled.value)
        if both:
            later = max(enabled.spot, disabled.spot, key=lambda spot: spot.place.line)
            raise later.error(f"{quoted(both)} cannot be both enabled and disabled")


def _ill_matched(found: Table, section: str) -> Iterator[PolicyError]:
    if section == "wrappers" and "client" in found and found["kind"].value != "client":
        yield found["client"].spot.error(f'"client" is for wrappers with kind = "client", not "{found["kind"].value}"')
