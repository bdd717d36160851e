"""Ask git, and say in one sentence what is wrong where it cannot answer.

A hook runs with ``GIT_DIR`` and ``GIT_INDEX_FILE`` set, relative to where git started it. They are obeyed where the project lies
in that work tree, and dropped where it lies in another one.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final, NamedTuple

from lint_plugin.errors import LintError

# Places are compared as they are spelled: resolve() would follow links.
# ruff: noqa: PTH100

# what ties git to a repository; object stores (quarantine of a server hook) and configuration are left as they are
_TIES: Final = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR", "GIT_NAMESPACE")
_UNUSABLE: Final = re.compile(r"[\0-\x1f\x7f]|\.\.")
_LINK: Final = "120000"
_SUBMODULE: Final = "160000"


class RevisionError(LintError):
    """A revision cannot be looked at; exit code 2."""


class Change(NamedTuple):
    """One file that differs from a revision; paths are relative to the folder that git was asked in."""

    status: str  # A, D, M, R, T
    old: str  # path at the revision; empty for an added file
    new: str  # path now; empty for a deleted file
    blob: str  # content at the revision; empty where there is none to read


class Repository:
    """A checkout, seen from one of its folders."""

    def __init__(self, folder: Path, env: Mapping[str, str] | None = None) -> None:
        """Find the checkout around a folder."""
        self.folder = Path(os.path.abspath(folder))
        self._env = _environment(self.folder, os.environ if env is None else env)
        if "GIT_DIR" not in self._env:
            _refuse_foreign(self.folder)
        shown = self._run("rev-parse", "--show-toplevel", "--is-shallow-repository")
        top, _, shallow = shown.decode("utf-8", "surrogateescape").rstrip("\n").rpartition("\n")
        self.is_shallow = shallow == "true"
        # as the folder was spelled, where a link leads into the checkout
        spelled = (above for above in (self.folder, *self.folder.parents) if os.path.realpath(above) == os.path.realpath(top))
        self.top = next(spelled, Path(top))

    def name(self, path: Path) -> str | None:
        """Return a path relative to the top of the checkout; None for one outside."""
        for place, top in ((path, self.top), (Path(os.path.realpath(path)), Path(os.path.realpath(self.top)))):
            if place.is_relative_to(top):
                return place.relative_to(top).as_posix()
        return None

    def commit(self, revision: str) -> str:
        """Return the commit that a revision names."""
        if not revision or revision.startswith("-") or _UNUSABLE.search(revision):
            raise RevisionError(f"{revision!r} is not a revision: name a branch, a tag or a commit")
        try:
            return self._run("rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}").decode().strip()
        except _RefusalError:
            raise RevisionError(self._unknown(revision)) from None

    def fork_point(self, commit: str) -> str:
        """Return where the checked-out branch left the history of a commit; the commit itself where that cannot be told."""
        try:
            return self._run("merge-base", commit, "HEAD").decode().split("\n", 1)[0] or commit
        except _RefusalError:  # histories without a common part, or cut off by a shallow clone
            return commit

    def changes(self, commit: str) -> list[Change]:
        """Return the files below the folder that differ from a commit, untracked ones included."""
        options = ("--raw", "-z", "--no-abbrev", "-M", "--relative", "--no-ext-diff", "--ignore-submodules=all")
        changes = list(_changes(self._run("diff", *options, commit, "--")))
        tracked = {change.new for change in changes}
        untracked = self._run("ls-files", "-z", "--others", "--exclude-standard")
        names = (os.fsdecode(name) for name in untracked.split(b"\0") if name and not name.endswith(b"/"))
        return [*changes, *(Change("A", "", name, "") for name in names if name not in tracked)]

    def ignored(self) -> frozenset[str]:
        """Return the files below the folder that are tracked although a pattern ignores them."""
        out = self._run("ls-files", "-z", "--cached", "--ignored", "--exclude-standard")
        return frozenset(os.fsdecode(name) for name in out.split(b"\0") if name)

    def files(self, commit: str) -> list[Path]:
        """Return the files that a commit holds, wherever in the checkout."""
        out = self._run("ls-tree", "-r", "-z", "--name-only", "--full-tree", commit)
        return [self.top / os.fsdecode(name) for name in out.split(b"\0") if name]

    def read(self, objects: Iterable[str]) -> list[bytes | None]:
        """Return the contents of objects, named by id or as ``revision:path``; None for one that is not there or no file."""
        asked = [os.fsencode(name) for name in objects]
        if any(b"\n" in name for name in asked):
            raise RevisionError("a file name with a line break cannot be asked of git")
        out = self._run("cat-file", "--batch", given=b"".join(name + b"\n" for name in asked)) if asked else b""
        return _contents(out, asked)

    def _unknown(self, revision: str) -> str:
        if not self._has_commit():
            return f"{self.top} has no commit yet: commit first, or leave out what compares with a revision"
        if self.is_shallow:
            branch = revision.removeprefix("origin/")
            return (
                f"revision {revision!r} is not in this shallow clone: run 'git fetch --unshallow', "
                f"or 'git fetch --depth=100 origin {branch}' if that is a branch (actions/checkout: fetch-depth: 0)"
            )
        return f"revision {revision!r} is not known in {self.top}: check the name, or run 'git fetch' first"

    def _has_commit(self) -> bool:
        try:
            return bool(self._run("rev-list", "--all", "--max-count=1"))
        except _RefusalError:
            return False

    def _run(self, *arguments: str, given: bytes = b"") -> bytes:
        return _git(self.folder, self._env, *arguments, given=given)


class _RefusalError(RevisionError):
    """Git ended with an error."""


def _git(folder: Path, env: Mapping[str, str], *arguments: str, given: bytes = b"") -> bytes:
    command = ("git", "-c", "core.quotepath=off", "-c", "core.fsmonitor=false", "-c", "safe.bareRepository=explicit", *arguments)
    try:
        import subprocess  # most runs ask git nothing

        done = subprocess.run(command, cwd=folder, env=dict(env), input=given, capture_output=True, check=False)
    except FileNotFoundError:
        if not folder.is_dir():
            raise RevisionError(f"{folder}: there is no such folder") from None
        raise RevisionError("git was not found: install it, or leave out what compares with a revision") from None
    except OSError as problem:
        raise RevisionError(f"git could not be started: {problem.strerror}") from None
    if done.returncode:
        raise _failure(folder, done.stderr.decode("utf-8", "replace"))
    return done.stdout


def _failure(folder: Path, said: str) -> RevisionError:
    if "dubious ownership" in said:
        return RevisionError(f"git refuses {folder} because another user owns it: run 'git config --global --add safe.directory {folder}'")
    if "not a git repository" in said or "must be run in a work tree" in said:
        return RevisionError(
            f"{folder} is not in the work tree of a git repository: run it in a checkout, or leave out what compares with a revision"
        )
    first = next((line for line in said.splitlines() if line.strip()), "it does not say why")
    return _RefusalError(f"git failed in {folder}: {first.removeprefix('fatal: ')}")


def _refuse_foreign(folder: Path) -> None:
    """Refuse a folder that brings a repository without ``.git``: git would run the filters and believe the revisions of its maker.

    Git before 2.38 does not know ``safe.bareRepository``.
    """
    place = Path(os.path.realpath(folder))
    for above in (place, *place.parents):
        if (above / ".git").is_file() or os.path.lexists(above / ".git" / "HEAD"):
            return
        if os.path.lexists(above / "HEAD") and any(os.path.lexists(above / name) for name in ("refs", "commondir")):
            raise RevisionError(
                f"{above} holds the files of a git repository (HEAD, refs), which git would obey instead of the checkout's: remove them"
            )


def _environment(folder: Path, env: Mapping[str, str]) -> dict[str, str]:
    """Return the environment in which git, asked in the folder, finds the folder's own repository."""
    plain = {name: value for name, value in env.items() if name not in _TIES} | {"GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"}
    if "GIT_DIR" not in env:
        return plain
    here = Path.cwd()
    tied = plain | {name: env[name] for name in _TIES if name in env}
    try:
        shown = _git(here, tied, "rev-parse", "--show-toplevel", "--absolute-git-dir").decode("utf-8", "surrogateescape")
    except RevisionError:
        return plain
    top, _, own = shown.rstrip("\n").rpartition("\n")
    if not Path(os.path.realpath(folder)).is_relative_to(os.path.realpath(top)):
        return plain
    index = {"GIT_INDEX_FILE": str(Path(top) / env["GIT_INDEX_FILE"])} if "GIT_INDEX_FILE" in env else {}
    return plain | {"GIT_DIR": own, "GIT_WORK_TREE": top} | index


def _changes(out: bytes) -> Iterable[Change]:
    """Read the records of ``git diff --raw -z``."""
    fields = iter(out.split(b"\0"))
    for head in fields:
        if not head:
            return
        old_mode, new_mode, blob, _, status = head.decode().removeprefix(":").split(" ")
        old = os.fsdecode(next(fields))
        new = os.fsdecode(next(fields)) if status[0] in "RC" else old
        if _SUBMODULE in (old_mode, new_mode) or status == "U":  # of an unmerged file there is a second record
            continue
        is_readable = status[0] != "A" and old_mode != _LINK
        yield Change(status[0], "" if status[0] in "AC" else old, "" if status[0] == "D" else new, blob if is_readable else "")


def _contents(out: bytes, asked: list[bytes]) -> list[bytes | None]:
    """Read what ``git cat-file --batch`` prints."""
    found: list[bytes | None] = []
    at = 0
    for _ in asked:
        end = out.index(b"\n", at)
        head = out[at:end].rsplit(b" ", 2)
        at = end + 1
        if len(head) < 3 or not head[2].isdigit():  # «missing», «ambiguous»
            found.append(None)
            continue
        size = int(head[2])
        found.append(out[at : at + size] if head[1] == b"blob" else None)
        at += size + 1
    return found


def committed(root: Path, paths: Iterable[str]) -> dict[str, bytes | None]:
    """Return files as the last commit has them; None for one that it does not have, or where there is no git."""
    asked = sorted(paths)
    try:
        contents = Repository(root).read(f"HEAD:./{path}" for path in asked)
    except RevisionError:
        contents = [None] * len(asked)
    return dict(zip(asked, contents, strict=True))
