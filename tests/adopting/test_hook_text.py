"""An entry that is added to a pre-commit configuration keeps its text and takes on its style."""

from __future__ import annotations

import pytest
import yaml

from lint_plugin.adopting.hook_text import FILE, propose
from lint_plugin.adopting.model import ByHand, Kept, Origin, Proposal

OURS = Origin("costmark[lint]==1", "https://git.example.com/costmark", "v1")
WIDE = """\
# what runs
minimum_pre_commit_version: "3.0"
repos:
-   repo: https://example.com/a  # first
    rev: v1
    hooks:
    -   id: a
        args: [
            --x,
        ]

-   repo: local
    hooks:
    -   id: b
        name: b
        entry: |
            one
            two
        language: system

ci:
    skip: [b]
"""
TIGHT = "repos:\n- repo: https://example.com/a\n  rev: v1\n  hooks:\n  - id: a\n  - id: b\n"
COMMENTED = "repos:\n  - repo: https://example.com/a\n    rev: v1\n    hooks:\n      - id: a  # last\n  # - repo: off\n  #   rev: v2\n"
NO_END = "repos:\n  - repo: https://example.com/a\n    rev: v1\n    hooks:\n      - id: a"
STYLES = [WIDE, TIGHT, COMMENTED, NO_END]


def added(text: str) -> str:
    step = propose(text.encode(), OURS, "base.json")
    assert isinstance(step, Proposal)
    return step.after.decode()


@pytest.mark.parametrize("text", STYLES)
def test_an_entry_is_added_and_the_others_stay(text: str) -> None:
    before, after = yaml.safe_load(text), yaml.safe_load(added(text))
    assert before["repos"] == after["repos"][:-1]
    assert "https://git.example.com/costmark" == after["repos"][-1]["repo"]
    assert {**before, "repos": None} == {**after, "repos": None}


@pytest.mark.parametrize("text", STYLES)
def test_every_line_stays_as_it_was(text: str) -> None:
    rest = iter(added(text).splitlines())
    assert all(line in rest for line in text.splitlines())


def test_the_dashes_stand_where_the_others_do() -> None:
    assert "\n- repo: https://git.example.com/costmark\n  rev: v1\n  hooks:\n  - id: costmark\n" in added(TIGHT)


def test_a_blank_line_stands_between_entries_where_it_does_elsewhere() -> None:
    assert "        language: system\n\n- repo: https://git.example.com" in added(WIDE)


def test_an_empty_list_in_brackets_becomes_one_of_lines() -> None:
    assert [] == yaml.safe_load(added("repos: []  # none\n"))["repos"][:-1]


def test_a_list_in_brackets_is_left_to_people() -> None:
    step = propose(b"repos: [{repo: local, hooks: []}]\n", OURS, "")
    assert isinstance(step, ByHand)
    assert FILE in step.where


def test_a_hook_of_ours_is_kept() -> None:
    assert isinstance(propose(added(TIGHT).encode(), OURS, "base.json"), Kept)


def test_the_installed_costmark_is_used_where_none_is_hosted() -> None:
    step = propose(None, Origin("costmark[lint]==1"), "")
    assert isinstance(step, Proposal)
    (repo,) = yaml.safe_load(step.after)["repos"]
    assert ("local", ["costmark check", "costmark check"]) == (repo["repo"], [hook["entry"] for hook in repo["hooks"]])
