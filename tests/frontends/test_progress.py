"""A long run says on a terminal how far it is, and nowhere else."""

from __future__ import annotations

import io
import os
import pty
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from lint_plugin.frontends.progress import CLEAR, Progress

SLOW = "import lint_plugin.frontends.progress as p; p.AFTER = 0; from lint_plugin.__main__ import main; raise SystemExit(main())"
RAW = "from openai import OpenAI\n\nOpenAI().responses.create(model='gpt-4o', input='x')\n"


def shown(times: Iterator[float], *paths: str) -> str:
    """Return what stands on the terminal after files were parsed at these times."""
    stream = io.StringIO()
    watcher = Progress(stream, lambda: next(times))
    for path in paths:
        watcher(path)
    watcher.clear()
    return stream.getvalue()


def test_a_short_run_shows_nothing() -> None:
    assert "" == shown(iter([0.0, 0.1, 0.9]), "a.py", "b.py")


def test_a_long_run_shows_the_file_that_is_parsed_and_takes_it_away() -> None:
    assert f"{CLEAR}costmark: parsing b.py (file 2){CLEAR}" == shown(iter([0.0, 0.5, 1.5]), "a.py", "b.py")


def test_the_line_does_not_flicker() -> None:
    assert f"{CLEAR}costmark: parsing a.py (file 1){CLEAR}" == shown(iter([0.0, 1.5, 1.55]), "a.py", "b.py")


def test_a_name_cannot_draw_on_the_terminal() -> None:
    assert "\x1b[31m" not in shown(iter([0.0, 2.0]), "\x1b[31m.py")


def test_a_terminal_is_told_and_a_pipe_is_not(tmp_path: Path) -> None:
    (tmp_path / "app.py").write_text(RAW, encoding="utf-8")
    command = [sys.executable, "-c", SLOW, "check", "--no-cache", "--format", "concise"]
    ours, theirs = pty.openpty()
    env = {**os.environ, "TERM": "xterm"}
    on_terminal = subprocess.run(command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=theirs, env=env, check=False)
    os.close(theirs)
    written = os.read(ours, 4096).decode()
    os.close(ours)
    piped = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)
    assert (1, b"") == (piped.returncode, piped.stderr)
    assert piped.stdout == on_terminal.stdout
    assert (True, True) == ("parsing app.py (file 1)" in written, written.endswith(CLEAR))
