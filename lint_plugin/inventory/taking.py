"""Take the inventory of one project: analyze it as a check does, and keep every billable call instead of what is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

from lint_plugin.fixing import owners
from lint_plugin.inventory.model import Inventory, Row
from lint_plugin.inventory.standing import FEATURE, Standing, stand
from lint_plugin.pipeline import Study, on_large_stack, study
from lint_plugin.python_floor import lowest_python
from lint_plugin.stages.call_sites import take_stock
from lint_plugin.tokens import Lines

if TYPE_CHECKING:
    from cost_lib.policy import Policy
    from lint_plugin.facts import Stocked
    from lint_plugin.model import Request
    from lint_plugin.sources import Sources

NOT_STARTED: Final = "CMK211"  # nothing in the project calls ``meter()``


def take(request: Request, repository: Path, known: Study | None = None) -> Inventory:
    """Return every billable call of a project, which may have been studied."""
    known = study(request._replace(paths=())) if known is None else known
    resolution, sources = known.notes.resolution, known.notes.sources
    rows: list[Row] = []
    if resolution is not None and sources is not None:
        python = request.python or lowest_python(request.root)
        stock = on_large_stack(lambda: take_stock(resolution, request.policy, python=python))
        is_started = not any(finding.code == NOT_STARTED for finding in known.report.findings)
        rows = list(_rows(stock, request.policy, sources, owners.read(repository, request.root), is_started=is_started))
    rows.sort(key=lambda row: (row.path, row.cell, row.line, row.column, row.method))
    return Inventory(tuple(rows), known.report.problems, known.report.files)


def _rows(stock: list[Stocked], policy: Policy, sources: Sources, people: owners.Owners, *, is_started: bool) -> Iterator[Row]:
    by_path: dict[str, list[Stocked]] = {}
    for stocked in stock:
        if stocked.site.bills in policy.for_path(stocked.site.path).bills:
            by_path.setdefault(stocked.site.path, []).append(stocked)
    for path, every in by_path.items():
        lines, notebook = Lines(sources.text(path)), sources.notebook(path)
        for stocked in every:
            line, column = lines.locate(max(stocked.site.pos, 0))
            cell, line = (0, line) if notebook is None else notebook.locate(line)
            yield _row(stocked, policy, stand(stocked, policy, is_started=is_started), people, (cell, line, column))


def _row(stocked: Stocked, policy: Policy, standing: Standing, people: owners.Owners, place: tuple[int, int, int]) -> Row:
    site = stocked.site
    cell, line, column = place
    status, why = standing
    features = next((tag.values for tag in stocked.tags if tag.key == FEATURE), ())
    registered = [policy.features[name].owner for name in features if name in policy.features]
    return Row(
        site.path,
        line,
        column,
        cell,
        site.scope,
        site.text,
        status,
        why,
        "|".join(features),
        "|".join(dict.fromkeys(filter(None, registered))) or people.of(site.path),
        site.provider,
        site.layer,
        site.method,
        site.models,
        stocked.tags,
    )
