"""Propose a plan: one row for each call that a fix would name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from lint_plugin.events import Edge
from lint_plugin.facts import CallSite
from lint_plugin.fixing.attempts import around
from lint_plugin.fixing.mending import namer_for
from lint_plugin.fixing.plan import FEATURE, Row
from lint_plugin.fixing.project import Project
from lint_plugin.rules.sites import is_metered

if TYPE_CHECKING:
    from lint_plugin.fixing.model import Options
    from lint_plugin.model import Finding


def rows(project: Project, findings: list[Finding], options: Options) -> Iterator[Row]:
    """Yield a row for each call whose tags somebody has to choose."""
    namer = namer_for(project, findings, options, None, finest=True)
    serves = _callers(project)
    for finding, site in _sites(project, findings):
        name = namer.propose(finding, around(site.path, site.scope, site.pos, project.source(finding.path)))
        yield Row(
            finding.path,
            finding.line,
            finding.code,
            finding.fingerprint,
            name.feature if FEATURE in site.missing else "",
            call=site.text or site.method,
            scope=site.scope,
            origin=name.origin,
            owner=name.owner or project.owners.of(finding.path),
            serves=serves.get((finding.path, site.scope), 0),
            review=name.is_new,
        )


def others(project: Project, findings: list[Finding]) -> Iterable[str]:
    """Return the tags besides the feature that some call lacks."""
    return dict.fromkeys(key for _, site in _sites(project, findings) for key in site.missing if key != FEATURE)


def _sites(project: Project, findings: list[Finding]) -> Iterator[tuple[Finding, CallSite]]:
    for finding in findings:
        fact = project.site(finding).fact if finding.path.endswith((".py", ".pyi", ".ipynb")) else None
        if isinstance(fact, CallSite) and is_metered(fact) and fact.missing:
            yield finding, fact


def _callers(project: Project) -> dict[tuple[str, str], int]:
    """Count the places that call each function, by its file and qualified name."""
    resolution = project.known.notes.resolution
    found: dict[tuple[str, str], int] = {}
    for event in resolution.events if resolution is not None else ():
        if isinstance(event, Edge):
            path, _, rest = event.callee.partition(":")
            key = path, rest.rpartition("@")[0]
            found[key] = found.get(key, 0) + 1
    return found
