"""Give the report of the last run where another would go exactly as that one did, without looking for files or at them."""

from __future__ import annotations

from lint_plugin import stamp
from lint_plugin.fastpath import DoubtError, Stamps, hold_project, is_usual
from lint_plugin.git import committed
from lint_plugin.model import Report, Request
from lint_plugin.reports import elsewhere_place, load, load_findings, narrowed, related


def known_report(request: Request) -> Report | None:
    """Return what a check would find; ``None`` where it has to be made."""
    is_plain = request.fold and request.prefilter and request.as_of is None and not request.sources and request.python is None
    if not is_plain or not is_usual() or request.cache != request.root / stamp.CACHE:
        return None
    try:
        return _report(request)
    except (DoubtError, OSError, ValueError, TypeError, LookupError):  # the last ones: a stamp that is damaged
        return None


def _report(request: Request) -> Report | None:
    stamps = Stamps(stamp.NAME if request.noqa else stamp.FLAKE8)
    root = str(request.root)
    known = stamps.of(root)
    key, about, _, _, _, policy = stamp.split(known["about"])
    paths = stamp.split(known["paths"])
    asked = {str(path)[len(root) + 1 :] for path in request.paths if str(path).startswith(f"{root}/")}
    if about != root or policy != policy_key(request) or len(asked) != len({*request.paths}) or not asked <= {*paths}:
        return None
    changed = hold_project(root, stamps)
    folder = request.root / stamp.CACHE / stamp.folder_name()
    kept = load(folder, key, len(paths))
    if kept is None or not request.paths:
        return None if kept is None else kept.report
    near = related(kept.depends, asked) - asked if request.affected else set()
    if not any(finding.path in near for finding in kept.report.findings):
        return narrowed(kept.report, asked, ())
    if not asked.issuperset(changed):
        return None  # they may matter beside these files as they were
    elsewhere = load_findings(elsewhere_place(folder, key, committed(request.root, asked)))
    return None if elsewhere is None else narrowed(kept.report, asked, elsewhere)


def policy_key(request: Request) -> str:
    """Return what tells a policy from others."""
    return f"{request.policy.digest} {request.policy.path}"
