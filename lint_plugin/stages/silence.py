"""Drop what comments and the policy's exceptions put up with, and report exceptions that have expired."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Protocol

from lint_plugin.model import Finding
from lint_plugin.names import relative
from lint_plugin.rules.registry import RULES
from lint_plugin.stages import suppress
from lint_plugin.stages.judge import is_on
from lint_plugin.stages.notebook import Notebook

if TYPE_CHECKING:
    from cost_lib.policy import Policy

EXPIRED = "CMK902"


class Texts(Protocol):
    """Gives the notebook of a path, if it is one."""

    def notebook(self, path: str) -> Notebook | None:
        """Return the notebook of a path."""


def silence(
    findings: Iterable[Finding],
    commented: Iterable[str],
    data_of: Callable[[str], bytes],
    policy: Policy,
    as_of: date,
    *,
    noqa: bool,
    complete: bool = True,
    sources: Texts,
) -> tuple[list[Finding], int]:
    """Return the findings that stand, with those about the suppressions themselves, and how many were dropped.

    Where the project was not seen as a whole (not ``complete``), what seems unused may silence something that only callers show.
    """
    by_path: dict[str, list[Finding]] = {path: [] for path in commented}
    for finding in findings:
        by_path.setdefault(finding.path, []).append(finding)
    kept: list[Finding] = []
    suppressed = 0
    for path, items in by_path.items():
        standing, dropped = _excepted(items, policy, as_of)
        suppressed += dropped
        if not path.endswith((".py", ".pyi", ".ipynb")):
            kept += standing
            continue
        silenced = _commented(path, standing, data_of(path), policy, noqa=noqa, notebook=sources.notebook(path))
        suppressed += silenced.suppressed
        kept += [*silenced.kept, *(finding for finding in silenced.added if complete or finding.code != suppress.UNUSED)]
    return [*kept, *_expired(policy, as_of)], suppressed


def _commented(
    path: str, findings: list[Finding], data: bytes, policy: Policy, *, noqa: bool, notebook: Notebook | None
) -> suppress.Silenced:
    settings = policy.for_path(path)
    enabled = [rule.code for rule in RULES if is_on(rule, settings.enable, settings.disable)]
    rules = suppress.Rules([rule.code for rule in RULES], enabled, settings.no_inline)
    if notebook is None:
        return suppress.silence(path, data, findings, rules, noqa=noqa)
    lines = {(cell, line): number for number, (cell, line) in _cells(notebook).items()}
    flat = [f._replace(line=lines.get((f.cell, f.line), f.line), end_line=lines.get((f.cell, f.line), f.line)) for f in findings]
    done = suppress.silence(path, notebook.source, flat, rules, noqa=noqa)
    return suppress.Silenced(tuple(_back(f, notebook) for f in done.kept), tuple(_back(f, notebook) for f in done.added), done.suppressed)


def _cells(notebook: Notebook) -> Mapping[int, tuple[int, int]]:
    return {number: notebook.locate(number) for number in range(1, notebook.source.count(b"\n") + 2)}


def _back(finding: Finding, notebook: Notebook) -> Finding:
    cell, line = notebook.locate(finding.line)
    return finding._replace(cell=cell, line=line, end_line=max(line, finding.end_line + line - finding.line))


def _excepted(findings: list[Finding], policy: Policy, as_of: date) -> tuple[list[Finding], int]:
    active = [exception for exception in policy.exceptions if not exception.is_expired(as_of)]
    if not active:
        return findings, 0
    kept = [f for f in findings if not any(exception.rule == f.code and exception.covers(f.path) for exception in active)]
    return kept, len(findings) - len(kept)


def _expired(policy: Policy, as_of: date) -> list[Finding]:
    """Report expired exceptions at their policy line, whatever is enabled."""
    rule = next(rule for rule in RULES if rule.code == EXPIRED)
    found: list[Finding] = []
    for exception in policy.exceptions:
        if exception.is_expired(as_of):
            what = f"exception for {exception.rule} in {exception.path}"
            message = f"{what} expired on {exception.expires}: fix the finding or ask {exception.owner}"
            place = exception.place
            path = relative(place.file, policy.root)
            found.append(Finding(path, place.line, 1, place.line, rule.code, rule.name, message, call=exception.path))
    return found
