"""Look at what a change introduces since a revision, and at the policy of a revision.

What was there is found by analyzing the project once more with the old contents of the changed files in the place of the new
ones, under the same policy: a call in an untouched file that the change makes raw is introduced too, and a policy that becomes
stricter introduces nothing. The revision is that from which the branch left REV's history, as on a pull request's page.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from cost_lib import policy as policies
from lint_plugin import comparisons
from lint_plugin.comparisons import Introduced
from lint_plugin.git import Change, Repository, RevisionError
from lint_plugin.matching import match, remember
from lint_plugin.model import Problem, Report, Request
from lint_plugin.stages.discover import OUTPUT
from lint_plugin.stamp import ENVIRONMENT, FOREIGN, GITIGNORE

# Places are compared as they are spelled: resolve() would follow links.
# ruff: noqa: PTH100

if TYPE_CHECKING:
    from cost_lib.policy import Policy

__all__ = ["Earlier", "Introduced", "RevisionError", "content_at", "earlier", "introduced", "policy_at", "policy_folders"]

SUFFIXES: Final = (".py", ".pyi", ".ipynb")
HIDING: Final = (GITIGNORE, ENVIRONMENT)  # files that take others out of the search


def policy_folders(rev: str, folder: Path) -> frozenset[Path]:
    """Return the folders around and below one that have a policy at a revision, whether they still have it or not."""
    repository = Repository(folder)
    commit = repository.commit(rev)
    reader = _PolicyReader(repository, commit)
    named = [file for file in repository.files(commit) if file.name in (policies.OWN, policies.PYPROJECT)]
    return frozenset(file.parent for file in reader.policies(named))


def introduced(request: Request, rev: str, check: Callable[[Request], Report]) -> Introduced:
    """Check a request, and keep what the change since a revision introduces apart from what was there."""
    asked, repository = request, Repository(request.root)
    changes = repository.changes(repository.fork_point(repository.commit(rev)))
    shown = _shown(request, repository, changes)
    if shown:
        request = request._replace(paths=(*(request.paths or (request.root,)), *shown))
    found = _compared(request, repository, changes, shown, check)
    # what such a file hides is not in the stamp by which a comparison is known again
    is_plain = all(path.suffix in SUFFIXES or path.is_dir() for path in asked.paths)
    if is_plain and not repository.is_shallow and not shown and not _hides(changes):
        comparisons.keep(asked, rev, found)
    return found


def _compared(
    request: Request, repository: Repository, changes: list[Change], shown: list[Path], check: Callable[[Request], Report]
) -> Introduced:
    report = check(request)
    problems = _introduced_problems(report, changes)
    if not report.findings:
        return Introduced(report._replace(problems=problems))
    whole = _whole(request, shown)
    now = check(whole).findings if request.paths else report.findings  # what is missing elsewhere may have moved here
    earlier = check(whole._replace(sources=_old_sources(repository, changes))).findings
    renamed = {change.old: change.new for change in changes if change.old and change.new}
    before = [remember(finding, renamed.get(finding.path, finding.path)) for finding in earlier]
    matched = match([remember(finding, finding.path) for finding in now], before, lambda _: True)
    new = {now[at] for at in matched.new}
    fresh = tuple(finding for finding in report.findings if finding in new)
    return Introduced(report._replace(findings=fresh, problems=problems), tuple(f for f in report.findings if f not in new))


class Earlier(NamedTuple):
    """A folder as it was where the branch left a revision."""

    commit: str
    sources: dict[str, bytes | None]  # what stands in for the files that have changed
    renamed: dict[str, str]  # old path -> new path
    exposed: tuple[str, ...] = ()  # changed sources that the change may have taken out of the search


def earlier(root: Path, rev: str) -> Earlier:
    """Return what a folder was like, for a request that looks at it once more; nothing is checked out."""
    repository = Repository(root)
    commit = repository.fork_point(repository.commit(rev))
    changes = repository.changes(commit)
    renamed = {change.old: change.new for change in changes if change.old and change.new}
    exposed = _hidden(Request(root, policies.Policy()), repository, changes)
    return Earlier(commit, _old_sources(repository, changes), renamed, tuple(path.relative_to(root).as_posix() for path in exposed))


def policy_at(rev: str, root: Path, *, env: Mapping[str, str] | None = None) -> Policy:
    """Return the policy that held for a folder at a revision; the defaults where there was none.

    A pull request that brings the first policy, or a looser one, is thus judged by what its target branch says.
    """
    repository = Repository(root)
    try:
        return _PolicyReader(repository, repository.commit(rev)).find(os.environ if env is None else env)
    except policies.PolicyError as error:
        raise policies.PolicyError(error.path, error.line, f"{error.message} (at {rev}, which a change cannot mend for itself)") from None


def content_at(rev: str, file: Path, root: Path) -> bytes | None:
    """Return a file of a project as it was where the branch left a revision; None where it was not there.

    What lies outside of the repository is read from the disk, where a change cannot touch it.
    """
    repository = Repository(root)
    name = repository.name(file)
    if name is None:
        return file.read_bytes() if file.exists() else None
    return repository.read([f"{repository.fork_point(repository.commit(rev))}:{name}"])[0]


def _introduced_problems(report: Report, changes: list[Change]) -> tuple[Problem, ...]:
    """Return the problems of changed files; a file that could not be analyzed before is nothing new."""
    changed = {change.new for change in changes}
    return tuple(problem for problem in report.problems if problem.path in changed)


def _shown(request: Request, repository: Repository, changes: list[Change]) -> list[Path]:
    """Return the changed sources to name one by one, because the search may pass over them: the hook is given them too."""
    hidden = _hidden(request, repository, changes)
    return [*hidden, *(path for path in _asked(request, changes) if path not in hidden and _is_passed_over(path.parent, request.root))]


def _hidden(request: Request, repository: Repository, changes: list[Change]) -> list[Path]:
    """Return the changed sources that the change itself may have taken out of the search; git tracks what is added by force."""
    asked = _asked(request, changes)
    if not asked or any(change.new.rpartition("/")[2] in HIDING for change in changes):
        return asked
    ignored = {request.root / path for path in repository.ignored()}
    return [path for path in asked if path in ignored]


def _asked(request: Request, changes: list[Change]) -> list[Path]:
    paths = [request.root / change.new for change in changes if change.new.endswith(SUFFIXES)]
    asked = request.paths or (request.root,)
    return [path for path in paths if path.is_file() and any(path.is_relative_to(top) for top in asked)]


def _is_passed_over(folder: Path, root: Path) -> bool:
    """Tell whether a folder lies in a hidden one, in build output or in an environment."""
    if folder == root:
        return False
    name = folder.name
    return name[0] == "." or name in FOREIGN or name in OUTPUT or (folder / ENVIRONMENT).exists() or _is_passed_over(folder.parent, root)


def _hides(changes: list[Change]) -> bool:
    return any(path.rpartition("/")[2] in HIDING for change in changes for path in (change.old, change.new))


def _whole(request: Request, shown: list[Path]) -> Request:
    """Return the request for the whole project, and for the scripts without a suffix that were named."""
    named = (*shown, *(path for path in request.paths if path.suffix not in SUFFIXES and not path.is_dir()))
    return request._replace(paths=(request.root, *named) if named else ())


def _old_sources(repository: Repository, changes: list[Change]) -> dict[str, bytes | None]:
    """Return the contents at the revision of what has changed; None for a file that was not there."""
    relevant = [change for change in changes if _matters(change.old) or _matters(change.new)]
    sources: dict[str, bytes | None] = {change.new: None for change in relevant if change.new}
    readable = [change for change in relevant if change.old and change.blob]
    for change, content in zip(readable, repository.read(change.blob for change in readable), strict=True):
        if content is None:
            raise RevisionError(f"{change.old} at the revision is not in this clone: run 'git fetch --refetch', or clone without --filter")
        sources[change.old] = content
    return sources


def _matters(path: str) -> bool:
    name = path.rpartition("/")[2]
    return name.endswith(SUFFIXES) or (name != "" and "." not in name)


class _PolicyReader:
    """The policy files of a commit; what lies outside the repository is read from the disk, where a change cannot touch it."""

    def __init__(self, repository: Repository, commit: str) -> None:
        self._repository = repository
        self._commit = commit

    def find(self, env: Mapping[str, str]) -> Policy:
        """Find the policy by the same rules as on the disk."""
        if named := env.get(policies.VARIABLE):
            return self._load(Path(os.path.abspath(named)))
        for above in (self._repository.folder, *self._repository.folder.parents):
            if self._repository.name(above) is None:
                return policies.load(policies.find(above, env={}), root=self._repository.folder)
            files = [file for file in (above / policies.OWN, above / policies.PYPROJECT) if self._is_policy(file)]
            if len(files) > 1:
                raise policies.PolicyError(files[1], 0, f"[tool.costmark] stands here and {policies.OWN} beside it; keep one of the two")
            if files:
                return self._load(files[0])
        return policies.Policy()

    def policies(self, files: Iterable[Path]) -> Iterator[Path]:
        """Yield those of some files that hold a policy; they are read together."""
        asked = [file for file in files if "\n" not in str(file)]
        contents = self._repository.read(f"{self._commit}:{self._repository.name(file)}" for file in asked)
        return (file for file, data in zip(asked, contents, strict=True) if self._may_hold_policy(file, data))

    def _may_hold_policy(self, file: Path, data: bytes | None) -> bool:
        try:
            return self._holds_policy(file, data)
        except policies.PolicyError:  # said where it matters: the folder may be excluded
            return True

    def _is_policy(self, file: Path) -> bool:
        return self._holds_policy(file, self._content(file))

    def _holds_policy(self, file: Path, data: bytes | None) -> bool:
        if data is None or file.name == policies.OWN:
            return data is not None
        if b"costmark" not in data:
            return False
        try:
            return "costmark" in tomllib.loads(data.decode()).get("tool", {})
        except ValueError as problem:
            raise policies.PolicyError(file, 0, f"is not TOML: {problem}") from None

    def _load(self, file: Path) -> Policy:
        if self._repository.name(file) is None:
            return policies.load(file, root=self._repository.folder)
        data = self._content(file)
        return policies.Policy() if data is None else policies.loads(data, file, read=self._read, root=self._repository.folder)

    def _read(self, path: Path) -> bytes:
        if self._repository.name(path) is None:
            return path.read_bytes()
        data = self._content(path)
        if data is None:
            raise FileNotFoundError(path)
        return data

    def _content(self, file: Path) -> bytes | None:
        return self._repository.read([f"{self._commit}:{self._repository.name(file)}"])[0]
