"""Every rule is registered once, documented under fixed headings, and its page is up to date."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from lint_plugin.rules.base import Default, Rule
from lint_plugin.rules.registry import CHECKS, RULES, codes, find, page
from tests.rule_examples import blocks, sections

ROOT = Path(__file__).resolve().parent.parent
SHARED = {"__init__", "base", "registry", "sites", "wording"}
HEADINGS = ["What it does", "Why is this bad", "Known problems", "Example", "Use instead", "Options", "Fix safety", "References"]
OPTIONAL = {"Known problems", "Options", "References"}
MADE_BY_COMMENTS = {"CMK901", "CMK902"}

every_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)


def test_every_module_is_registered_under_its_name() -> None:
    modules = {path.stem for path in (ROOT / "lint_plugin" / "rules").glob("*.py")} - SHARED
    assert modules == {rule.name.replace("-", "_") for rule in RULES}


def test_rules_stand_in_the_order_of_their_codes() -> None:
    assert sorted({rule.code for rule in RULES}) == [rule.code for rule in RULES]


def test_every_rule_looks_at_something_or_at_comments() -> None:
    checked = [rule.code for checks in CHECKS.values() for rule, _ in checks]
    assert sorted(checked) == sorted(codes() - MADE_BY_COMMENTS)


def test_rules_are_found_by_their_code() -> None:
    assert ["CMK101", None] == [rule and rule.code for rule in (find("CMK101"), find("CMK000"))]


def test_rules_that_guess_are_off() -> None:
    off = {rule.code for rule in RULES if rule.default is Default.OFF}
    assert {"CMK104", "CMK105", "CMK204", "CMK205", "CMK302", "CMK902"} == off
    assert ["CMK301"] == [rule.code for rule in RULES if rule.default is Default.WARNING]


@every_rule
def test_a_page_has_the_fixed_headings_in_their_order(rule: Rule) -> None:
    found = list(sections(page(rule.code)))
    assert [heading for heading in HEADINGS if heading in found or heading not in OPTIONAL] == found


@every_rule
def test_a_page_begins_with_code_and_name(rule: Rule) -> None:
    assert f"# {rule.code} {rule.name}" == page(rule.code).splitlines()[0]


@every_rule
def test_no_section_is_empty(rule: Rule) -> None:
    assert [] == [heading for heading, text in sections(page(rule.code)).items() if not text.strip()]


@every_rule
def test_examples_are_python(rule: Rule) -> None:
    for heading in ("Example", "Use instead"):
        examples = blocks(page(rule.code), heading)
        assert examples
        assert all(ast.parse(example).body for example in examples)


@every_rule
def test_a_rule_that_is_off_says_how_to_turn_it_on(rule: Rule) -> None:
    assert (rule.default is Default.OFF) == (f'`enable = ["{rule.code}"]`' in page(rule.code))


@every_rule
def test_the_written_page_is_that_of_the_rule(rule: Rule) -> None:
    assert page(rule.code) == (ROOT / "docs" / "rules" / f"{rule.code}.md").read_text(encoding="utf-8")


def test_pages_name_only_rules_that_there_are() -> None:
    named = {code for rule in RULES for code in re.findall(r"CMK\d{3}", page(rule.code))}
    assert set() == named - codes()
