"""The contents of a project's files during one run: bytes, decoded text, notebooks, lowered modules."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING, Final

from lint_plugin.importers import Importers
from lint_plugin.index import Index
from lint_plugin.model import Problem
from lint_plugin.stages.prefilter import Needles, hides_names, is_relevant, may_be_relevant
from lint_plugin.stages.suppress import is_needed

if TYPE_CHECKING:
    from lint_plugin import ir
    from lint_plugin.stages.notebook import Notebook

USUAL: Final = 65_536  # bytes that most files do not exceed
TOGETHER: Final = 200_000  # bytes; what fits into the processor's own memory


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
        self.importers: Final = Importers()

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
                data = content(path, 0) if file is None else content(file.full, file.size)
            except OSError as problem:
                self._problems[Problem(path, 0, f"cannot be read: {problem.strerror or problem}")] = None
                return None
        self._data[path] = data
        return data

    def relevant(self) -> list[str]:
        """Return the files that name something worth following."""
        read_at = time.time_ns()
        entries = {path: self._index.known(path) for path in sorted(self._index.files)}
        fresh: dict[str, bytes] = {}
        hidden: set[str] = set()
        for path, entry in entries.items():
            data = self._read(path) if entry is None else None
            if data is not None:
                fresh[path] = data
                self.importers.add(path, data)
                if hides_names(data):
                    hidden.add(path)
        importing = self.importers.relevant()
        for group in _in_groups(fresh):
            is_plain = not self._may_matter(b"\n".join(map(fresh.__getitem__, group)))
            for path in group:
                judge = _nothing if is_plain and path not in importing else partial(self._judge, fresh[path])
                if path in hidden:
                    judge = partial(self._look_into, fresh[path])
                entries[path] = self._index.note(path, fresh[path], read_at, judge)
        known = {path: entry for path, entry in entries.items() if entry is not None}
        self._digests = {path: entry[4] for path, entry in known.items()}
        self._commented = [path for path, entry in known.items() if entry[6]]
        return [path for path, entry in known.items() if entry[5] or not self._prefilter]

    def _may_matter(self, data: bytes) -> bool:
        """Tell whether one of several files may be relevant for more than its imports, or commented; the long question is asked of few."""
        return may_be_relevant(data, self._needles) or is_needed(data)

    def _judge(self, data: bytes) -> tuple[bool, bool]:
        """Tell whether a file is relevant, and whether it holds comments of ours."""
        return is_relevant(data, self._needles), is_needed(data)

    def _look_into(self, data: bytes) -> tuple[bool, bool]:
        """Take a file for relevant whose bytes do not say what it names."""
        return True, is_needed(data)

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
        if self._index.request.progress is not None:
            self._index.request.progress(path)
        return self._lower_native(path) or self._lower_any(path)

    def _lower_native(self, path: str) -> ir.Module | None:
        """Lower a file with the interpreter's parser, if that knows its syntax."""
        from lint_plugin.stages.native import parse_native
        from lint_plugin.stages.summarize import summarize_native

        notebook = self.notebook(path)
        parsed = parse_native(self.data(path) if notebook is None else notebook.source)
        if parsed is None:
            return None
        self._texts[path] = parsed.text
        return summarize_native(*parsed)

    def _lower_any(self, path: str) -> ir.Module | None:
        """Lower a file with libcst, which knows every version's syntax and says what is wrong with the rest."""
        from lint_plugin.stages.parse import Unparsed, parse
        from lint_plugin.stages.summarize import summarize

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


def _in_groups(files: Mapping[str, bytes]) -> Iterator[list[str]]:
    """Yield files together: looking for a word in many small files costs more than looking for it in a large one."""
    group: list[str] = []
    size = 0
    for path, data in files.items():
        group.append(path)
        size += len(data)
        if size > TOGETHER:
            yield group
            group, size = [], 0
    yield group


def _nothing() -> tuple[bool, bool]:
    return False, False


def content(path: str, size: int) -> bytes:
    """Read a file that is probably of this size, if one is known: few calls of the system, which are what reading costs."""
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0))
    try:
        data = os.read(handle, size + 1 if size else USUAL)
        if len(data) == size:
            return data
        parts = [data]
        while parts[-1]:
            parts.append(os.read(handle, max(size, USUAL)))
        return b"".join(parts)
    finally:
        os.close(handle)


def decoded(data: bytes) -> str:
    """Decode Python source as the parser does."""
    import io
    import tokenize

    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
        return data.decode(encoding).removeprefix("\ufeff")
    except (SyntaxError, UnicodeError, LookupError):
        return data.decode("utf-8", "replace").removeprefix("\ufeff")
