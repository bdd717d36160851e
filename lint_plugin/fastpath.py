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

MOST: Final = 64  # rows that are looked into; with more of them the full program and a new stamp are cheaper
SPAN: Final = 200  # bytes before the quoted name of a library in which a call that imports it begins
OWN: Final = "costmark.toml"
PYPROJECT: Final = "pyproject.toml"
PROJECT: Final = (PYPROJECT, "setup.py", "setup.cfg")
TABLE: Final = b"costmark"
_SPACED: Final = bytes(byte if byte < 128 and (chr(byte).isalnum() or chr(byte) == "_") else 32 for byte in range(256))  # words alone
NEEDLESS: Final = frozenset({"COSTMARK_POLICY", "_COSTMARK_COMPLETE"})  # variables that ask for another answer
CLEAN: Final = {"text": "No findings.", "concise": ""}
GOOD: Final = ("\x1b[32m", "\x1b[0m")


class _DoubtError(Exception):
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
            raise _DoubtError
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
                        raise _DoubtError
            else:
                raise _DoubtError
        if not self.paths or self.form not in CLEAN or not NEEDLESS.isdisjoint(os.environ) or os.sep != "/":
            raise _DoubtError


def nothing_to_find(arguments: Sequence[str]) -> bool:
    """Tell whether the command would find nothing, and say so in its place; ``False`` where it has to look."""
    try:
        asked = _Asked(arguments)
        here = os.getcwd()
        groups: dict[str, list[str]] = {}
        stamps: dict[str, dict[str, bytes]] = {}
        homes: dict[str, str] = {}
        for path in asked.paths:
            full = os.path.abspath(path)
            folder = os.path.dirname(full)
            if folder not in homes:
                homes[folder] = _home(folder, here, stamps, isolated=asked.isolated)
            groups.setdefault(homes[folder], []).append(full)
        if asked.baseline:
            _hold_baseline(asked.baseline, groups)
        for root, files in groups.items():
            _hold(root, files, stamps[root])
        _say(CLEAN[asked.form])
    except (_DoubtError, OSError, ValueError, TypeError, LookupError):  # the last ones: a stamp that is damaged
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


def _home(folder: str, here: str, stamps: dict[str, dict[str, bytes]], *, isolated: bool) -> str:
    """Return the root of the project that a folder belongs to, its stamp read."""
    passed: list[str] = []
    for above in () if isolated else _upwards(folder):
        if not _mentions_policy(above):
            continue
        policy = _policy_in(above, stamps)
        if policy in (os.path.join(above, OWN), os.path.join(above, PYPROJECT)):
            if os.path.commonpath((here, above)) != above:
                raise _DoubtError  # a policy further up may exclude this one
            return above
        passed.append(above)
    root = _root(folder)
    if any(above != root or os.path.exists(os.path.join(above, OWN)) for above in passed):
        raise _DoubtError  # what the stamp takes down of a pyproject.toml without a policy is that at the root
    policy = _policy_in(root, stamps)
    if policy and not (isolated and policy == stamp.ISOLATED):
        raise _DoubtError
    return root


def _policy_in(root: str, stamps: dict[str, dict[str, bytes]]) -> str:
    """Return the policy that the stamp of a folder is about."""
    if root not in stamps:
        found = stamp.read(root)
        if found is None:
            raise _DoubtError
        stamps[root] = found
    _, about, policy, _, _ = stamp.split(stamps[root]["about"])
    if about != root:
        raise _DoubtError
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


def _hold(root: str, files: list[str], known: dict[str, bytes]) -> None:
    """Make sure that another run would say nothing of these files."""
    _, _, _, day, top = stamp.split(known["about"])
    paths = stamp.split(known["paths"])
    flags = known["flags"]
    at = {path: number for number, path in enumerate(paths)} if len(files) > 8 else None
    prefix = len(root.rstrip("/")) + 1
    for full in files:
        path = full[prefix:]
        number = paths.index(path) if at is None else at.get(path, -1)
        if number < 0 or flags[number] & stamp.LOUD:
            raise _DoubtError
    if day != time.strftime("%Y-%m-%d", time.gmtime()) or top != stamp.checkout(root):
        raise _DoubtError
    try:
        _hold_inputs(known)
        _hold_folders(root, known)
        changed = _changed(root, paths, known["states"])
    except (_DoubtError, OSError):
        _forget(root)
        raise
    for number, mode in changed:
        if not stat.S_ISREG(mode):
            raise _DoubtError
        path = paths[number]
        data = _content(f"{root}/{path}")
        if not flags[number] & stamp.READ and _is_indifferent(path, data, known):
            continue
        if stamp.digest(data) != _digest(known["digests"], number):
            raise _DoubtError


def _forget(root: str) -> None:
    """Remove a stamp that no longer holds, so that the run that follows writes a new one."""
    try:
        os.unlink(stamp.place(root))
    except OSError:  # read-only, or gone already
        return


def _hold_inputs(known: dict[str, bytes]) -> None:
    states = stamp.numbers(known["input_states"])
    for number, path in enumerate(stamp.split(known["inputs"])):
        expected = tuple(states[4 * number : 4 * number + 4])
        try:
            state = stamp.state_of(os.stat(path))
        except FileNotFoundError:
            state = stamp.ABSENT
        if state != expected and (
            stamp.ABSENT in (state, expected) or stamp.digest(_content(path)) != _digest(known["input_digests"], number)
        ):
            raise _DoubtError


def _hold_folders(root: str, known: dict[str, bytes]) -> None:
    folders = stamp.split(known["folders"])
    for number, _ in _changed(root, folders, known["folder_states"]):
        with os.scandir(f"{root}/{folders[number]}") as entries:
            marks = [stamp.mark_of(entry) for entry in entries]
        if stamp.outline(marks) != _digest(known["folder_digests"], number):
            raise _DoubtError


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
                raise _DoubtError
    return found


def _content(path: str) -> bytes:
    with open(path, "rb", buffering=0) as stream:
        return stream.read()


def _digest(section: bytes, number: int) -> bytes:
    return section[stamp.WIDTH * number : stamp.WIDTH * (number + 1)]


# --- whether a changed file can matter ---


def _is_indifferent(path: str, data: bytes, known: dict[str, bytes]) -> bool:
    """Tell whether a file that did not matter still does not; a coarse look, which errs on the side of doubt."""
    (words,) = stamp.rows(known["words"])
    (imports,) = stamp.rows(known["imports"])
    forms = stamp.rows(known["forms"])
    return not (
        any(word in data for word in words)
        or any(token in data and _may_import(data, token) for token in imports)
        or any(form in data for row in forms for form in row if form)
        or any(all(word in data for word in group) for group in stamp.rows(known["groups"]))
        or _may_take(data, known)
        or _may_be_given(path, data, known)
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


def _may_be_given(path: str, data: bytes, known: dict[str, bytes]) -> bool:
    """Tell whether a file may be a test that gets a fixture which mattered."""
    name = path.rpartition("/")[2]
    if not name.startswith(("test_", "conftest.")) and not name.endswith("_test.py"):
        return False
    return any(
        path.startswith(os.fsdecode(folder)) and any(word in data for word in words) for folder, *words in stamp.rows(known["fixtures"])
    )


def _hold_baseline(file: str, groups: dict[str, list[str]]) -> None:
    """Make sure that a baseline is one that was read before, and accepts nothing in the files in question."""
    (root,) = groups
    digest, accepting = stamp.read_baseline(root)
    folder = os.path.dirname(os.path.abspath(file))
    if stamp.digest(_content(file)) != digest or not accepting.isdisjoint(os.path.relpath(full, folder) for full in groups[root]):
        raise _DoubtError
