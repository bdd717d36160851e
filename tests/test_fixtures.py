"""Hold the analyzer to the annotated fixtures: every finding is announced, and everything announced is found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from shutil import copytree

import pytest

from cost_lib.policy import find, load
from lint_plugin.model import Request
from lint_plugin.pipeline import check
from tests.rules.annotations import Note, policy_of, read

TESTS = Path(__file__).parent
FILES = sorted(path for path in TESTS.glob("rules/*/*.py") if path.name != "__init__.py")
PROJECTS = sorted(path for path in TESTS.glob("projects/*/") if path.is_dir() and not path.name.startswith("_"))

Place = tuple[str, int, str]


def materialize(fixture: Path, root: Path) -> Path:
    """Lay a fixture out as a project of its own."""
    if fixture.is_dir():
        copytree(fixture, root, dirs_exist_ok=True)
        return root
    text = fixture.read_text(encoding="utf-8")
    (root / fixture.name).write_text(text, encoding="utf-8")
    if policy_of(text):
        (root / "costmark.toml").write_text(policy_of(text), encoding="utf-8")
    return root


def analyze(root: Path, paths: Sequence[Path]) -> list[Place]:
    """Return where the analyzer reports what; the one place that knows how it is called."""
    report = check(Request(root=root, policy=load(find(root, env={})), paths=tuple(paths)))
    assert report.problems == ()
    return [(finding.path, finding.line, finding.code) for finding in report.findings]


def places(notes: Sequence[Note], kind: str) -> set[Place]:
    """Return the places that carry a note of this kind."""
    return {(note.path, note.line, note.code) for note in notes if note.kind == kind}


@pytest.mark.parametrize("fixture", [*FILES, *PROJECTS], ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_findings_are_those_announced(fixture: Path, tmp_path: Path) -> None:
    root = materialize(fixture, tmp_path)
    notes = read(root)
    found = set(analyze(root, ()))
    wrong = {
        "not found": sorted(places(notes, "finds") - found),
        "found but not announced": sorted(found - places(notes, "finds") - places(notes, "missed")),
        "found although marked ok": sorted(found & places(notes, "ok")),
        "no longer missed: make it «finds»": sorted(found & places(notes, "missed")),
    }
    assert {} == {what: where for what, where in wrong.items() if where}


@pytest.mark.parametrize("project", PROJECTS, ids=lambda path: path.name)
def test_order_of_files_does_not_matter(project: Path, tmp_path: Path) -> None:
    root = materialize(project, tmp_path)
    files = sorted(root.rglob("*.py"))
    assert analyze(root, ()) == analyze(root, files) == analyze(root, files[::-1])


def test_suite_is_large_enough() -> None:
    kinds = Counter(note.kind for note in read(TESTS))
    assert 300 < kinds["finds"]
    assert 400 < kinds["ok"]


def test_every_fixture_announces_something() -> None:
    announced = {note.path for note in read(TESTS)}
    assert [] == [path.name for path in FILES if path.relative_to(TESTS).as_posix() not in announced]
