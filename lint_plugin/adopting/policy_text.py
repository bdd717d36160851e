"""Propose the policy: a table at the end of pyproject.toml, or a costmark.toml of its own."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from lint_plugin.adopting.documents import BrokenFileError, toml
from lint_plugin.adopting.model import Gateway, Proposal

OWN: Final = "costmark.toml"
PYPROJECT: Final = "pyproject.toml"
TABLE: Final = "tool.costmark"
GUIDANCE: Final = (
    "Features are what calls are spent on. Once one is registered, a call that names another is a finding:",
    "",
    "[{prefix}features.faq_check]",
    'owner = "support"',
)


class Wanted(NamedTuple):
    """What the policy shall say."""

    tests: tuple[str, ...] = ()
    unreadable: tuple[str, ...] = ()  # files that cannot be analyzed
    gateways: tuple[Gateway, ...] = ()
    required: tuple[str, ...] = ("feature",)


def propose(name: str, before: bytes | None, wanted: Wanted) -> Proposal:
    """Return the file with the policy added to it; all that was there stays as it is."""
    is_shared = name == PYPROJECT
    lines = list(_table(wanted, prefix=f"{TABLE}." if is_shared else ""))
    if is_shared:
        lines.insert(0, f"[{TABLE}]")
    text = (before or b"").decode("utf-8")
    end = "\r\n" if "\r\n" in text else "\n"
    gap = "" if not text else end if text.endswith("\n") else end * 2
    table = "\n".join([*lines, ""]).replace("\n", end)
    after = f"{text}{gap}{table}".encode()
    if is_shared:
        _check(before, after)
    return Proposal(name, before, after, "the policy: what is demanded, and where")


def _check(before: bytes | None, after: bytes) -> None:
    """Make sure that the file still says all that it said."""
    meant = toml(before, PYPROJECT)
    try:
        says = toml(after, PYPROJECT)
    except BrokenFileError:  # ``tool`` is written as one value, which cannot be added to
        says = {}
    added = says.get("tool", {})
    if (
        not isinstance(added, dict)
        or added.pop("costmark", None) is None
        or {**meant, "tool": meant.get("tool", {})} != {**says, "tool": added}
    ):
        raise BrokenFileError(f"{PYPROJECT} takes no further table: keep the policy apart with 'costmark init --policy-file {OWN}'")


def _table(wanted: Wanted, *, prefix: str) -> Iterator[str]:
    yield "# what every LLM call has to say; 'costmark config' shows all that is in force"
    yield f"required-tags = {array(wanted.required)}"
    if wanted.tests:
        yield "# tests may use raw clients: what they spend is nobody's feature"
        yield f"allow-raw = {array(wanted.tests)}"
    if wanted.unreadable:
        yield "# these cannot be analyzed as they are"
        yield f"exclude = {array(wanted.unreadable)}"
    for gateway in wanted.gateways:
        yield ""
        yield from _wrapper(gateway, prefix)
    yield ""
    yield from (f"# {line.format(prefix=prefix)}".rstrip() for line in GUIDANCE)


def _wrapper(gateway: Gateway, prefix: str) -> Iterator[str]:
    """Propose a house wrapper: in force where it can be given its tags and nearly everything goes through it."""
    mark = "" if gateway.is_sure else "# "
    yield f"# {evidence(gateway)}"
    if not gateway.is_sure:
        yield from (f"# {line}" for line in _conditions(gateway))
    for name in gateway.names:
        yield f"{mark}[[{prefix}wrappers]]"
        yield f"{mark}name = {json.dumps(name)}"
        yield f'{mark}kind = "call"'
        yield f"{mark}tags = [{gateway.tags or json.dumps('keywords')}]"


def _conditions(gateway: Gateway) -> Sequence[str]:
    if gateway.tags:
        return ("Is it the way that calls shall go? Then uncomment this, and its callers are asked for their feature:",)
    return (
        "Is it the way that calls shall go? Then let it take feature=... and hand it on, and uncomment this;",
        "its callers are asked then, no longer its body:",
    )


def evidence(gateway: Gateway) -> str:
    """Say why a function is taken for a gateway."""
    files = "1 file" if gateway.files == 1 else f"{gateway.files} files"
    return (
        f"{gateway.path}:{gateway.line}: {gateway.callers} places in {files} call this function, "
        f"which leads to {gateway.behind} of the raw calls ({gateway.share:.0%})"
    )


def array(values: Sequence[str]) -> str:
    """Write strings as a TOML array."""
    inside = [json.dumps(value, ensure_ascii=False) for value in values]
    line = f"[{', '.join(inside)}]"
    return line if len(line) < 100 else "[\n" + "".join(f"    {value},\n" for value in inside) + "]"
