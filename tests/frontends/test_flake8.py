"""The flake8 plugin, run by the real flake8."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.frontends.command import CLEAN, NESTED, RAW, Done, costmark, flake8, write

FACTORY = "from openai import OpenAI\n\n\ndef make() -> OpenAI:\n    return OpenAI()\n"
USER = "from app.clients import make\n\n\ndef ask():\n    return make().responses.create(model='gpt-4o-mini', input='x')\n"
WITHOUT_LIBCST = "import sys; sys.modules['libcst'] = None; from flake8.main.cli import main; raise SystemExit(main(sys.argv[1:]))"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    files = {"app/__init__.py": "", "app/clients.py": FACTORY, "app/user.py": USER, "app/raw.py": RAW, "app/clean.py": CLEAN}
    return write(tmp_path, {"costmark.toml": "", **files})


def rows(output: str) -> list[str]:
    return sorted(re.sub(r"^\./", "", line) for line in output.splitlines())


def test_findings_are_those_of_the_command(project: Path) -> None:
    expected = rows(costmark("check", "--format", "concise", cwd=project).out)
    assert 2 == len(expected)
    assert expected == rows(flake8("-j1", cwd=project).out.replace(" CMK", ": CMK").replace(":: CMK", ": CMK"))


def test_nearest_policy_of_each_file_counts(tmp_path: Path) -> None:
    write(tmp_path, NESTED)
    expected = rows(costmark("check", "--format", "concise", cwd=tmp_path).out)
    assert 3 == len(expected)
    assert expected == rows(flake8("-j2", cwd=tmp_path).out.replace(" CMK", ": CMK").replace(":: CMK", ": CMK"))


@pytest.mark.parametrize("jobs", ["-j1", "-j2"])
def test_cross_module_finding_is_reported_for_the_file_alone(project: Path, jobs: str) -> None:
    done = flake8(jobs, "app/user.py", "app/clean.py", cwd=project)
    assert (1, "app/user.py:5:29: CMK101") == (done.code, done.out[:24])


def test_workers_give_what_one_process_gives(project: Path) -> None:
    assert rows(flake8("-j1", cwd=project).out) == rows(flake8("-j2", cwd=project).out)


def test_findings_do_not_depend_on_the_folder_flake8_is_run_in(project: Path) -> None:
    assert flake8("user.py", cwd=project / "app").out.startswith("user.py:5:29: CMK101 ")


@pytest.mark.parametrize("comment", ["# noqa", "# noqa: CMK101", "# noqa:E501,CMK1"])
def test_noqa_silences(project: Path, comment: str) -> None:
    write(project, {"app/raw.py": RAW.rstrip() + f"  {comment}\n"})
    assert Done(0, "", "") == flake8("app/raw.py", cwd=project)


def test_noqa_of_another_code_does_not_silence(project: Path) -> None:
    write(project, {"app/raw.py": RAW.rstrip() + "  # noqa: E501\n"})
    assert 1 == flake8("app/raw.py", cwd=project).code


def test_allow_comment_silences(project: Path) -> None:
    write(project, {"app/raw.py": RAW.rstrip() + "  # costmark: allow[CMK101] the customer's own key\n"})
    assert Done(0, "", "") == flake8("app/raw.py", cwd=project)


def test_standard_input_is_checked(project: Path) -> None:
    assert flake8("-", cwd=project, stdin=RAW).out.startswith("stdin:4:25: CMK101 ")


def test_standard_input_stands_in_for_the_named_file(project: Path) -> None:
    shown = flake8("--stdin-display-name", "app/clean.py", "-", cwd=project, stdin=RAW)
    assert shown.out.startswith("app/clean.py:4:25: CMK101 ")
    assert Done(0, "", "") == flake8("--stdin-display-name", "app/raw.py", "-", cwd=project, stdin=CLEAN)


def test_standard_input_sees_the_other_modules(project: Path) -> None:
    done = flake8("--stdin-display-name", "app/clean.py", "-", cwd=project, stdin=USER)
    assert done.out.startswith("app/clean.py:5:29: CMK101 ")


def test_standard_input_without_a_name_reports_nothing_that_callers_decide(project: Path) -> None:
    helper = "from openai import OpenAI\n\n\ndef ask(llm: OpenAI, other=OpenAI()):\n"
    helper += "    llm.responses.create(input='x')\n    other.responses.create(input='x')\n"
    caller = "from cost_lib import tagged\nfrom app.helper import ask\nfrom openai import OpenAI\n\n"
    caller += "ask(tagged(OpenAI(), feature='a'), tagged(OpenAI(), feature='b'))\n"
    write(project, {"app/helper.py": helper, "app/caller.py": caller})
    assert Done(0, "", "") == flake8("app/helper.py", cwd=project)
    assert Done(0, "", "") == flake8("-", cwd=project, stdin=helper)
    assert Done(0, "", "") == flake8("--stdin-display-name", "app/helper.py", "-", cwd=project, stdin=helper)


def test_select_does_not_turn_on_what_policy_leaves_off(project: Path) -> None:
    write(project, {"app/guess.py": "import openai\n\n\ndef f(x):\n    x.chat.completions.create(model='gpt-4o')\n"})
    assert Done(0, "", "") == flake8("--select=CMK", "app/guess.py", cwd=project)


def test_policy_turns_rules_off(project: Path) -> None:
    write(project, {"costmark.toml": 'disable = ["CMK101"]\n'})
    assert Done(0, "", "") == flake8(cwd=project)


def test_ignore_narrows(project: Path) -> None:
    assert Done(0, "", "") == flake8("--extend-ignore=CMK101", cwd=project)


@pytest.mark.parametrize("jobs", ["-j1", "-j2"])
def test_broken_policy_is_one_clear_sentence(project: Path, jobs: str) -> None:
    write(project, {"costmark.toml": 'requird-tags = ["team"]\n'})
    done = flake8(jobs, "app/raw.py", "app/user.py", cwd=project)
    assert 1 == done.code
    assert "costmark: costmark.toml:1: " in done.out
    assert "Traceback" not in done.out + done.err


def test_file_of_another_encoding_is_checked_as_it_is_on_disk(project: Path) -> None:
    (project / "app" / "raw.py").write_bytes(f"# coding: latin-1\nx = 'ä'\n{RAW}".replace("\n", "\r\n").encode("latin-1"))
    assert flake8("app/raw.py", cwd=project).out.startswith("app/raw.py:6:25: CMK101 ")


def test_without_the_analyzer_flake8_works_and_says_so_once(project: Path) -> None:
    command = [sys.executable, "-c", WITHOUT_LIBCST, "--isolated", "-j2", "."]
    done = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
    assert 'costmark: libcst is not installed, no LLM call is checked; pip install "costmark[lint]"\n' == done.stderr
    assert "CMK" not in done.stdout


def test_codes_are_selected_by_default(project: Path) -> None:
    write(project, {"setup.cfg": "[flake8]\nmax-line-length = 200\n"})
    done = subprocess.run([sys.executable, "-m", "flake8", "app/raw.py"], cwd=project, capture_output=True, text=True, check=False)
    assert "CMK101" in done.stdout
