"""Propose a plan: one row for each call that a fix would name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from lint_plugin.facts import CallSite
from lint_plugin.fixing.attempts import around
from lint_plugin.fixing.mending import callers, namer_for
from lint_plugin.fixing.model import Name
from lint_plugin.fixing.namer import INHERITED
from lint_plugin.fixing.plan import FEATURE, Row
from lint_plugin.fixing.project import Project
from lint_plugin.fixing.tasks import Attempt, Rendered, Task
from lint_plugin.model import Finding
from lint_plugin.pipeline import study
from lint_plugin.rules.sites import is_metered
from lint_plugin.stages.apply import calls
from lint_plugin.stages.apply.wrapping import HANDED_ON, Form

if TYPE_CHECKING:
    from lint_plugin.fixing.model import Options
    from lint_plugin.stages.apply.file import Draft


def rows(project: Project, findings: list[Finding], options: Options) -> Iterator[Row]:
    """Yield a row for each call whose tags somebody has to choose."""
    namer = namer_for(project, findings, options, None, finest=True)
    sites = list(_sites(project, findings))
    served = _probed(project, [site for _, site in sites])
    for finding, site in sites:
        name = namer.propose(finding, around(site.path, site.scope, site.pos, project.source(finding.path)))
        found = served[site]
        if found.is_shared and name.is_new:
            name = Name(INHERITED, "callers")
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
            serves=found.callers,
            review=name.is_new,
        )


class _Served(NamedTuple):
    """Whom the function around a call works for."""

    callers: int
    is_shared: bool


def _probed(project: Project, sites: list[CallSite]) -> dict[CallSite, _Served]:
    """Find out who calls the functions around some calls: the analyzer follows the callers of those that hand their tags on."""
    handed = {FEATURE: HANDED_ON}
    by_path: dict[str, list[Task]] = {}
    for site in sites:

        def hand_on(draft: Draft, site: CallSite = site) -> str:
            return calls.give_tags(draft, site, handed, Form())

        finding = Finding(site.path, 0, 0, 0, "", "", "")
        by_path.setdefault(site.path, []).append(Task(finding, site.pos, [Attempt(hand_on)]))
    rendered = {path: Rendered(project.source(path), tasks) for path, tasks in by_path.items()}
    encoded = {path: project.encoded(path, edited) for path, edited in rendered.items()}
    sources = {path: data for path, data in encoded.items() if data is not None}
    found = callers(project, made_up=True)(study(project.request._replace(sources=sources)))
    places = {site: rendered[site.path].shift.forward(site.pos) for site in sites}
    return {site: _Served(found.count(site.path, pos), found.are_of_several(site.path, pos)) for site, pos in places.items()}


def others(project: Project, findings: list[Finding]) -> Iterable[str]:
    """Return the tags besides the feature that some call lacks."""
    return dict.fromkeys(key for _, site in _sites(project, findings) for key in site.missing if key != FEATURE)


def _sites(project: Project, findings: list[Finding]) -> Iterator[tuple[Finding, CallSite]]:
    for finding in findings:
        fact = project.site(finding).fact if finding.path.endswith((".py", ".pyi", ".ipynb")) else None
        if isinstance(fact, CallSite) and is_metered(fact) and fact.missing:
            yield finding, fact
