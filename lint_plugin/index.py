"""The project index: what is known of each file and what the last run found, on disk, safe to share.

Files are compared by size, modification and change time and inode: a checkout that restores an old modification time still
changes the change time. A file touched so shortly before it was read that the clock could not tell is read again. Everything is
keyed by the tool's version and the settings, written to a temporary file and renamed into place, and never unpickled. One process
analyzes at a time; the others wait and read what it wrote.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Self

from lint_plugin import reports, stamp
from lint_plugin.disk import locked, prepare, replace
from lint_plugin.model import Finding, Problem, Report, Request
from lint_plugin.reach import Reach
from lint_plugin.stages.discover import SourceFile
from lint_plugin.stages.prefilter import STAR, Needles, imported_words, imports_star, is_relevant
from lint_plugin.stages.suppress import is_needed

try:
    from _blake2 import blake2b  # hashlib loads OpenSSL too
except ImportError:
    from hashlib import blake2b

if TYPE_CHECKING:
    from lint_plugin import ir
    from lint_plugin.stages.notebook import Notebook

RACY_NS: Final = 2_000_000_000  # a change within this time of the reading may go unseen by the clock of a coarse file system
FEW: Final = 12  # names that are looked for one by one before the import lines are read
COMMON: Final = 200  # files that read a name of an owner, from which on it is taken for many different things
SURELY_COMMON: Final = 300  # so many that no few changes make it less common
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

    def entry(self, path: str, needles: Needles, read: Callable[[str], bytes | None]) -> Entry | None:
        """Return what is known of a file, reading it when it changed; ``None`` when it cannot be read."""
        known = self.entries.get(path)
        state = self._states.get(path, (0, 0, 0, 0))
        is_given = path in self.request.sources
        if known is not None and known[:4] == state and not known[7] and not is_given:
            return known
        now = time.time_ns()
        data = read(path)
        if data is None:
            return None
        digest = blake2b(data, digest_size=16).hexdigest()
        racy = not is_given and max(state[1], state[2]) > now - RACY_NS
        if known is not None and known[4] == digest:
            fresh = (*state, digest, known[5], known[6], racy)
        else:
            fresh = (*state, digest, is_relevant(data, needles), is_needed(data), racy)
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


class Sources:
    """The contents of a project's files during one run."""

    def __init__(self, index: Index, needles: Needles, *, prefilter: bool) -> None:
        """Read through ``index``; ``needles`` are the bytes by which the policy makes a file relevant."""
        self._index = index
        self._needles = needles
        self._prefilter = prefilter
        self._data: dict[str, bytes] = {}
        self._texts: dict[str, str] = {}
        self._notebooks: dict[str, Notebook] = {}
        self._problems: dict[Problem, None] = {}
        self._commented: list[str] = []
        self._digests: dict[str, str] = {}
        self._words: dict[str, frozenset[bytes]] = {}
        self._quiet: dict[str, set[bytes]] = {}  # files that hold none of these names
        self._asked: set[str] = set()
        self._near: dict[tuple[str, str], list[str]] = {}

    def data(self, path: str) -> bytes:
        """Return the bytes of a file; empty when it cannot be read."""
        return self._read(path) or b""

    def _read(self, path: str) -> bytes | None:
        known = self._data.get(path)
        if known is not None:
            return known
        given = self._index.request.sources.get(path)
        if given is not None:
            data = given
        else:
            file = self._index.files.get(path)
            try:
                with open(file.full if file is not None else path, "rb", buffering=0) as stream:  # noqa: PTH123  half the cost of Path
                    data = stream.read()
            except OSError as problem:
                self._problems[Problem(path, 0, f"cannot be read: {problem.strerror or problem}")] = None
                return None
        self._data[path] = data
        return data

    def relevant(self) -> list[str]:
        """Return the files that name something worth following."""
        found: list[str] = []
        for path in sorted(self._index.files):
            entry = self._index.entry(path, self._needles, self._read)
            if entry is None:
                continue
            self._digests[path] = entry[4]
            if entry[6]:
                self._commented.append(path)
            if entry[5] or not self._prefilter:
                found.append(path)
        return found

    def module(self, path: str) -> ir.Module | None:
        """Return a file lowered; ``None``, with a problem noted, when it does not parse."""
        self._index.reach.lowered.add(path)
        digest = self._digests.get(path, "")
        kind = digest + ("n" if path.endswith(".ipynb") else "")
        known = self._index.load_module(kind) if digest else None
        if known is not None:
            return known
        module = self._lower(path)
        # what was said about cells that were left out has to be said again
        if module is not None and digest and not any(problem.path == path for problem in self._problems):
            self._index.keep_module(kind, module)
        return module

    def _lower(self, path: str) -> ir.Module | None:
        from lint_plugin.stages.parse import Unparsed, parse
        from lint_plugin.stages.summarize import summarize

        if self._index.request.progress is not None:
            self._index.request.progress(path)
        parsed = parse(path, self.data(path))
        if isinstance(parsed, Unparsed):
            self._problems[Problem(path, parsed.line, parsed.reason)] = None
            return None
        self._problems.update(dict.fromkeys(Problem(path, cell.line, cell.reason) for cell in parsed.left_out))
        self._texts[path] = parsed.text
        if parsed.notebook is not None:
            self._notebooks[path] = parsed.notebook
        return summarize(parsed.tree, parsed.text)

    def text(self, path: str) -> str:
        """Return the decoded source that positions refer to."""
        if path not in self._texts:
            notebook = self.notebook(path)
            data = self.data(path) if notebook is None else notebook.source
            self._texts[path] = decoded(data)
        return self._texts[path]

    def notebook(self, path: str) -> Notebook | None:
        """Return the notebook of a path, if it is one."""
        if not path.endswith(".ipynb"):
            return None
        if path not in self._notebooks:
            from lint_plugin.stages.notebook import extract

            found = extract(self.data(path))
            if found is None:
                return None
            self._notebooks[path] = found
        return self._notebooks[path]

    def commented(self) -> list[str]:
        """Return the files with comments that silence our codes."""
        return self._commented

    def problems(self) -> Iterator[Problem]:
        """Yield the files that could not be analyzed."""
        yield from sorted(self._problems)

    def grow(self, machine: Any) -> list[str]:
        """Return files that import something that turned out to matter from a module that is loaded."""
        wanted: dict[bytes, set[bytes]] = {}
        for path, names in machine.exports():
            if path not in self._asked or names:
                for segment in module_segments(path):
                    wanted.setdefault(segment, set()).update(in_source(name) for name in names)
        wanted = {segment: names for segment, names in wanted.items() if names}
        self._index.reach.look_for(wanted)
        found = [*self._tests(machine), *self._loose(machine)]
        if not wanted:
            return found
        every: set[bytes] = set().union(*wanted.values())
        for path in sorted(self._index.files):
            if path in machine.project.modules or path in self._asked:
                continue
            words = self._words.get(path)
            if words is None:
                if len(every) <= FEW and self._is_quiet(path, every):
                    continue
                words = self._words[path] = imported_words(self.data(path))
            for segment in words & wanted.keys():
                if STAR in words or not words.isdisjoint(wanted[segment]) or _reads(self.data(path), wanted[segment]):
                    found.append(path)
                    self._asked.add(path)
                    break
        return found

    def _is_quiet(self, path: str, names: set[bytes]) -> bool:
        """Tell whether a file holds none of a few names and imports no unnamed ones; plain bytes are found at next to no cost."""
        known = self._quiet.get(path)
        if known is names or (known is not None and known >= names):
            return True
        data = self.data(path)
        if (known is None and imports_star(data)) or any(name in data for name in (names - known if known else names)):
            return False
        self._quiet[path] = names | known if known else names
        return True

    def _loose(self, machine: Any) -> list[str]:
        """Return files that read an attribute or item which turned out to matter, of objects that need no import."""
        pairs = sorted((owner, name) for name, owners in machine.loose.items() for owner in owners)
        found = dict.fromkeys(path for owner, name in pairs for path in self._readers(machine, owner, name))
        self._asked.update(found)
        return sorted(found)

    def _readers(self, machine: Any, owner: str, name: str) -> list[str]:
        """Return files that read one name of one owner: all of them, but only those near where it is stored once too many do."""
        forms = [in_source(f"{owner}{form % name}") for form in (".%s", '["%s"]', "['%s']", '.get("%s"', ".get('%s'")]
        pair = owner, name
        if pair not in self._near:
            files = [path for path in sorted(self._index.files) if in_source(name) in self.data(path)]
            hits = [path for path in files if any(form in self.data(path) for form in forms)]
            stores = {path.rpartition("/")[0] for path in hits if path in machine.project.modules}
            near = tuple(f"{folder}/" if folder else "" for folder in sorted(stores)) if len(hits) > COMMON else ("",)
            self._near[pair] = [path for path in hits if path.startswith(near)]
            self._index.reach.look_for_forms(dict.fromkeys(near if len(hits) > SURELY_COMMON else ("",), forms))
            if COMMON < len(hits) <= SURELY_COMMON:
                self._index.reach.lowered.update(hits)  # one of them less, and all would count
        return [path for path in self._near[pair] if path not in machine.project.modules and path not in self._asked]

    def _tests(self, machine: Any) -> list[str]:
        """Return tests and further ``conftest.py`` files that name a fixture that turned out to matter: they get it without an import."""
        fixtures: dict[str, set[bytes]] = {}
        for folder, name in machine.provides():
            fixtures.setdefault(f"{folder}/" if folder else "", set()).add(in_source(name))
        self._index.reach.look_for_fixtures(fixtures)
        found: list[str] = []
        for path in sorted(self._index.files) if fixtures else ():
            if path in machine.project.modules or path in self._asked or not is_test(path):
                continue
            names = {name for folder, known in fixtures.items() if path.startswith(folder) for name in known}
            if names and any(name in self.data(path) for name in names):
                found.append(path)
                self._asked.add(path)
        return found


def _reads(data: bytes, names: Iterable[bytes]) -> bool:
    """Tell whether a file takes one of a few names from something by a dot, or spells it in quotes."""
    return any(name in data and re.search(rb"[.\"']%s(?!\w)" % re.escape(name), data) is not None for name in names)


def is_test(path: str) -> bool:
    """Tell whether pytest collects tests or fixtures from a file."""
    name = path.rpartition("/")[2]
    return name.endswith("_test.py") or (name.endswith(".py") and name.startswith(("test_", "conftest.")))


def module_segments(path: str) -> Iterator[bytes]:
    """Yield the words by which an import statement can name a module: its file's name, or its package's."""
    folder, _, name = path.rpartition("/")
    stem = name.partition(".")[0]
    if stem == "__init__":
        stem = folder.rpartition("/")[2]
    if stem:
        yield in_source(stem)


def in_source(name: str) -> bytes:
    """Return the bytes by which a source in UTF-8 spells a name; what no source can spell, half a character, is found in none."""
    return name.encode("utf-8", "surrogatepass")


def decoded(data: bytes) -> str:
    """Decode Python source as the parser does."""
    import io
    import tokenize

    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
        return data.decode(encoding).removeprefix("\ufeff")
    except (SyntaxError, UnicodeError, LookupError):
        return data.decode("utf-8", "replace").removeprefix("\ufeff")


def open_index(request: Request, files: Mapping[str, SourceFile]) -> Index:
    """Return the index of a request's project, to be used as a context manager."""
    return Index(request, files)


def _state(file: SourceFile) -> State:
    return file.size, file.mtime_ns, file.ctime_ns, file.inode
