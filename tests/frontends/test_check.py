"""``costmark check`` as a person runs it."""

from __future__ import annotations

import json
import os
import pty
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.frontends.command import BIN, CLEAN, NESTED, RAW, TAGGED, Done, costmark, write


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return write(tmp_path, {"costmark.toml": "", "app/raw.py": RAW, "app/tagged.py": TAGGED, "app/clean.py": CLEAN})


def codes(done: Done) -> list[tuple[str, int, str]]:
    return [(finding["path"], finding["line"], finding["code"]) for finding in json.loads(done.out)]


def test_finding_makes_the_exit_code_one(project: Path) -> None:
    done = costmark("check", cwd=project)
    assert 1 == done.code
    assert done.out.startswith("app/raw.py:4:25: CMK101 ")


def test_clean_file_makes_the_exit_code_zero(project: Path) -> None:
    assert Done(0, "No findings.\n", "") == costmark("check", "app/clean.py", cwd=project)


def test_tagged_file_makes_the_exit_code_zero(project: Path) -> None:
    assert Done(0, "No findings.\n", "") == costmark("check", "app/tagged.py", cwd=project)


def test_without_paths_the_working_directory_is_checked(project: Path) -> None:
    write(project, {"other/raw.py": RAW})
    assert [("other/raw.py", 4, "CMK101")] == codes(costmark("check", "--format", "json", cwd=project / "other"))


def test_json_paths_are_relative_to_the_project_wherever_it_is_run(project: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    assert [("app/raw.py", 4, "CMK101")] == codes(costmark("check", "--format", "json", str(project), cwd=elsewhere))


@pytest.mark.parametrize("arguments", [("--select", "CMK2"), ("--ignore", "CMK101"), ("--select", "CMK1", "--ignore", "CMK10")])
def test_select_and_ignore_narrow(project: Path, arguments: tuple[str, ...]) -> None:
    assert 0 == costmark("check", *arguments, cwd=project).code


@pytest.mark.parametrize("arguments", [("--select", "CMK1"), ("--select", "CMK101,CMK201"), ("--ignore", "CMK2")])
def test_select_and_ignore_keep_the_rest(project: Path, arguments: tuple[str, ...]) -> None:
    assert 1 == costmark("check", *arguments, cwd=project).code


def test_select_does_not_turn_on_what_policy_leaves_off(project: Path) -> None:
    write(project, {"app/raw.py": "def f(x):\n    x.chat.completions.create(model='gpt-4o')\n"})
    assert 0 == costmark("check", "--select", "CMK105", cwd=project).code


def test_isolated_ignores_the_policy(project: Path) -> None:
    write(project, {"costmark.toml": 'disable = ["CMK101"]\n'})
    assert (0, 1) == (costmark("check", cwd=project).code, costmark("check", "--isolated", cwd=project).code)


def test_standard_input_stands_in_for_the_file(project: Path) -> None:
    done = costmark("check", "--format", "json", "--stdin-filename", "app/clean.py", cwd=project, stdin=RAW)
    assert [("app/clean.py", 4, "CMK101")] == codes(done)


def test_standard_input_of_a_new_file_is_checked(project: Path) -> None:
    done = costmark("check", "--stdin-filename", "app/new.py", cwd=project, stdin=RAW)
    assert "4 | client.chat.completions.create(" in done.out


def test_standard_input_can_be_clean_where_the_file_is_not(project: Path) -> None:
    assert 0 == costmark("check", "--stdin-filename", "app/raw.py", cwd=project, stdin=CLEAN).code


def test_output_file_is_written_instead_of_standard_output(project: Path) -> None:
    done = costmark("check", "--format", "jsonl", "--output-file", "out.jsonl", cwd=project)
    assert (1, "") == (done.code, done.out)
    assert "CMK101" == json.loads((project / "out.jsonl").read_text())["code"]


def test_output_file_in_a_missing_folder_is_one_sentence(project: Path) -> None:
    done = costmark("check", "--output-file", "no/out.txt", cwd=project)
    assert Done(2, "", "costmark: --output-file no/out.txt: No such file or directory\n") == done


def test_statistics_of_a_machine_format_go_to_standard_error(project: Path) -> None:
    done = costmark("check", "--format", "json", "--statistics", cwd=project)
    assert [("app/raw.py", 4, "CMK101")] == codes(done)
    assert "     1 CMK101 raw-provider-call\n" in done.err


def test_file_that_cannot_be_parsed_is_named_and_fails(project: Path) -> None:
    write(project, {"app/broken.py": "import openai\ndef f(:\n"})
    done = costmark("check", "app/broken.py", cwd=project)
    assert 1 == done.code
    assert done.err.startswith("costmark: app/broken.py:2: not analyzed: ")


def test_broken_file_that_has_nothing_to_do_with_models_is_passed_over(project: Path) -> None:
    write(project, {"app/broken.py": "def f(:\n"})
    assert 0 == costmark("check", "app/broken.py", cwd=project).code


def test_cache_is_not_written_without_one(project: Path) -> None:
    before = sorted(project.rglob("*"))
    costmark("check", "--no-cache", cwd=project)
    assert before == sorted(project.rglob("*"))


def test_two_projects_in_one_call_keep_their_own_policies(tmp_path: Path) -> None:
    write(tmp_path, {"one/costmark.toml": 'disable = ["CMK101"]', "one/raw.py": RAW, "two/costmark.toml": "", "two/raw.py": RAW})
    assert [("two/raw.py", 4, "CMK101")] == codes(costmark("check", "--format", "json", "one", "two", cwd=tmp_path))


def test_reader_that_stops_reading_is_no_error(project: Path) -> None:
    write(project, {f"app/raw{number}.py": RAW * 30 for number in range(40)})
    script = f"set -o pipefail; '{BIN / 'costmark'}' check --no-cache | head -n 1; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", script], cwd=project, capture_output=True, text=True, check=False)
    assert (1, "") == (done.returncode, done.stderr)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no device that is always full")
def test_output_that_cannot_be_written_is_one_sentence(project: Path) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run([BIN / "costmark", "check"], cwd=project, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert (2, "costmark: the output cannot be written: No space left on device\n") == (done.returncode, done.stderr)


def test_closed_standard_output_is_no_crash(project: Path) -> None:
    done = subprocess.run(["sh", "-c", f"'{BIN / 'costmark'}' check >&-"], cwd=project, capture_output=True, text=True, check=False)
    assert (1, "") == (done.returncode, done.stderr)


def test_output_that_the_terminal_cannot_encode_is_escaped(project: Path) -> None:
    write(project, {"app/raw.py": RAW.replace("messages=[]", "messages='漢'")})
    done = costmark("check", cwd=project, env={"PYTHONIOENCODING": "ascii"})
    assert (1, "") == (done.code, done.err)
    assert "\\u6f22" in done.out


def test_module_can_be_run_like_the_command(project: Path) -> None:
    done = subprocess.run([sys.executable, "-m", "lint_plugin", "check"], cwd=project, capture_output=True, text=True, check=False)
    assert costmark("check", cwd=project).out == done.stdout


def test_project_code_is_never_run(project: Path) -> None:
    write(project, {"app/raw.py": f"import openai\nopen({str(project / 'ran')!r}, 'w')\n", "sitecustomize.py": "raise SystemExit(9)"})
    assert 0 == costmark("check", cwd=project).code
    assert not (project / "ran").exists()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_unreadable_file_is_named(project: Path) -> None:
    (project / "app" / "raw.py").chmod(0)
    assert "app/raw.py" in costmark("check", cwd=project).err


FOUND = [("lax/new/app.py", 4, "CMK101"), ("plain/app.py", 4, "CMK101"), ("strict/app.py", 5, "CMK201")]


def test_nearest_policy_of_each_file_counts(tmp_path: Path) -> None:
    assert FOUND == codes(costmark("check", "--format", "json", cwd=write(tmp_path, NESTED)))


def test_named_files_are_judged_by_their_nearest_policy(tmp_path: Path) -> None:
    write(tmp_path, NESTED)
    files = [name for name in NESTED if name.endswith(".py")]
    assert FOUND == codes(costmark("check", "--format", "json", *files, cwd=tmp_path))


def test_excluded_project_can_be_checked_from_inside(tmp_path: Path) -> None:
    write(tmp_path, NESTED)
    assert [("app.py", 4, "CMK101")] == codes(costmark("check", "--format", "json", cwd=tmp_path / "vendor"))


def test_policy_named_by_the_environment_counts_for_all(tmp_path: Path) -> None:
    write(tmp_path, NESTED | {"ci/costmark.toml": 'allow-raw = ["../lax/**"]\n'})
    found = codes(costmark("check", "--format", "json", cwd=tmp_path, env={"COSTMARK_POLICY": "ci/costmark.toml"}))
    assert [("plain/app.py", 4, "CMK101"), ("vendor/app.py", 4, "CMK101")] == found


EXCEPTION = """
[[exceptions]]
rule = "CMK101"
path = "app/raw.py"
owner = "data"
reason = "one-off"
expires = 2027-01-31
"""


def test_exception_holds_until_its_day(project: Path) -> None:
    write(project, {"costmark.toml": EXCEPTION})
    assert [] == codes(costmark("check", "--format", "json", "--select", "CMK1,CMK9", "--as-of", "2027-01-31", cwd=project))


def test_expired_exception_is_a_finding(project: Path) -> None:
    write(project, {"costmark.toml": EXCEPTION})
    found = codes(costmark("check", "--format", "json", "--select", "CMK1,CMK9", "--as-of", "2027-02-01", cwd=project))
    assert ["CMK101", "CMK902"] == sorted(code for _, _, code in found)


def test_warning_does_not_fail(project: Path) -> None:
    write(project, {"app/raw.py": TAGGED.replace("gpt-4o-mini", "gpt-99-imaginary")})
    done = costmark("check", cwd=project)
    assert 0 == done.code
    assert "CMK301 warning: " in done.out
    assert done.out.endswith("1 finding in 1 file, 1 of them a warning.\n")


@pytest.mark.parametrize("comment", ["noqa: CMK101", "costmark: allow[CMK101] billed elsewhere"])
def test_comment_silences_unless_policy_forbids_it(project: Path, comment: str) -> None:
    write(project, {"app/raw.py": f"{RAW.rstrip()}  # {comment}\n"})
    assert 0 == costmark("check", cwd=project).code
    write(project, {"costmark.toml": 'no-inline = ["CMK101"]\n'})
    assert 1 == costmark("check", cwd=project).code


def on_terminal(project: Path, **env: str) -> str:
    """Run a check that believes to write to a terminal."""
    reader, terminal = pty.openpty()
    environment = {**os.environ, "TERM": "xterm", **env}
    subprocess.run([BIN / "costmark", "check"], cwd=project, stdout=terminal, stderr=terminal, env=environment, check=False)
    os.close(terminal)
    shown = os.read(reader, 100_000).decode()
    os.close(reader)
    return shown


def test_colours_are_shown_on_a_terminal_only(project: Path) -> None:
    assert "\x1b[1;31mCMK101" in on_terminal(project)
    assert "\x1b" not in costmark("check", cwd=project).out


@pytest.mark.parametrize("env", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_colours_can_be_refused(project: Path, env: dict[str, str]) -> None:
    assert "\x1b" not in on_terminal(project, **env)


@pytest.mark.parametrize("arguments", ["--help", "check --help", "--version", "prices show gpt-4o-mini", "rule CMK101"])
def test_reader_that_has_gone_already_is_no_error(arguments: str, tmp_path: Path) -> None:
    script = f"'{BIN / 'costmark'}' {arguments} | true; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", script], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (0, "") == (done.returncode, done.stderr)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no device that is always full")
@pytest.mark.parametrize("arguments", [["--help"], ["prices", "show", "gpt-4o-mini"], ["rule"]])
def test_page_that_cannot_be_written_is_one_sentence(arguments: list[str], tmp_path: Path) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run([BIN / "costmark", *arguments], cwd=tmp_path, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert (2, "costmark: the output cannot be written: No space left on device\n") == (done.returncode, done.stderr)


def test_pipe_is_written_to_and_stays_one(project: Path) -> None:
    os.mkfifo(project / "pipe")
    with subprocess.Popen(["cat", "pipe"], cwd=project, stdout=subprocess.PIPE, text=True) as reader:
        assert 1 == costmark("check", "--output-file", "pipe", cwd=project).code
        assert (reader.communicate()[0] or "").startswith("app/raw.py:4:25: CMK101 ")
    assert (project / "pipe").is_fifo()


def test_link_to_the_output_file_stays_one(project: Path) -> None:
    (project / "latest").symlink_to("report.txt")
    costmark("check", "--output-file", "latest", cwd=project)
    assert (project / "latest").is_symlink()
    assert (project / "report.txt").read_text(encoding="utf-8").startswith("app/raw.py:4:25: CMK101 ")


def test_baseline_never_takes_the_place_of_what_is_no_file(project: Path) -> None:
    os.mknod(project / "socket", stat.S_IFSOCK | 0o600)
    done = costmark("check", "--baseline", "socket", "--write-baseline", cwd=project)
    assert (2, "costmark: socket: the baseline cannot be written: it is no file; name another one with --baseline\n") == (
        done.code,
        done.err,
    )
