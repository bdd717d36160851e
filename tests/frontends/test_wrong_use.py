"""Wrong use is one clear sentence and exit code 2."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from lint_plugin.frontends import cli
from tests.frontends.command import BIN, RAW, costmark, write

ALONE = "costmark: {}\n"
WITH_HINT = "costmark: {}\nTry 'costmark check --help'.\n"


@pytest.fixture
def _project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, {"costmark.toml": "", "app.py": RAW})
    monkeypatch.chdir(tmp_path)


@pytest.mark.usefixtures("_project")
@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["no.py"], "no.py: no such file or folder"),
        (["--select", "CMK1O1"], "--select CMK1O1: no such rule (did you mean CMK101?); 'costmark rule' lists them"),
        (["--ignore", "E501"], "--ignore E501: no such rule; 'costmark rule' lists them"),
        (["--isolated", "--policy-from", "main"], "--isolated ignores every policy, --policy-from names one: give one of them"),
        (
            ["--write-baseline", "--since", "main"],
            "--write-baseline accepts the whole project, --since looks at a change: give one of them",
        ),
        (["--stdin-filename", "a.py", "app.py"], "--stdin-filename checks standard input alone: leave out the paths"),
    ],
)
def test_arguments_that_make_no_sense_are_refused(arguments: list[str], sentence: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert 2 == cli.main(["check", *arguments])
    assert ("", ALONE.format(sentence)) == capsys.readouterr()


@pytest.mark.usefixtures("_project")
@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--formt", "json"], "--format"),
        (["--format", "xml"], "'text', 'concise', 'json', 'jsonl', 'sarif', 'github', 'markdown'"),
        (["--as-of", "tomorrow"], "'tomorrow'"),
    ],
)
def test_mistyped_option_names_what_would_fit(arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert 2 == cli.main(["check", *arguments])
    first, second = capsys.readouterr().err.splitlines()
    assert words in first
    assert "Try 'costmark check --help'." == second


@pytest.mark.parametrize(
    ("policy", "sentence"),
    [
        ('requird-tags = ["team"]\n', "costmark.toml:1: "),
        ('\nrequired-tags = "team"\n', "costmark.toml:2: "),
        ('enable = ["CMK999"]\n', "costmark.toml:1: "),
        ("[tags\n", "costmark.toml:1: "),
    ],
)
def test_broken_policy_is_named_with_its_line(policy: str, sentence: str, tmp_path: Path) -> None:
    done = costmark("check", cwd=write(tmp_path, {"costmark.toml": policy, "app.py": RAW}))
    assert (2, "", 1) == (done.code, done.out, len(done.err.splitlines()))
    assert done.err.startswith(f"costmark: {sentence}")


def test_unknown_policy_key_brings_a_suggestion(tmp_path: Path) -> None:
    done = costmark("check", cwd=write(tmp_path, {"costmark.toml": 'requird-tags = ["team"]\n'}))
    assert "required-tags" in done.err


def test_two_policies_in_one_folder_are_refused(tmp_path: Path) -> None:
    done = costmark("check", cwd=write(tmp_path, {"costmark.toml": "", "pyproject.toml": "[tool.costmark]\n", "app.py": RAW}))
    assert (2, 1) == (done.code, len(done.err.splitlines()))


def test_unknown_subcommand_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert 2 == cli.main(["chekc"])
    assert "chekc" in capsys.readouterr().err


def test_unknown_rule_brings_a_suggestion(capsys: pytest.CaptureFixture[str]) -> None:
    assert 2 == cli.main(["rule", "raw-provider-cal"])
    expected = "raw-provider-cal: no such rule (did you mean raw-provider-call?); 'costmark rule' lists them"
    assert ("", ALONE.format(expected)) == capsys.readouterr()


@pytest.mark.parametrize("command", [(), ("prices",)])
def test_missing_command_is_answered_with_the_page_as_it_is_read(command: tuple[str, ...], tmp_path: Path) -> None:
    done = costmark(*command, cwd=tmp_path)
    page = costmark(*command, "--help", cwd=tmp_path).out
    assert page == done.out + done.err


@pytest.mark.parametrize("name", ["costmark.toml", "pyproject.toml", ".gitignore"])
def test_pipe_in_the_place_of_a_setting_is_not_waited_for(name: str, tmp_path: Path) -> None:
    write(tmp_path, {"app.py": RAW})
    os.mkfifo(tmp_path / name)
    command = [str(BIN / "costmark"), "check", "app.py", "."]
    assert 1 == subprocess.run(command, cwd=tmp_path, capture_output=True, timeout=30, check=False).returncode


@pytest.mark.parametrize(
    ("policy", "sentence"),
    [
        ('extend = "/dev/zero"\n', 'costmark.toml:1: "extend" = "/dev/zero" cannot be read: it is no file'),
        ("a" + ".a" * 100_000 + " = 1\n", "costmark.toml:1: nested too deeply"),
        ("#" * 4_000_001, "costmark.toml: cannot be read: it is longer than 4,000,000 bytes"),
    ],
)
def test_monstrous_policy_is_one_sentence(policy: str, sentence: str, tmp_path: Path) -> None:
    write(tmp_path, {"costmark.toml": policy})
    assert (2, ALONE.format(sentence)) == (costmark("check", cwd=tmp_path)[::2])
