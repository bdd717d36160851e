"""Add features to the text of a policy file; its comments and order stay."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

from cost_lib import policy as policies
from lint_plugin.fixing.model import Change, Name
from lint_plugin.fixing.sources import obstacle
from lint_plugin.rules.wording import quoted

if TYPE_CHECKING:
    from cost_lib.policy import Policy
    from lint_plugin.fixing.namer import Namer
    from lint_plugin.model import Request

SECTION: Final = "features"
REVIEW: Final = "review: named by costmark fix"
_BARE: Final = re.compile(r"[A-Za-z0-9_-]+")
_SILENT: Final = re.compile(r"\s*(#.*)?")


def register(policy: Policy, names: Mapping[str, Name]) -> Change | None:
    """Return the policy file with new features; ``None`` where the policy registers none or is not to be edited."""
    file = _registry(policy)
    if file is None or not names or obstacle(file, file.parent):
        return None
    before = file.read_bytes()
    after = added(before.decode(), _last_line(policy, file), names, prefix="tool.costmark." if file.name == policies.PYPROJECT else "")
    return Change(str(file), before, after.encode())


def _registry(policy: Policy) -> Path | None:
    """Return the file that holds the last feature."""
    places = [feature.place for feature in policy.features.values() if feature.place is not None]
    own = [place.file for place in places if policy.path is not None and place.file == policy.path]
    return own[-1] if own else places[-1].file if places else None


def _last_line(policy: Policy, file: Path) -> int:
    """Return the last line of the file that says something of a feature."""
    return max(place.line for key, place in policy.lines.items() if key[:1] == (SECTION,) and place.file == file)


def added(text: str, line: int, names: Mapping[str, Name], *, prefix: str = "") -> str:
    """Return a policy's text with features behind those that end at ``line``."""
    end = "\r\n" if "\r\n" in text else "\n"
    lines = text.splitlines(keepends=True)
    at = line
    while at < len(lines) and not lines[at].lstrip().startswith("["):
        at += 1
    while at > line and _SILENT.fullmatch(lines[at - 1].rstrip("\r\n")):
        at -= 1  # comments and blank lines belong to what follows
    block = "".join(f"{end}{_table(name, prefix, end)}" for name in names.values())
    head = "".join(lines[:at])
    return f"{head}{'' if head.endswith(end) else end}{block}{''.join(lines[at:])}"


def _table(name: Name, prefix: str, end: str) -> str:
    key = name.feature if _BARE.fullmatch(name.feature) else quoted(name.feature)
    mark = "" if name.origin == "plan" else f"  # {REVIEW} after its {name.origin}"
    owner = f"owner = {quoted(name.owner)}{end}" if name.owner else ""
    return f"[{prefix}{SECTION}.{key}]{mark}{end}{owner}"


def reread(policy: Policy, change: Change) -> Policy:
    """Return the policy as it will be."""

    def read(path: Path) -> bytes:
        return change.after if str(path) == change.path else path.read_bytes()

    first = policy.files[0]
    return policies.loads(read(first), first, read=read, known_codes=_codes(), root=policy.root)


def _codes() -> list[str]:
    from lint_plugin.rules.registry import RULES

    return [rule.code for rule in RULES]


class Registry:
    """The policy with the names that are made up as a fix goes along."""

    def __init__(self, request: Request, namer: Namer) -> None:
        """Start with the policy as it is."""
        self._namer: Final = namer
        self._first: Final = request
        self._known = 0
        self._request = request

    def request(self) -> Request:
        """Return what to check with."""
        if len(self._namer.new) != self._known:
            self._known = len(self._namer.new)
            changed = self.change()
            if changed is not None:
                self._request = self._first._replace(policy=reread(self._first.policy, changed))
        return self._request

    def change(self) -> Change | None:
        """Return the policy file with the new names; ``None`` where none is to be registered."""
        return register(self._first.policy, self._namer.new)

    def keep(self, written: Iterable[bytes]) -> None:
        """Forget the names that no edit wrote after all."""
        texts = list(written)
        for name in list(self._namer.new):
            literal = re.compile(rb"[\"']" + re.escape(name.encode()) + rb"\\?[\"']")
            if not any(literal.search(text) for text in texts):
                del self._namer.new[name]
