"""Tell before anything is imported that a hook has nothing to find: the usual case, and the one that people wait for.

The index leaves a stamp: what every file of the project was like when the last run looked, which files mattered to it, and what it
looked for in the others. The answer is yes only where another run would go exactly as the last one did and say nothing of the files
in question:

- policies, ``.gitignore`` files and the names in every folder are what they were, so the same files would be looked at;
- every file whose content mattered holds what it held;
- every other changed file still holds nothing of what made a file matter, nor what the last run looked for from other files;
- the files in question reported nothing, and no finding elsewhere has to do with them.

Whatever is not understood, and every doubt, is left to the full program.
"""

# Paths are strings here: a Path object costs more than the question that is asked of it.
# ruff: noqa: PTH100, PTH108, PTH109, PTH110, PTH113, PTH116, PTH118, PTH120, PTH123

from __future__ import annotations

import os
import stat
import sys
import time

from lint_plugin import stamp

TYPE_CHECKING = False  # the one in typing costs two thirds of an interpreter's start
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Final

FEW: Final = 8  # files that are looked up one by one
MOST: Final = 64  # rows that are looked into; with more of them the full program and a new stamp are cheaper
SPAN: Final = 200  # bytes before the quoted name of a library in which a call that imports it begins
OWN: Final = "costmark.toml"
PYPROJECT: Final = "pyproject.toml"
PROJECT: Final = (PYPROJECT, "setup.py", "setup.cfg")
TABLE: Final = b"costmark"
_SPACED: Final = bytes(byte if byte < 128 and (chr(byte).isalnum() or chr(byte) == "_") else 32 for byte in range(256))  # words alone
ASKING: Final = frozenset({"COSTMARK_POLICY", "_COSTMARK_COMPLETE"})  # variables that ask for another answer
CLEAN: Final = {"text": "No findings.", "concise": ""}
GOOD: Final = ("\x1b[32m", "\x1b[0m")


class DoubtError(Exception):
    """The full program has to look."""


class _Asked:
    """What the command line asks for."""

    __slots__ = ("baseline", "form", "isolated", "paths")

    def __init__(self, arguments: Sequence[str]) -> None:
        self.paths: list[str] = []
        self.form = "text"
        self.baseline = ""
        self.isolated = False
        words = iter(arguments)
        if next(words, "") != "check":
            raise DoubtError
        for word in words:
            name, has_value, value = word.partition("=")
            if not word.startswith("-"):
                self.paths.append(word)
            elif word == "--isolated":
                self.isolated = True
            elif name in ("--format", "--baseline"):
                value = value if has_value else next(words, "")
                if name == "--format":
                    self.form = value
                else:
                    self.baseline = value
                    if not value:
                        raise DoubtError
            else:
                raise DoubtError
        if not self.paths or self.form not in CLEAN or not is_usual():
            raise DoubtError


def is_usual() -> bool:
    """Tell whether the circumstances are those that a stamp is about."""
    return ASKING.isdisjoint(os.environ) and os.sep == "/"


def nothing_to_find(arguments: Sequence[str]) -> bool:
    """Tell whether the command would find nothing, and say so in its place; ``False`` where it has to look."""
    try:
        asked = _Asked(arguments)
        stamps = Stamps(stamp.NAME, isolated=asked.isolated)
        groups: dict[str, list[str]] = {}
        for path in asked.paths:
            full = os.path.abspath(path)
            groups.setdefault(stamps.home(os.path.dirname(full)), []).append(full)
        if asked.baseline:
            _hold_baseline(asked.baseline, groups)
        for root, files in groups.items():
            _hold(root, files, stamps)
        _say(CLEAN[asked.form])
    except (DoubtError, OSError, ValueError, TypeError, LookupError):  # the last ones: a stamp that is damaged
        return False
    return True


def _say(sentence: str) -> None:
    """Write what the full program does when it has found nothing."""
    out = sys.stdout
    if not sentence or out is None:
        return
    if out.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb":
        sentence = sentence.join(GOOD)
    out.write(f"{sentence}\n")
    out.flush()


# --- which project ---


class Stamps:
    """The stamps that are read in one run, and the projects that folders belong to."""

    def __init__(self, name: str, *, isolated: bool = False) -> None:
        self._name = name
        self._isolated = isolated
        self._here = os.getcwd()
        self._homes: dict[str, str] = {}
        self._read: dict[str, dict[str, bytes]] = {}

    def home(self, folder: str) -> str:
        """Return the root of the project that a folder belongs to, if its stamp is about the policy that holds there."""
        if folder not in self._homes:
            self._homes[folder] = self._find(folder)
        return self._homes[folder]

    def of(self, root: str) -> dict[str, bytes]:
        """Return the stamp of a project."""
        if root not in self._read:
            found = stamp.read(root, self._name)
            if found is None:
                raise DoubtError
            self._read[root] = found
        return self._read[root]

    def forget(self, root: str) -> None:
        """Remove a stamp that no longer holds, so that the run that follows writes a new one."""
        try:
            os.unlink(stamp.place(root, self._name))
        except OSError:  # read-only, or gone already
            return

    def _find(self, folder: str) -> str:
        passed: list[str] = []
        for above in () if self._isolated else _upwards(folder):
            if not _mentions_policy(above):
                continue
            if self._policy(above) in (os.path.join(above, OWN), os.path.join(above, PYPROJECT)):
                if os.path.commonpath((self._here, above)) != above:
                    raise DoubtError  # a policy further up may exclude this one
                return above
            passed.append(above)
        root = _root(folder)
        if any(above != root or os.path.exists(os.path.join(above, OWN)) for above in passed):
            raise DoubtError  # what the stamp takes down of a pyproject.toml without a policy is that at the root
        policy = self._policy(root)
        if policy and not (self._isolated and policy == stamp.ISOLATED):
            raise DoubtError
        return root

    def _policy(self, root: str) -> str:
        """Return the policy that a stamp is about."""
        _, about, policy, _, _, _ = stamp.split(self.of(root)["about"])
        if about != root:
            raise DoubtError
        return policy


def _mentions_policy(folder: str) -> bool:
    """Tell whether a folder may have a policy."""
    if os.path.isfile(os.path.join(folder, OWN)):
        return True
    try:
        with open(os.path.join(folder, PYPROJECT), "rb", buffering=0) as stream:
            return TABLE in stream.read()
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return False


def _root(folder: str) -> str:
    """Return the root of a project without a policy."""
    for marks in ((stamp.CHECKOUT,), PROJECT):
        for above in _upwards(folder):
            if any(os.path.exists(os.path.join(above, mark)) for mark in marks):
                return above
    return folder


def _upwards(folder: str) -> Iterator[str]:
    yield folder
    while (above := os.path.dirname(folder)) != folder:
        yield above
        folder = above


# --- whether all is as it was ---


def _hold(root: str, files: list[str], stamps: Stamps) -> None:
    """Make sure that another run would say nothing of these files."""
    known = stamps.of(root)
    paths = stamp.split(known["paths"])
    at = {path: number for number, path in enumerate(paths)} if len(files) > FEW else None
    prefix = len(root.rstrip("/")) + 1
    near = False
    for full in files:
        number = paths.index(full[prefix:]) if at is None else at[full[prefix:]]
        flags = known["flags"][number]
        if flags & stamp.LOUD:
            raise DoubtError
        near |= bool(flags & stamp.NEAR)
    if near and not _is_known_quiet(root, [full[prefix:] for full in files], known):
        raise DoubtError
    changed = hold_project(root, stamps)
    if near and not {full[prefix:] for full in files}.issuperset(changed):
        raise DoubtError  # they may matter beside these files as they were


def _is_known_quiet(root: str, files: list[str], known: dict[str, bytes]) -> bool:
    """Tell whether these files were looked at since the last commit, and what is wrong elsewhere had not to do with them."""
    head = stamp.head_of(root)
    return head != "" and os.path.exists(stamp.quiet_place(root, stamp.split(known["about"])[0], head, files))


def hold_project(root: str, stamps: Stamps) -> list[str]:
    """Make sure that another run over a project would go as the last one did; return the files that hold something else all the same."""
    known = stamps.of(root)
    paths, flags = stamp.split(known["paths"]), known["flags"]
    _, _, _, day, top, _ = stamp.split(known["about"])
    try:
        if day != time.strftime("%Y-%m-%d", time.gmtime()) or top != stamp.checkout(root):
            raise DoubtError  # noqa: TRY301  forgotten like the others
        _hold_inputs(known)
        _hold_folders(root, known)
        changed = _changed(root, paths, known["states"])
    except (DoubtError, OSError):
        stamps.forget(root)
        raise
    other: list[str] = []
    for number, mode in changed:
        if not stat.S_ISREG(mode):
            raise DoubtError
        data = content(f"{root}/{paths[number]}")
        if stamp.digest(data) == _digest(known["digests"], number):
            continue
        if flags[number] & stamp.READ or not is_indifferent(paths[number], data, known):
            raise DoubtError
        other.append(paths[number])
    return other


def _hold_inputs(known: dict[str, bytes]) -> None:
    states = stamp.numbers(known["input_states"])
    for number, path in enumerate(stamp.split(known["inputs"])):
        expected = tuple(states[4 * number : 4 * number + 4])
        try:
            state = stamp.state_of(os.stat(path))
        except FileNotFoundError:
            state = stamp.ABSENT
        if state != expected and (
            stamp.ABSENT in (state, expected) or stamp.digest(content(path)) != _digest(known["input_digests"], number)
        ):
            raise DoubtError


def _hold_folders(root: str, known: dict[str, bytes]) -> None:
    folders = stamp.split(known["folders"])
    for number, _ in _changed(root, folders, known["folder_states"]):
        with os.scandir(f"{root}/{folders[number]}") as entries:
            marks = [stamp.mark_of(entry) for entry in entries]
        if stamp.outline(marks) != _digest(known["folder_digests"], number):
            raise DoubtError


def _changed(root: str, paths: list[str], states: bytes) -> list[tuple[int, int]]:
    """Return what may have changed, by its number, with its mode."""
    found: list[tuple[int, int]] = []
    ask, base = os.stat, "" if os.getcwd() == root else f"{root}/"  # short paths are looked up faster
    row = iter(stamp.numbers(states))
    for path, size, modified, changed, inode in zip(paths, row, row, row, row, strict=True):
        status = ask(base + path or root)
        # the change time first: next to nothing changes without it
        if status.st_ctime_ns != changed or status.st_mtime_ns != modified or status.st_size != size or status.st_ino != inode:
            found.append((paths.index(path), status.st_mode))
            if len(found) > MOST:
                raise DoubtError
    return found


def content(path: str) -> bytes:
    """Read a file."""
    with open(path, "rb", buffering=0) as stream:
        return stream.read()


def _digest(section: bytes, number: int) -> bytes:
    return section[stamp.WIDTH * number : stamp.WIDTH * (number + 1)]


# --- whether a changed file can matter ---


def is_indifferent(path: str, data: bytes, known: dict[str, bytes]) -> bool:
    """Tell whether a file that did not matter still does not; a coarse look, which errs on the side of doubt."""
    (words,) = stamp.rows(known["words"])
    (imports,) = stamp.rows(known["imports"])
    return not (
        any(word in data for word in words)
        or any(token in data and _may_import(data, token) for token in imports)
        or any(all(word in data for word in group) for group in stamp.rows(known["groups"]))
        or _may_take(data, known)
        or _holds(path, data, known["forms"])
        or (_is_test(path) and _holds(path, data, known["fixtures"]))
    )


def _may_import(data: bytes, token: bytes) -> bool:
    """Tell whether the name of a library may stand in an import of it."""
    at = data.find(token)
    while at >= 0:
        before = data[data.rfind(b"\n", 0, at) + 1 : at]
        if b"from" in before or b"import" in before:
            return True
        if data[at - 1 : at] in (b'"', b"'") and b"import" in data[max(0, at - SPAN) : at]:  # import_module("x")
            return True
        at = data.find(token, at + 1)
    return False


def _may_take(data: bytes, known: dict[str, bytes]) -> bool:
    """Tell whether a file may import something from another that the last run looked for."""
    wanted = {segment: names for segment, *names in stamp.rows(known["segments"])}
    if not wanted:
        return False
    statements = b"\n".join(_imports(data))
    segments = wanted.keys() & set(statements.translate(_SPACED).split())
    return any(b"*" in statements or any(name in data for name in wanted[segment]) for segment in segments)


def _imports(data: bytes) -> Iterator[bytes]:
    """Yield the lines with an import, each with the names in brackets that follow."""
    at = data.find(b"import")
    while at >= 0:
        end = data.find(b"\n", at)
        end = len(data) if end < 0 else end
        if data[at + len(b"import") : end].lstrip(b" \t").startswith(b"("):
            close = data.find(b")", at)
            end = max(end, len(data) if close < 0 else close + 1)
        yield data[data.rfind(b"\n", 0, at) + 1 : end]
        at = data.find(b"import", at + 1)


def _is_test(path: str) -> bool:
    """Tell whether a file may be given fixtures."""
    name = path.rpartition("/")[2]
    return name.startswith(("test_", "conftest.")) or name.endswith("_test.py")


def _holds(path: str, data: bytes, section: bytes) -> bool:
    """Tell whether a file holds a word of those that were looked for below some folder above it."""
    return any(path.startswith(os.fsdecode(folder)) and any(word in data for word in words) for folder, *words in stamp.rows(section))


def _hold_baseline(file: str, groups: dict[str, list[str]]) -> None:
    """Make sure that a baseline is one that was read before, and accepts nothing in the files in question."""
    (root,) = groups
    digest, accepting = stamp.read_baseline(root)
    folder = os.path.dirname(os.path.abspath(file))
    if stamp.digest(content(file)) != digest or not accepting.isdisjoint(os.path.relpath(full, folder) for full in groups[root]):
        raise DoubtError
