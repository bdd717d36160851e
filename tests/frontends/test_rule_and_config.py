"""``costmark rule`` and ``costmark config``."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from lint_plugin.frontends import cli
from lint_plugin.rules.registry import RULES, page
from tests.frontends.command import costmark, write

POLICY = """
required-tags = ["feature", "team"]

[paths."tools/**"]
required-tags = []
"""


def output(*arguments: str, capsys: pytest.CaptureFixture[str]) -> str:
    assert 0 == cli.main(arguments)
    return capsys.readouterr().out


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_rule_prints_its_page(rule: object, capsys: pytest.CaptureFixture[str]) -> None:
    code = str(getattr(rule, "code", ""))
    assert page(code).rstrip() + "\n" == output("rule", code, capsys=capsys)


def test_rule_is_found_by_name_and_in_lower_case(capsys: pytest.CaptureFixture[str]) -> None:
    assert output("rule", "CMK101", capsys=capsys) == output("rule", "raw-provider-call", capsys=capsys)
    assert output("rule", "CMK101", capsys=capsys) == output("rule", "cmk101", capsys=capsys)


def test_rule_without_a_code_lists_all(capsys: pytest.CaptureFixture[str]) -> None:
    assert [rule.code for rule in RULES] == [line.split()[0] for line in output("rule", capsys=capsys).splitlines()]


def test_rules_can_be_had_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    first = json.loads(output("rule", "--format", "json", capsys=capsys))[0]
    assert {"code", "name", "summary", "default", "fix", "page"} == first.keys()


def test_one_rule_can_be_had_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert "raw-provider-call" == json.loads(output("rule", "CMK101", "--format", "json", capsys=capsys))["name"]


def test_codes_are_what_flake8_accepts() -> None:
    assert [] == [rule.code for rule in RULES if not re.fullmatch("CMK[0-9]{3}", rule.code)]


def test_config_names_file_and_line_of_a_setting(tmp_path: Path) -> None:
    done = costmark("config", cwd=write(tmp_path, {"costmark.toml": POLICY}))
    assert 'required-tags = ["feature", "team"]  # costmark.toml:2' in done.out.splitlines()


def test_config_names_defaults(tmp_path: Path) -> None:
    done = costmark("config", cwd=write(tmp_path, {"costmark.toml": POLICY}))
    assert 'metering = "call"  # default' in done.out.splitlines()


def test_config_of_a_path_shows_what_holds_there(tmp_path: Path) -> None:
    done = costmark("config", "tools/x.py", cwd=write(tmp_path, {"costmark.toml": POLICY, "tools/x.py": ""}))
    assert "required-tags = []  # costmark.toml:5" in done.out.splitlines()


def test_config_without_a_policy_shows_defaults(tmp_path: Path) -> None:
    assert 'required-tags = ["feature"]  # default' in costmark("config", cwd=tmp_path).out.splitlines()


def test_exported_policy_is_read_back(tmp_path: Path) -> None:
    exported = costmark("config", "--export", cwd=write(tmp_path, {"costmark.toml": POLICY})).out
    again = costmark("config", "--export", cwd=write(tmp_path / "again", {"costmark.toml": exported}))
    assert (0, exported) == (again.code, again.out)


def test_config_of_a_missing_path_is_refused(tmp_path: Path) -> None:
    assert 2 == costmark("config", "no.py", cwd=tmp_path).code
