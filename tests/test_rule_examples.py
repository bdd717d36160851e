"""Hold the pages to what they show: the example is reported, what to use instead is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from cost_lib.policy import find, load
from lint_plugin.model import Request
from lint_plugin.pipeline import check
from lint_plugin.rules.base import Fix, Rule
from lint_plugin.rules.registry import RULES, page
from tests.fixing import fixed
from tests.rule_examples import blocks
from tests.rules.annotations import policy_of

FIXED = [rule for rule in RULES if rule.fix is not Fix.NONE]
INSTEAD = [(rule, number) for rule in RULES for number in range(len(blocks(page(rule.code), "Use instead")))]


def reported(example: str, root: Path) -> list[str]:
    """Return the codes that are reported for an example and its policy."""
    (root / "example.py").write_text(example, encoding="utf-8")
    (root / "costmark.toml").write_text(policy_of(example), encoding="utf-8")
    report = check(Request(root=root, policy=load(find(root, env={}))))
    assert report.problems == ()
    return [finding.code for finding in report.findings]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_the_example_is_reported(rule: Rule, tmp_path: Path) -> None:
    (example,) = blocks(page(rule.code), "Example")
    assert [rule.code] == reported(example, tmp_path)


@pytest.mark.parametrize(("rule", "number"), INSTEAD, ids=lambda value: getattr(value, "code", str(value)))
def test_what_to_use_instead_is_not(rule: Rule, number: int, tmp_path: Path) -> None:
    assert [] == reported(blocks(page(rule.code), "Use instead")[number], tmp_path)


@pytest.mark.parametrize("rule", FIXED, ids=lambda rule: rule.code)
def test_the_fix_of_the_example_is_what_to_use_instead(rule: Rule, tmp_path: Path) -> None:
    (example,) = blocks(page(rule.code), "Example")
    instead = blocks(page(rule.code), "Use instead")[0]
    assert instead == fixed(tmp_path, "example.py", example, policy=policy_of(example), named=instead)
