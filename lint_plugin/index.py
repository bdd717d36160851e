"""The project index: what is known of each file and what the last run found, on disk, safe to share.

Files are compared by size, modification and change time and inode: a checkout that restores an old modification time still
changes the change time. A file touched so shortly before it was read that the clock could not tell is read again. Everything is
keyed by the tool's version and the settings, written to a temporary file and renamed into place, and never unpickled. One process
analyzes at a time; the others wait and read what it wrote.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Self

from lint_plugin import reports, stamp
from lint_plugin.disk import locked, prepare, replace
from lint_plugin.model import Finding, Report, Request
from lint_plugin.reach import Reach
from lint_plugin.stages.discover import SourceFile

try:
    from _blake2 import blake2b  # hashlib loads OpenSSL too
except ImportError:
    from hashlib import blake2b

if TYPE_CHECKING:
    from lint_plugin import ir

RACY_NS: Final = 2_000_000_000  # a change within this time of the reading may go unseen by the clock of a coarse file system
NO_STATE: Final = 0, 0, 0, 0  # of a file that is given
KEEP: Final = 4  # reports kept for other settings and revisions

State = tuple[int, int, int, int]
Entry = tuple[int, int, int, int, str, bool, bool, bool]  # state, digest of the content, relevant, commented, read too soon


class Index:
    """What is known of the files of one project."""

    def __init__(self, request: Request, files: Mapping[str, SourceFile]) -> None:
        self.request = request
        self.files = files
        self.entries: dict[str, Entry] = {}
        self.depends: dict[str, tuple[str, ...]] = {}
        self.reach = Reach()
        self.last_key: str | None = None  # of the report that was read or kept
        self._folder = None if request.cache is None else request.cache / stamp.folder_name()
        self._lock: int | None = None
        self._changed = False
        self._states = {path: _state(file) for path, file in files.items()}

    # --- life ---

    def __enter__(self) -> Self:
        if self._folder is not None:
            try:
                prepare(self._folder)
                self._lock = locked(self._folder / "lock")
            except OSError:
                self._folder = None  # read-only: work without
            else:
                self._read_entries()
        return self

    def __exit__(self, *_: object) -> None:
        try:
            if self._changed:
                entries = {path: entry for path, entry in self.entries.items() if path in self.files}
                self._write("files", (self.request.policy.digest, entries))
        finally:
            if self._lock is not None:
                os.close(self._lock)
                self._lock = None

    def _read_entries(self) -> None:
        found = self._read("files", tuple[str, dict[str, Entry]])
        # what makes a file relevant is also the policy's to say
        self.entries = found[1] if found is not None and found[0] == self.request.policy.digest else {}

    # --- single files ---

    def known(self, path: str) -> Entry | None:
        """Return what is known of a file; ``None`` when it has to be read again."""
        known = self.entries.get(path)
        if known is None or known[:4] != self._states.get(path) or known[7] or path in self.request.sources:
            return None
        return known

    def note(self, path: str, data: bytes, read_at: int, judge: Callable[[], tuple[bool, bool]]) -> Entry:
        """Keep what is to be known of a file; ``judge`` tells whether it is relevant and commented, if that has to be asked."""
        state = self._states.get(path, NO_STATE)
        if self._folder is None:  # nothing is kept, so nothing has to be told apart
            return (*state, "", *judge(), True)
        known = self.entries.get(path)
        digest = blake2b(data, digest_size=16).hexdigest()
        is_given = path in self.request.sources
        racy = not is_given and max(state[1], state[2]) > read_at - RACY_NS
        is_same = known is not None and known[4] == digest
        fresh = (*state, digest, *(known[5:7] if known is not None and is_same else judge()), racy)
        if not is_given and fresh != known:
            self.entries[path] = fresh
            self._changed = True
        return fresh

    # --- lowered modules ---

    def load_module(self, digest: str) -> ir.Module | None:
        """Return a lowered module by the digest of its source."""
        if self._folder is None:
            return None
        import msgspec

        from lint_plugin import ir

        try:
            data = (self._folder / "modules" / digest[:2] / digest).read_bytes()
            return msgspec.msgpack.decode(data, type=ir.Module)
        except (OSError, msgspec.MsgspecError, RecursionError):
            return None

    def keep_module(self, digest: str, module: ir.Module) -> None:
        """Keep a lowered module."""
        if self._folder is not None:
            import msgspec

            try:
                data = msgspec.msgpack.encode(module)
            except (RecursionError, UnicodeError):  # a lone surrogate in a literal cannot be kept; the file is parsed again next time
                return
            replace(self._folder / "modules" / digest[:2] / digest, data)

    # --- whole reports ---

    def known_report(self) -> Report | None:
        """Return the report of an earlier run over the very same files and settings."""
        key = self._key()
        kept = None if key is None or self._folder is None else reports.load(self._folder, key, len(self.files))
        if kept is None:
            return None
        self.depends, self.reach, self.last_key = dict(kept.depends), kept.reach, key
        return kept.report

    def keep_report(self, report: Report) -> None:
        """Keep the report of a run."""
        key = self.last_key = self._key()
        if key is None or self._folder is None:
            return
        try:
            data = reports.encode(reports.Kept(report, self.depends, self.reach))
        except UnicodeError:  # a path that is no UTF-8
            self.last_key = None
            return
        replace(reports.place(self._folder, key), data)
        needed = {str(reports.place(self._folder, stamp.key_of(str(self.request.root), name))) for name in (stamp.NAME, stamp.FLAKE8)}
        every = sorted(self._folder.glob("report-*"), key=lambda path: path.stat().st_mtime_ns)
        for old in every[:-KEEP]:
            if str(old) not in needed:
                old.unlink(missing_ok=True)

    def known_elsewhere(self, before: Mapping[str, bytes | None]) -> list[Finding] | None:
        """Return the findings of the report that exist because some files are not what they were, if that was asked before."""
        if self._folder is None or self.last_key is None or self.request.sources:
            return None
        return reports.load_findings(reports.elsewhere_place(self._folder, self.last_key, before))

    def keep_elsewhere(self, before: Mapping[str, bytes | None], findings: Iterable[Finding]) -> None:
        """Keep the findings of the report that exist because some files are not what they were."""
        if self._folder is None or self.last_key is None or self.request.sources:
            return
        try:
            data = reports.encode_findings(findings)
        except UnicodeError:  # half a character in a call
            return
        replace(reports.elsewhere_place(self._folder, self.last_key, before), data)
        for old in sorted(self._folder.glob("elsewhere-*"), key=lambda path: path.stat().st_mtime_ns)[: -KEEP * KEEP]:
            old.unlink(missing_ok=True)

    def keep_stamp(self, name: str, data: bytes) -> None:
        """Keep what tells the next start of the command that there is nothing to find."""
        if self._folder is not None:
            replace(self._folder / name, data)

    def _key(self) -> str | None:
        """Return the digest of all that a report depends on; ``None`` without a cache, or while some file may have changed unseen."""
        request = self.request
        if self._folder is None:
            return None
        digest = blake2b(digest_size=16)
        policy = request.policy
        settings = (policy.digest, str(policy.path), str(request.root), str(request.as_of or time.strftime("%Y-%m-%d", time.gmtime())))
        digest.update(repr((settings, request.noqa, request.fold, request.prefilter, request.python)).encode())
        for path in sorted(self.files):
            if path in request.sources:
                continue
            known = self.entries.get(path)
            if known is None or known[:4] != self._states[path] or known[7]:
                known = self._again(path, known)
                if known is None:
                    return None
            digest.update(f"{path}\0{known[4]}\0".encode("utf-8", "surrogateescape"))
        for path, data in sorted(request.sources.items()):
            digest.update(repr((path, data)).encode())
        return digest.hexdigest()

    def _again(self, path: str, known: Entry | None) -> Entry | None:
        """Read a file whose state changed: the same content means that nothing did."""
        if known is None:
            return None
        try:
            now = time.time_ns()
            data = Path(self.files[path].full).read_bytes()
        except OSError:
            return None
        if blake2b(data, digest_size=16).hexdigest() != known[4]:
            return None
        state = self._states[path]
        fresh = (*state, *known[4:7], max(state[1], state[2]) > now - RACY_NS)
        if fresh != known:
            self.entries[path] = fresh
            self._changed = True
        return fresh

    # --- who depends on whom ---

    def related(self, asked: Iterable[str]) -> set[str]:
        """Return the files that depend on some of ``asked``, or that these depend on, directly or not."""
        return reports.related(self.depends, asked)

    # --- disk ---

    def _read(self, name: str, kind: Any) -> Any:
        import msgspec

        if self._folder is None:
            return None
        try:
            return msgspec.msgpack.decode((self._folder / name).read_bytes(), type=kind)
        except (OSError, msgspec.MsgspecError):
            return None

    def _write(self, name: str, content: Any) -> None:
        import msgspec

        if self._folder is None:
            return
        with suppress(UnicodeError):  # a path that is no UTF-8 cannot be kept; the files are read again next time
            replace(self._folder / name, msgspec.msgpack.encode(content))


def open_index(request: Request, files: Mapping[str, SourceFile]) -> Index:
    """Return the index of a request's project, to be used as a context manager."""
    return Index(request, files)


def _state(file: SourceFile) -> State:
    return file.size, file.mtime_ns, file.ctime_ns, file.inode
