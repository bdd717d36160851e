"""The run as the list of its steps: discover, prefilter, parse, summarize, resolve, call sites, rules, suppressions."""

from __future__ import annotations

import gc
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar

from lint_plugin import stamping
from lint_plugin.git import committed
from lint_plugin.growth import Growth
from lint_plugin.index import Index, open_index
from lint_plugin.known import note_quiet
from lint_plugin.model import Finding, Report, Request
from lint_plugin.module_names import ModuleNames
from lint_plugin.python_floor import lowest_python
from lint_plugin.reports import narrowed
from lint_plugin.sources import Sources
from lint_plugin.stages.call_sites import collect
from lint_plugin.stages.discover import Found, find
from lint_plugin.stages.fingerprint import stamp
from lint_plugin.stages.judge import judge
from lint_plugin.stages.locate import locate
from lint_plugin.stages.prefilter import needles_of
from lint_plugin.stages.silence import silence

if TYPE_CHECKING:
    from lint_plugin.events import Resolution
    from lint_plugin.stages.judge import Judged

Key = tuple[str, int, int, int, str]  # path, cell, line, column, code: all findings of one place and code have one record

STACK: Final = 512 * 1024 * 1024  # address space, not memory: deep nesting must not crash the parser
RECURSION: Final = 1_000_000
Result = TypeVar("Result")


class Notes:
    """What a run knows beyond its report."""

    def __init__(self) -> None:
        """Know nothing yet."""
        self.resolution: Resolution | None = None
        self.sources: Sources | None = None
        self._judged: dict[Key, Judged] = {}

    def take(self, resolution: Resolution, judged: Iterable[Judged], findings: Iterable[Finding], sources: Sources) -> None:
        """Remember which verdict each finding comes from."""
        self.resolution, self.sources = resolution, sources
        by_path: dict[str, list[Judged]] = {}
        for item in judged:
            by_path.setdefault(item.path, []).append(item)
        in_order = (item for items in by_path.values() for item in items)  # as ``locate`` goes through them
        self._judged = {_key(finding): item for finding, item in zip(findings, in_order, strict=True)}

    def verdict(self, finding: Finding) -> Judged | None:
        """Return what a finding was made of; ``None`` for one about a comment or the policy."""
        return self._judged.get(_key(finding))


class Study(NamedTuple):
    """A report on a whole project with what it was made of."""

    report: Report
    notes: Notes


def check(request: Request) -> Report:
    """Find what is wrong in a project, or in some files of it."""
    started = time.time_ns()
    request = request._replace(python=request.python or lowest_python(request.root))
    found = _files(request, request.paths if request.alone else ())
    named = _files(request, request.paths) if request.paths else found
    files = {file.path: file for file in (*found.files, *named.files)}
    index = open_index(request, files)
    with index:
        report = index.known_report()
        if report is None:
            report = on_large_stack(lambda: _analyze(request, index))._replace(files=len(files))
            index.keep_report(report)
        stamping.keep(index, found, report, started)
    asked = {file.path for file in named.files} if request.paths else None
    report = report._replace(problems=tuple(sorted({*named.problems, *report.problems})))
    if asked is None:
        return report
    return narrowed(report, asked, _elsewhere(request, report, asked, index) if request.affected else ())


def _files(request: Request, paths: Iterable[Path] = ()) -> Found:
    policy, sources = request.policy, request.sources
    return find(request.root, paths, excludes=policy.excludes, sources=sources, is_stated=request.cache is not None)


def study(request: Request) -> Study:
    """Check a whole project, and keep what each finding is about."""
    request = request._replace(python=request.python or lowest_python(request.root))
    found = _files(request)
    index = open_index(request, {file.path: file for file in found.files})
    notes = Notes()
    with index:
        report = on_large_stack(lambda: _analyze(request, index, notes))
    return Study(report._replace(files=len(found.files)), notes)


def _analyze(request: Request, index: Index, notes: Notes | None = None) -> Report:
    """Run all stages over a whole project."""
    # The catalog and the interpreter are imported only when there is something to interpret.
    from lint_plugin.stages.resolve import Project, resolve

    policy = request.policy
    sources = Sources(index, needles_of(policy), prefilter=request.prefilter)
    relevant = sources.relevant()
    if not relevant:
        return _finish(request, index, sources, [], 0)
    from cost_lib import catalog

    known = catalog.load()
    names = ModuleNames(sorted(index.files), request.root.name)
    project = Project(names, sources.module, known.roots() | sys.stdlib_module_names)
    resolution = resolve(project, known, policy, relevant, grow=Growth(index, sources).grow, callers=request.fold)
    index.depends = {path: tuple(sorted(imported)) for path, imported in resolution.depends.items()}
    as_of = request.as_of or datetime.now(tz=UTC).date()
    judged = list(judge(collect(resolution, policy, python=request.python), policy, as_of))
    findings = locate(judged, sources.text, sources.notebook)
    if notes is not None:
        notes.take(resolution, judged, findings, sources)
    return _finish(request, index, sources, findings, len(project.modules))


def _finish(request: Request, index: Index, sources: Sources, findings: list[Finding], relevant: int) -> Report:
    """Apply comments and exceptions, stamp what is left and sort it."""
    as_of = request.as_of or datetime.now(tz=UTC).date()
    commented, policy = sources.commented(), request.policy
    kept, suppressed = silence(findings, commented, sources.data, policy, as_of, noqa=request.noqa, complete=request.fold, sources=sources)
    ordered = sorted(stamp(kept), key=lambda f: (f.path, f.cell, f.line, f.column, f.code, f.message))
    return Report(tuple(ordered), tuple(sources.problems()), len(index.files), relevant, suppressed)


def _elsewhere(request: Request, report: Report, asked: set[str], index: Index) -> list[Finding]:
    """Return the findings in other files that exist because of the files asked for.

    The files as the last commit has them are put in their place, or nothing where git does not know them; what is
    found in other files all the same has not to do with them.
    """
    related = index.related(asked)
    candidates = [f for f in report.findings if f.path in related and f.path not in asked]
    if not candidates:
        return []
    before: dict[str, bytes | None] = {**request.sources, **committed(request.root, asked)}
    asked_before = index.known_elsewhere(before)
    if asked_before is not None:
        return asked_before
    earlier = check(request._replace(paths=(), sources=before, affected=False))
    known = Counter((f.path, f.fingerprint) for f in earlier.findings)
    found: list[Finding] = []
    for finding in candidates:
        key = finding.path, finding.fingerprint
        if known[key] > 0:
            known[key] -= 1
        else:
            found.append(finding)
    index.keep_elsewhere(before, found)
    if not found and index.last_key is not None and not request.sources:
        note_quiet(request, index.last_key, asked)
    return found


def _key(finding: Finding) -> Key:
    return finding.path, finding.cell, finding.line, finding.column, finding.code


def on_large_stack(work: Callable[[], Result]) -> Result:
    """Run ``work`` in a thread with a stack that deep nesting does not exhaust; what it raises is raised here."""
    done: list[Result] = []
    failed: list[BaseException] = []

    def run() -> None:
        limit = sys.getrecursionlimit()
        sys.setrecursionlimit(RECURSION)
        # Trees and stores hold no cycles, so the collector only searches: a fifth of the time of a parse.
        collecting = gc.isenabled()
        gc.disable()
        try:
            done.append(work())
        except BaseException as problem:  # noqa: BLE001  handed to the caller's thread, not swallowed
            failed.append(problem)
        finally:
            sys.setrecursionlimit(limit)
            if collecting:
                gc.enable()

    before = threading.stack_size(STACK)
    try:
        thread = threading.Thread(target=run, name="costmark")
        thread.start()
    finally:
        threading.stack_size(before)
    thread.join()
    if failed:
        raise failed[0]
    return done[0]
