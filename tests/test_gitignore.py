"""What .gitignore ignores, held against git itself."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lint_plugin.gitignore import Ignore, is_ignored

NAMES = ["a", "b", "ab", "a.py", "b.py", "*", "a b", "-", "]", "#a", "!"]
PIECES = [
    "a",
    "b",
    "*",
    "**",
    "/",
    "?",
    "[ab]",
    "[!a]",
    "[^b]",
    "\\a",
    "\\*",
    ".py",
    " ",
    "!",
    "#",
    "[a-c]",
    "[]a]",
    "[[:alpha:]]",
    "\\",
    "[",
    "a/",
    "[b-a]",
]


def ignored_by_us(folder: Path, patterns: str) -> set[str]:
    chain = (Ignore(patterns),)
    found = set()
    for place in folder.rglob("*"):
        path = place.relative_to(folder)
        steps = [path, *path.parents][:-1]
        if any(is_ignored(chain, step.as_posix(), step.name, is_folder=(folder / step).is_dir()) for step in steps):
            found.add(path.as_posix())
    return found


def ignored_by_git(folder: Path, patterns: str) -> set[str]:
    (folder.parent / "patterns").write_text(patterns, encoding="utf-8")
    paths = "\0".join(place.relative_to(folder).as_posix() for place in folder.rglob("*"))
    git = ["git", "-c", f"core.excludesFile={folder.parent / 'patterns'}", "--git-dir", str(folder.parent / "git"), "--work-tree", "."]
    command = [*git, "check-ignore", "--no-index", "-z", "--stdin"]
    done = subprocess.run(command, cwd=folder, input=paths, capture_output=True, text=True, check=False)
    assert done.returncode < 2, done.stderr
    return {path for path in done.stdout.split("\0") if path}


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    top = tmp_path_factory.mktemp("ignore")
    subprocess.run(["git", "init", "-q", "--bare", str(top / "git")], check=True)
    folder = top / "tree"
    for first in NAMES[:6]:
        for second in NAMES:
            (folder / first / second / "ab").mkdir(parents=True)
            (folder / first / second / "a.py").touch()
        (folder / first / "c.py").touch()
    for name in NAMES[6:]:
        (folder / name).touch()
    return folder


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(st.sampled_from(PIECES), min_size=1, max_size=5).map("".join), min_size=1, max_size=4).map("\n".join))
def test_any_patterns_mean_what_they_mean_to_git(tree: Path, patterns: str) -> None:
    assert ignored_by_git(tree, patterns) == ignored_by_us(tree, patterns)


@pytest.mark.parametrize(
    "patterns",
    [
        "*\n!*/\n!*.py",
        "/*\n!/a/",
        "a/**\n!a/b/",
        "a/\n!a/b/a.py",
        "**/b",
        "a/**/ab",
        "*.py\n!a.py",
        "\ufeffa.py\r\n# comment\r\n\r\nb/  \r\n",
        "a\\ ",
        "a b  ",
        "\\#a\n\\!",
        "[[:alpha:]].py",
        "[",
        "b\\",
    ],
)
def test_known_shapes_mean_what_they_mean_to_git(tree: Path, patterns: str) -> None:
    assert ignored_by_git(tree, patterns) == ignored_by_us(tree, patterns)


def test_the_nearest_file_decides() -> None:
    chain = (Ignore("!keep.py", "app/"), Ignore("*.py"))
    assert not is_ignored(chain, "app/keep.py", "keep.py", is_folder=False)
    assert is_ignored(chain, "app/other.py", "other.py", is_folder=False)


def test_patterns_of_a_folder_above_the_root_count() -> None:
    chain = (Ignore("/services/api/gen/", above="services/api/"),)
    assert is_ignored(chain, "gen", "gen", is_folder=True)


def test_no_pattern_is_slow() -> None:
    assert not Ignore("*a" * 40 + "b").verdict("a" * 200, "a" * 200, is_folder=False)
