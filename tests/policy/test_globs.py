"""Globs of a policy file."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cost_lib.globs import GlobSet, rebase, split_glob


def matches(pattern: str, path: str) -> bool:
    return GlobSet((pattern,), folder="/top/repo", root="/top/repo").matches(path)


@pytest.mark.parametrize(
    ("pattern", "path"),
    [
        ("src/gateway/**", "src/gateway/a.py"),
        ("src/gateway/**", "src/gateway/deep/er/a.py"),
        ("src/gateway/**", "src/gateway"),
        ("src/gateway", "src/gateway/a.py"),
        ("src/gateway/", "src/gateway/a.py"),
        ("./src//gateway/.", "src/gateway/a.py"),
        ("src/x/../gateway", "src/gateway/a.py"),
        ("src/*/", "src/a/b/c.py"),
        ("scripts/migrate.py", "scripts/migrate.py"),
        ("**", "a.py"),
        (".", "deep/a.py"),
        ("**/conftest.py", "conftest.py"),
        ("**/conftest.py", "a/b/conftest.py"),
        ("**/**/a.py", "a.py"),
        ("a/**/b.py", "a/b.py"),
        ("a/**/b.py", "a/x/y/b.py"),
        ("*.py", "a.py"),
        ("test_*.py", "test_.py"),
        ("a?c.py", "abc.py"),
        ("*a*b*c*", "xaxxbabcx"),
        ("*ab*ab", "abab"),
        ("[ab]x", "bx"),
        ("[a-c]x", "bx"),
        ("[!a-c]x", "dx"),
        ("[]]x", "]x"),
        ("[!]]x", "ax"),
        ("[a-]x", "-x"),
        ("[-a]x", "-x"),
        ("[[]x", "[x"),
        ("[^a]x", "^x"),
        ("a.b+(c)", "a.b+(c)"),
        ("../shared/**", "../shared/a.py"),
        ("..", "../a.py"),
        ("..", "a.py"),
        ("../repo/*.py", "a.py"),
        ("**", ""),
        ("**", "..a.py"),
        ("*", "line\nbreak.py"),
        ("**/{{cookiecutter.name}}/**", "x/{{cookiecutter.name}}/a.py"),
    ],
)
def test_pattern_means_path(pattern: str, path: str) -> None:
    assert matches(pattern, path)


@pytest.mark.parametrize(
    ("pattern", "path"),
    [
        ("src/gateway/**", "src/gateway.py"),
        ("src/gateway/**", "src/gateways/a.py"),
        ("src/gateway/**", "x/src/gateway/a.py"),
        ("src/*", "src/a/b.py"),
        ("*.py", "a/b.py"),
        ("conftest.py", "a/conftest.py"),
        ("a?c", "a/c"),
        ("*ab*ab", "xab"),
        ("a*", "b"),
        ("a[!b]c", "a/c"),
        ("a[+-0]c", "a/c"),
        ("[!a-c]x", "bx"),
        ("a.py", "a_py"),
        ("a.py", "A.py"),
        ("**", "../a.py"),
        ("**/a.py", "../a.py"),
        ("../other/**", "a.py"),
        ("../**", "../../a.py"),
        ("a/**/b.py", "a/xb.py"),
    ],
)
def test_pattern_does_not_mean_path(pattern: str, path: str) -> None:
    assert not matches(pattern, path)


@pytest.mark.parametrize(
    ("pattern", "reason"),
    [
        ("", "it is empty"),
        ("  ", "it is empty"),
        ("/src", "it must be relative to the folder of the policy file"),
        ("a\\b", "write forward slashes"),
        ("!a", "negation with ! is not supported"),
        ("a**", '"**" must stand alone between slashes'),
        ("***", '"**" must stand alone between slashes'),
        ("[a", '"[" is never closed'),
        ("[!]", '"[" is never closed'),
        ("[a/b]", '"[" is never closed'),
        ("[z-a]", 'the range "z-a" is empty'),
        ("*/../a", '".." cannot follow a wildcard'),
    ],
)
def test_bad_pattern_is_refused_with_its_reason(pattern: str, reason: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(reason)}$"):
        split_glob(pattern)


def test_many_stars_are_matched_without_going_back() -> None:
    assert not matches("*a" * 40 + "*b", "a" * 200)


def test_no_patterns_mean_nothing() -> None:
    assert not GlobSet(()).matches("a.py")


def test_patterns_are_relative_to_the_folder_that_holds_them() -> None:
    globs = GlobSet(("services/a/**",), folder="/repo", root="/repo/services/a")
    assert globs.matches("b.py")
    assert not globs.matches("../b/c.py")


def test_patterns_of_a_folder_below_the_root_mean_what_is_in_it() -> None:
    globs = GlobSet(("*.py",), folder="/repo/policies", root="/repo")
    assert globs.matches("policies/a.py")
    assert not globs.matches("a.py")


def test_a_pattern_that_ends_above_the_new_root_leaves_nothing() -> None:
    assert rebase("src/*", folder="/repo", root="/repo/src/a/b") == ()


def test_absolute_path_is_taken_relative_to_the_folder() -> None:
    assert GlobSet(("src/**",), folder="/repo", root="/repo").matches("/repo/src/a.py")


SEGMENTS = st.sampled_from(["a", "b", "ab", "*", "?", "a*", "[ab]", "**", ".."])
FOLDERS = st.lists(st.sampled_from(["a", "b", "ab", "[ab]"]), max_size=3).map("/".join)
PATTERNS = st.lists(SEGMENTS, min_size=1, max_size=4).map("/".join)


def is_glob(pattern: str) -> bool:
    try:
        split_glob(pattern)
    except ValueError:
        return False
    return True


@example("*", "a", "", "a")
@example("..", "a", "", "a")
@example("..", "", "a", "a")
@given(PATTERNS.filter(is_glob), FOLDERS, FOLDERS, FOLDERS.filter(bool))
def test_rebased_patterns_mean_the_same_files_below_the_new_root(pattern: str, folder: str, root: str, path: str) -> None:
    folder, root = f"/top/mid/low/{folder}".rstrip("/"), f"/top/mid/low/{root}".rstrip("/")
    rebased = rebase(pattern, folder=folder, root=root)
    expected = GlobSet((pattern,), folder=folder, root=root).matches(path)
    assert expected == GlobSet(rebased, folder=root, root=root).matches(path)


@given(st.text(alphabet="ab*?[]!-^./\\{}", max_size=12), st.text(alphabet="ab/.]^-", max_size=8))
def test_any_text_is_a_glob_or_refused(pattern: str, path: str) -> None:
    if is_glob(pattern):
        assert GlobSet((pattern,)).matches(path) in (True, False)
