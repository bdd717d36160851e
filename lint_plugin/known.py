"""Give the report of the last run where another would go exactly as that one did, without looking for files or at them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from lint_plugin import stamp
from lint_plugin.git import committed
from lint_plugin.indifference import is_indifferent
from lint_plugin.model import Report, Request
from lint_plugin.reports import elsewhere_place, encode_findings, load, load_findings, narrowed, related
from lint_plugin.unchanged import DoubtError, Stamps, hold_project, is_usual


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
    before = committed(request.root, asked)
    elsewhere = [] if _is_alike(before, known) else load_findings(elsewhere_place(folder, key, before))
    if elsewhere == []:
        note_quiet(request, key, asked)
    return None if elsewhere is None else narrowed(kept.report, asked, elsewhere)


def _is_alike(before: Mapping[str, bytes | None], known: dict[str, bytes]) -> bool:
    """Tell whether a run over files as they were would go as the last one did: it read none of them, and had no reason to."""
    flags = dict(zip(stamp.split(known["paths"]), known["flags"], strict=True))
    return all(
        data is not None and (_is_as(path, data, known) or (not flags[path] & stamp.READ and is_indifferent(path, data, known)))
        for path, data in before.items()
    )


def _is_as(path: str, data: bytes, known: dict[str, bytes]) -> bool:
    number = stamp.split(known["paths"]).index(path)
    return stamp.digest(data) == known["digests"][stamp.WIDTH * number : stamp.WIDTH * (number + 1)]


def note_quiet(request: Request, key: str, asked: Iterable[str]) -> None:
    """Remember that what is wrong elsewhere has not to do with some files as they are since the last commit."""
    root = str(request.root)
    head = stamp.head_of(root)
    if head:
        with suppress(OSError):  # read-only
            Path(stamp.quiet_place(root, key, head, asked)).write_bytes(encode_findings(()))


def policy_key(request: Request) -> str:
    """Return what tells a policy from others."""
    return f"{request.policy.digest} {request.policy.path}"
