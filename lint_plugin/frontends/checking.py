"""The use case behind ``costmark check``: from choices to a report, step by step."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from cost_lib.policy import VARIABLE
from lint_plugin.errors import WrongUseError
from lint_plugin.frontends.choices import Choices, contradiction
from lint_plugin.frontends.inner import inner_policies
from lint_plugin.frontends.outcome import Outcome
from lint_plugin.frontends.progress import on_terminal
from lint_plugin.frontends.workspace import Workspace, locate, policy_folders_at
from lint_plugin.known import known_report
from lint_plugin.model import Finding, Report, Request


def run(choices: Choices) -> Outcome:
    """Check what was asked for."""
    if sentence := contradiction(choices):
        raise WrongUseError(sentence)
    outcome = _check_paths(choices) if choices.stdin_filename is None else _check_stdin(choices, choices.stdin_filename)
    if choices.write_baseline or choices.baseline:
        from lint_plugin.frontends.accepting import accept  # most runs have no baseline, and pay nothing for it

        outcome = accept(outcome, choices)
    return outcome._replace(report=narrowed(outcome.report, select=choices.select, ignore=choices.ignore))


def narrowed(report: Report, *, select: tuple[str, ...], ignore: tuple[str, ...]) -> Report:
    """Keep the findings that were asked for; nothing that the policy leaves off comes back."""
    if not select and not ignore:
        return report
    kept = (f for f in report.findings if (not select or f.code.startswith(select)) and not (ignore and f.code.startswith(ignore)))
    return report._replace(findings=tuple(kept))


def _check_stdin(choices: Choices, name: Path) -> Outcome:
    file = name.absolute()
    workspace = _workspace(choices, file.parent)
    path = Path(os.path.relpath(file, workspace.root)).as_posix()
    sources = {path: sys.stdin.buffer.read()}
    request = _request(choices, workspace, (file,))._replace(sources=sources, affected=False)
    return Outcome(_found(request), workspace.root, (file,), sources)


def _check_paths(choices: Choices) -> Outcome:
    groups = by_workspace(choices)
    roots = [workspace.root for workspace in groups]
    return _merged([_check(choices, workspace, tuple(paths), roots) for workspace, paths in groups.items()])


def by_workspace(choices: Choices) -> dict[Workspace, list[Path]]:
    """Group the paths by the policy that holds for them."""
    groups: dict[Workspace, list[Path]] = {}
    known: dict[Path, Workspace] = {}
    for path in choices.paths or (Path(),):
        full = Path(os.path.abspath(path))  # noqa: PTH100  (resolve() would follow links out of the project)
        if not full.exists():
            raise WrongUseError(f"{path}: no such file or folder")
        folder = full if full.is_dir() else full.parent
        if folder not in known:
            known[folder] = _workspace(choices, folder)
        groups.setdefault(known[folder], []).append(full)
        for inner in _inner(choices, known[folder], full):
            groups.setdefault(inner, []).append(inner.root)
    return groups


def _inner(choices: Choices, workspace: Workspace, top: Path) -> Iterator[Workspace]:
    """Find the projects inside a project: folders with a policy of their own."""
    if choices.isolated or VARIABLE in os.environ or not top.is_dir():
        return
    had = policy_folders_at(choices.policy_from, workspace.root) if choices.policy_from else ()
    for folder in inner_policies(top, workspace, had):
        inner = _workspace(choices, folder)
        yield inner
        yield from _inner(choices, inner, folder)


def _workspace(choices: Choices, folder: Path) -> Workspace:
    return locate(folder, env=os.environ, isolated=choices.isolated, policy_from=choices.policy_from)


def _check(choices: Choices, workspace: Workspace, paths: tuple[Path, ...], roots: Sequence[Path]) -> Outcome:
    looked_at = () if workspace.root in paths else paths
    request = _request(choices, workspace, looked_at)
    watcher = on_terminal()
    request = request._replace(progress=watcher)
    if looked_at and not workspace.is_project:
        request = request._replace(alone=True, cache=None)
    try:
        report, before = _introduced(request, choices.since) if choices.since else (known_report(request) or _found(request), ())
    finally:
        if watcher is not None:
            watcher.clear()
    others = [root for root in roots if root != workspace.root and root.is_relative_to(workspace.root)]
    return Outcome(_without(report, workspace.root, others), workspace.root, looked_at, before=before)


def _introduced(request: Request, revision: str) -> tuple[Report, tuple[Finding, ...]]:
    from lint_plugin.comparisons import known

    found = known(request, revision)
    if found is not None:
        return found
    from lint_plugin.revision import introduced  # most runs do not ask git

    return introduced(request, revision, _found)


def _found(request: Request) -> Report:
    from lint_plugin import pipeline  # a run that goes as the last one did needs none of it

    return pipeline.check(request)


def _without(report: Report, root: Path, others: Sequence[Path]) -> Report:
    """Leave to the projects inside a project what is theirs."""
    if not others:
        return report
    prefixes = tuple(f"{other.relative_to(root).as_posix()}/" for other in others)
    return report._replace(
        findings=tuple(finding for finding in report.findings if not finding.path.startswith(prefixes)),
        problems=tuple(problem for problem in report.problems if not problem.path.startswith(prefixes)),
    )


def _request(choices: Choices, workspace: Workspace, paths: tuple[Path, ...]) -> Request:
    # a change that is judged by another's policy may bring an index of its own making: it is not read
    cache = workspace.cache if choices.cache and not choices.policy_from else None
    return Request(workspace.root, workspace.policy, paths, as_of=choices.as_of, cache=cache)


def _merged(outcomes: list[Outcome]) -> Outcome:
    """Join the reports of several projects into one, relative to the folder that holds them all."""
    if len(outcomes) == 1:
        return outcomes[0]
    root = Path(os.path.commonpath([outcome.root for outcome in outcomes]))
    findings = [f._replace(path=_rebased(f.path, outcome.root, root)) for outcome in outcomes for f in outcome.report.findings]
    before = [f._replace(path=_rebased(f.path, outcome.root, root)) for outcome in outcomes for f in outcome.before]
    problems = [p._replace(path=_rebased(p.path, outcome.root, root)) for outcome in outcomes for p in outcome.report.problems]
    reports = [outcome.report for outcome in outcomes]
    report = Report(
        # what is said of a policy that several projects extend is said once
        findings=tuple(sorted(dict.fromkeys(findings), key=lambda f: (f.path, f.line, f.column, f.code))),
        problems=tuple(dict.fromkeys(problems)),
        files=sum(report.files for report in reports),
        relevant=sum(report.relevant for report in reports),
        suppressed=sum(report.suppressed for report in reports),
    )
    looked_at = tuple(path for outcome in outcomes for path in outcome.looked_at or (outcome.root,))
    return Outcome(report, root, looked_at, before=tuple(before))


def _rebased(path: str, old: Path, new: Path) -> str:
    return Path(os.path.normpath(old.relative_to(new) / path)).as_posix()
