"""Hold every fix to pairs of before and after: one folder a rule, one project a folder.

A file under ``changes`` has a line ``# output`` with what it becomes behind it; one under ``stays`` must not change. The shapes are
those in which codemods of others went wrong.
"""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import pytest

from lint_plugin.fixing.model import Options
from lint_plugin.fixing.project import chooser
from lint_plugin.rules.base import Fix
from lint_plugin.rules.registry import RULES
from tests.fixing import fix, project

ROOT = Path(__file__).parent / "codemod"
FOLDERS = sorted(path.name for path in ROOT.iterdir() if (path / "changes").is_dir())
CHANGES = [f"{folder}/changes/{path.name}" for folder in FOLDERS for path in sorted((ROOT / folder / "changes").glob("*.py"))]
STAYS = [f"{folder}/stays/{path.name}" for folder in FOLDERS for path in sorted((ROOT / folder / "stays").glob("*.py"))]
OUTPUT = "# output\n"
SHAPES = {
    "aliased_import",
    "mixed_imports",
    "star_arguments",
    "argument_already_present",
    "trailing_comma",
    "multi_line_call",
    "comment_inside_the_call",
    "parenthesized_argument",
    "concatenated_string",
    "f_string",
    "assignment_target",
    "name_shadowed",
    "name_in_another_scope",
    "import_used_elsewhere",
    "definition_after_use",
    "empty_collection",
    "single_line_if",
    "operator_precedence",
    "block_left_empty",
}


class Done(NamedTuple):
    """What became of a folder."""

    after: dict[str, str]
    again: dict[str, str]
    standing: list[str]  # findings after the fix


def halves(name: str) -> tuple[str, str]:
    before, _, after = (ROOT / name).read_text(encoding="utf-8").partition(OUTPUT)
    return before, after


@cache
def done(folder: str) -> Done:
    """Fix a folder as one project, twice."""
    with TemporaryDirectory() as place:
        root = Path(place)
        shutil.copytree(ROOT / folder, root, dirs_exist_ok=True)
        for path in root.rglob("*.py"):
            path.write_text(path.read_text(encoding="utf-8").partition(OUTPUT)[0], encoding="utf-8")
        after, again = (_fixed(root) for _ in range(2))
        standing = [f"{finding.path}:{finding.line} {finding.code}" for finding in chooser((), (), Options())(project(root))]
    return Done(after, again, standing)


def _fixed(root: Path) -> dict[str, str]:
    fix(root)
    return {path.relative_to(root).as_posix(): path.read_text(encoding="utf-8") for path in root.rglob("*.py")}


@pytest.mark.parametrize("name", CHANGES)
def test_what_is_wrong_becomes_what_the_pair_says(name: str) -> None:
    folder, _, file = name.partition("/")
    assert halves(name)[1] == done(folder).after[file]


@pytest.mark.parametrize("name", CHANGES)
def test_the_output_compiles(name: str) -> None:
    assert compile(halves(name)[1], name, "exec") is not None


@pytest.mark.parametrize("name", STAYS)
def test_what_is_right_stays(name: str) -> None:
    folder, _, file = name.partition("/")
    assert (ROOT / name).read_text(encoding="utf-8") == done(folder).after[file]


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_second_run_changes_nothing(folder: str) -> None:
    assert done(folder).after == done(folder).again


@pytest.mark.parametrize("folder", FOLDERS)
def test_nothing_is_reported_of_what_was_fixed(folder: str) -> None:
    assert [] == done(folder).standing


@pytest.mark.parametrize("folder", FOLDERS)
@pytest.mark.parametrize("kind", ["changes", "stays"])
def test_every_fix_meets_every_shape(folder: str, kind: str) -> None:
    assert set() == SHAPES - {path.stem for path in (ROOT / folder / kind).glob("*.py")}


def test_every_rule_with_a_fix_has_its_pairs() -> None:
    assert sorted(rule.name.replace("-", "_") for rule in RULES if rule.fix is not Fix.NONE) == FOLDERS


def test_as_many_files_stay_as_change() -> None:
    assert len(STAYS) >= len(CHANGES)
