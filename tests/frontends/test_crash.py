"""An error of costmark itself ends in a short report and exit code 3."""

from __future__ import annotations

import subprocess
import sys

from tests.frontends.command import Done

SCRIPT = "from lint_plugin.frontends import crash; crash.install(); {}"


def run(statement: str, **env: str) -> Done:
    command = [sys.executable, "-c", SCRIPT.format(statement)]
    done = subprocess.run(command, capture_output=True, text=True, env=env, check=False)
    return Done(done.returncode, done.stdout, done.stderr)


def test_internal_error_has_an_exit_code_of_its_own() -> None:
    assert 3 == run("1 / 0").code


def test_internal_error_says_what_to_report() -> None:
    lines = run("1 / 0").err.splitlines()
    assert "costmark: internal error: ZeroDivisionError: division by zero" == lines[0]
    assert any("Python 3." in line for line in lines)


def test_traceback_is_shown_on_request_only() -> None:
    assert ("Traceback" in run("1 / 0").err, "Traceback" in run("1 / 0", COSTMARK_DEBUG="1").err) == (False, True)


def test_asking_to_leave_is_no_internal_error() -> None:
    assert Done(7, "", "") == run("raise SystemExit(7)")


def test_interruption_is_no_internal_error() -> None:
    assert Done(130, "", "") == run("raise KeyboardInterrupt")


def test_error_inside_the_analyzer_is_reported_by_the_command() -> None:
    broken = "import sys; from lint_plugin import pipeline; pipeline.check = None; from lint_plugin.__main__ import main; {}"
    done = run(broken.format("sys.argv = ['costmark', 'check', '--no-cache', sys.prefix + '/pyvenv.cfg']; sys.exit(main())"))
    assert 3 == done.code
    assert done.err.startswith("costmark: internal error: TypeError: ")


def test_interruption_while_the_program_starts_is_quiet() -> None:
    start = "import sys; from lint_plugin import __main__, fastpath; fastpath.nothing_to_find = {}; sys.exit(__main__.main())"
    interrupted = start.format("lambda _: (_ for _ in ()).throw(KeyboardInterrupt)")
    done = subprocess.run([sys.executable, "-c", interrupted], capture_output=True, text=True, check=False)
    assert (130, "") == (done.returncode, done.stderr)
