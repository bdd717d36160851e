"""Write the stamp of a project, by which the next start of the command may tell at once that there is nothing to find.

A stamp is left out where something changed so shortly before the run that the clock cannot tell whether the run has seen it; the next
run writes it.
"""

# Paths are strings, as in the search for files.
# ruff: noqa: PTH116, PTH120, PTH123

from __future__ import annotations

import os
import stat
import time
from array import array
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final, NamedTuple

from cost_lib import policy as policies
from cost_lib.catalog.registry import HOSTS, TOKENS, WORDS
from lint_plugin import stamp
from lint_plugin.index import RACY_NS
from lint_plugin.known import policy_key
from lint_plugin.python_floor import lowest_python
from lint_plugin.stages.prefilter import needles_of

if TYPE_CHECKING:
    from lint_plugin.index import Index
    from lint_plugin.model import Report, Request
    from lint_plugin.stages.discover import Found

OURS: Final = (b"cost_lib", b"costmark:", b"CMK")  # the sanctioned library, and comments that silence
INODES: Final = 2**63  # from here on they do not fit into a stamp

Sections = dict[str, bytes]


class _Row(NamedTuple):
    """A path, what its state was and the digest of what it held."""

    path: str
    state: stamp.State
    digest: bytes


class _UnstableError(Exception):
    """What the run has seen may not be what is there now."""


def keep(index: Index, found: Found, report: Report, started: int) -> None:
    """Leave a stamp, unless the one that is there still holds or the run is not one to rely on; ``started`` is its begin by the clock."""
    request, key = index.request, index.last_key
    name = stamp.NAME if request.noqa else stamp.FLAKE8
    if key is None or not _is_usual(request, report, index, found) or stamp.key_of(str(request.root), name) == key:
        return
    try:
        sections = {**_inputs(request, found, started), **_files(index, report), **_folders(str(request.root), found, started)}
    except (_UnstableError, OSError):
        return
    day = time.strftime("%Y-%m-%d", time.gmtime(started // 1_000_000_000))
    about = (key, str(request.root), _policy_name(request), day, stamp.checkout(str(request.root)), policy_key(request))
    tables = _tables(index)
    if stamp.split(stamp.joined(about)) == list(about) and tables is not None:
        index.keep_stamp(name, stamp.encode({"about": stamp.joined(about), **sections, **tables}))


def _is_usual(request: Request, report: Report, index: Index, found: Found) -> bool:
    """Tell whether a run looked at the whole project and nothing else, as it lies on the disk today."""
    is_plain = request.fold and request.prefilter and request.as_of is None and not request.sources
    is_inside = all(finding.path in index.files for finding in report.findings)  # not in the policy, which every run reports
    is_whole = len(index.files) == len(found.files) and not found.problems
    return is_plain and is_inside and is_whole and request.cache == request.root / stamp.CACHE and os.sep == "/"


def _policy_name(request: Request) -> str:
    if request.policy.path is not None:
        return str(request.policy.path)
    try:
        return stamp.ISOLATED if policies.find(request.root, env={}) else ""
    except policies.PolicyError:
        return stamp.ISOLATED


def _inputs(request: Request, found: Found, started: int) -> Sections:
    """Take down the files that decide what is looked at and how; those that are not there may come."""
    root = str(request.root)
    contents = {path: _content(path) for path in _policies(request)}
    _hold_in_force(request, {path: data for path, (_, data) in contents.items()})
    for path in _ignores(root, found):
        contents[path] = _content(path)
        if max(contents[path][0][1:3]) > started - RACY_NS:
            raise _UnstableError
    rows = [
        _Row(path, state if max(state[1:3]) <= time.time_ns() - RACY_NS else stamp.UNSURE, b"" if data is None else stamp.digest(data))
        for path, (state, data) in contents.items()
    ]
    return _sections(rows, "inputs", "input_states", "input_digests")


def _policies(request: Request) -> Iterable[str]:
    own = (request.root / policies.OWN, request.root / policies.PYPROJECT)
    return dict.fromkeys(str(path) for path in (*request.policy.files, *own))


def _content(path: str) -> tuple[stamp.State, bytes | None]:
    try:
        status = os.stat(path)  # before it is read: what changes in between has another state
        if not stat.S_ISREG(status.st_mode):
            raise _UnstableError
        state = stamp.state_of(status)
        with open(path, "rb", buffering=0) as stream:
            return state, stream.read()
    except FileNotFoundError:
        return stamp.ABSENT, None


def _hold_in_force(request: Request, contents: dict[str, bytes | None]) -> None:
    """Make sure that the run was one under the policy as it is now."""
    policy, root = request.policy, request.root
    if request.python != lowest_python(root):
        raise _UnstableError
    if policy.path is None:
        return
    try:
        text = contents[str(policy.path)]
        now = policies.loads(text or b"", policy.path, read=lambda path: contents.get(str(path)) or b"", root=root)
        if policy.path.parent != root or policies.find(root, env={}) != policy.path or now.digest != policy.digest:
            raise _UnstableError
    except policies.PolicyError:
        raise _UnstableError from None


def _ignores(root: str, found: Found) -> Iterable[str]:
    """Yield the places of the ``.gitignore`` files in the folders that were looked into, and above the root."""
    for listing in found.folders.values():
        if listing.gitignore:
            yield listing.gitignore
    top = stamp.checkout(root)
    while top and root != top:
        root = os.path.dirname(root)
        yield f"{root}/{stamp.GITIGNORE}"


def _files(index: Index, report: Report) -> Sections:
    read = index.reach.lowered | {problem.path for problem in report.problems}
    found = {finding.path for finding in report.findings}
    loud, near = found | {problem.path for problem in report.problems}, index.related(found)
    rows: list[_Row] = []
    flags = bytearray()
    for path in sorted(index.files):
        entry = index.entries.get(path)
        if entry is None:
            raise _UnstableError
        rows.append(_Row(path, stamp.UNSURE if entry[7] or entry[3] >= INODES else entry[:4], bytes.fromhex(entry[4])))
        is_read = path in read or path in found or entry[5] or entry[6]
        flags.append(is_read * stamp.READ + (path in loud) * stamp.LOUD + (path in near) * stamp.NEAR)
    return {**_sections(rows, "paths", "states", "digests"), "flags": bytes(flags)}


def _folders(root: str, found: Found, started: int) -> Sections:
    rows: list[_Row] = []
    for prefix, listing in found.folders.items():
        state = stamp.state_of(os.stat(f"{root}/{prefix}"))
        marks = listing.marks()
        # what lies there may have changed since it was listed, or may become a file without a trace in the folder
        is_sure = max(state[1:3]) <= started - RACY_NS and state[3] < INODES and not any(mark[0] == stamp.BROKEN for mark in marks)
        rows.append(_Row(prefix, state if is_sure else stamp.UNSURE, stamp.outline(marks)))
    return _sections(rows, "folders", "folder_states", "folder_digests")


def _sections(rows: list[_Row], names: str, states: str, digests: str) -> Sections:
    numbers = array("q", [number for row in rows for number in row.state])
    contents = b"".join(row.digest.ljust(stamp.WIDTH, b"\0") for row in rows)
    return {names: stamp.joined(row.path for row in rows), states: numbers.tobytes(), digests: contents}


def _tables(index: Index) -> Sections | None:
    """Take down what makes a file matter; ``None`` where some name holds what the tables are put together with."""
    reach, needles = index.reach, needles_of(index.request.policy)
    words = {*OURS, *needles.words, *(word for table in (HOSTS, WORDS) for known in table.values() for word in known)}
    tables: dict[str, list[tuple[bytes, ...]]] = {
        "imports": [tuple(sorted({token for known in TOKENS.values() for token in known}))],
        "words": [tuple(sorted(words))],
        "groups": list(needles.groups),
        "segments": [(word, *sorted(names)) for word, names in reach.segments.items()],
        "forms": [(os.fsencode(folder), *sorted(names)) for folder, names in reach.forms.items()],
        "fixtures": [(os.fsencode(folder), *sorted(names)) for folder, names in reach.fixtures.items()],
    }
    is_clean = not any(b"\0" in word or b"\1" in word for rows in tables.values() for row in rows for word in row)
    return {name: stamp.tabled(rows) for name, rows in tables.items()} if is_clean else None
