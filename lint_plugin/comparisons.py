"""Keep what a change introduces, and give it again where another comparison would go exactly as the last one did."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final, NamedTuple

from lint_plugin import since, stamp
from lint_plugin.disk import replace
from lint_plugin.model import Finding, Problem, Report, Request
from lint_plugin.unchanged import DoubtError, Stamps, is_usual

KEEP: Final = 8  # comparisons
_Row = list[tuple[Any, ...]]
_Shape = tuple[_Row, _Row, _Row, int, int, int]


class Introduced(NamedTuple):
    """A report on what is new, and the findings that were there before."""

    report: Report
    before: tuple[Finding, ...] = ()


def known(request: Request, revision: str) -> Introduced | None:
    """Return what a comparison would give; ``None`` where it has to be made."""
    import msgspec

    try:
        data = _place(request, revision).read_bytes()
        findings, problems, before, files, relevant, suppressed = msgspec.msgpack.decode(data[1:], type=_Shape)
    except (DoubtError, OSError, ValueError, TypeError, LookupError, msgspec.MsgspecError):  # the last ones: what is kept is damaged
        return None
    report = Report(tuple(Finding(*row) for row in findings), tuple(Problem(*row) for row in problems), files, relevant, suppressed)
    return Introduced(report, tuple(Finding(*row) for row in before))


def keep(request: Request, revision: str, found: Introduced) -> None:
    """Keep what a comparison gave, if the project is still what was compared."""
    import msgspec

    report = found.report
    rows = [[tuple(one) for one in every] for every in (report.findings, report.problems, found.before)]
    kind = since.SOMETHING if report.findings or report.problems else since.NOTHING
    try:
        place = _place(request, revision)
        replace(place, kind + msgspec.msgpack.encode((*rows, report.files, report.relevant, report.suppressed)))
        for old in sorted(place.parent.glob(f"{since.FILE}*"), key=lambda path: path.stat().st_mtime_ns)[:-KEEP]:
            old.unlink(missing_ok=True)
    except (DoubtError, OSError, ValueError, TypeError, LookupError):  # read-only, or half a character in a name: compared anew next time
        return


def _place(request: Request, revision: str) -> Path:
    """Return where a comparison is kept; only a plain one is."""
    is_plain = request.fold and request.prefilter and request.noqa and request.as_of is None and request.python is None
    if not is_plain or request.sources or not is_usual() or request.cache != request.root / stamp.CACHE:
        raise DoubtError
    root = str(request.root)
    stamps = Stamps(stamp.NAME)
    about = stamp.split(stamps.of(root)["about"])
    if about[1] != root or about[5] != f"{request.policy.digest} {request.policy.path}":
        raise DoubtError
    return Path(since.place(root, stamps, revision, [str(path) for path in request.paths]))
