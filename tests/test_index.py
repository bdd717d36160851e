"""The project index: answers from it are those of a fresh run."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cost_lib.policy import load, loads
from lint_plugin import __version__, stamp
from lint_plugin.model import Report, Request
from lint_plugin.pipeline import check
from tests.frontends.command import git

CLIENTS = "from openai import OpenAI\n\n\ndef make():\n    return OpenAI()\n"
USE = "from clients import make\n\n\ndef ask(prompt):\n    return make().responses.create(model='gpt-4o', input=prompt)\n"
CHECK = """
import sys
from pathlib import Path
from cost_lib.policy import load
from lint_plugin.model import Request
from lint_plugin.pipeline import check
root = Path(sys.argv[1])
for finding in check(Request(root, load(None), cache=root / ".costmark_cache")).findings:
    print(finding.path, finding.line, finding.code)
"""
OTHER = "import json\n\nprint(json.dumps({}))\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    root = tmp_path / "project"
    root.mkdir()
    for name, text in (("clients.py", CLIENTS), ("use.py", USE), ("other.py", OTHER)):
        (root / name).write_text(text, encoding="utf-8")
    return root


def run(root: Path, *, cache: bool = True, prefilter: bool = True) -> Report:
    return check(Request(root, load(None), cache=root / ".costmark_cache" if cache else None, prefilter=prefilter))


def places(report: Report) -> list[tuple[str, int, str]]:
    return [(finding.path, finding.line, finding.code) for finding in report.findings]


def test_a_second_run_answers_as_the_first(project: Path) -> None:
    assert [("use.py", 5, "CMK101")] == places(run(project))
    assert run(project, cache=False).findings == run(project).findings


def test_an_edit_is_seen(project: Path) -> None:
    run(project)
    (project / "other.py").write_text(
        "from clients import make\nmake().embeddings.create(model='text-embedding-3-small', input='x')\n", encoding="utf-8"
    )
    assert [("other.py", 2, "CMK101"), ("use.py", 5, "CMK101")] == places(run(project))


def test_an_edit_behind_a_restored_modification_time_is_seen(project: Path) -> None:
    run(project)
    before = (project / "clients.py").stat()
    (project / "clients.py").write_text(CLIENTS.replace("OpenAI()", "object"), encoding="utf-8")
    os.utime(project / "clients.py", ns=(before.st_atime_ns, before.st_mtime_ns))
    assert [] == places(run(project))


def test_a_renamed_file_is_followed(project: Path) -> None:
    run(project)
    (project / "use.py").rename(project / "using.py")
    assert [("using.py", 5, "CMK101")] == places(run(project))


@pytest.mark.parametrize("damage", [b"", b"\xc1", b"\x93\x01", b"not msgpack at all"])
def test_a_damaged_index_is_made_anew(project: Path, damage: bytes) -> None:
    run(project)
    for path in (project / ".costmark_cache").rglob("*"):
        if path.is_file() and path.name not in ("lock", ".gitignore", "CACHEDIR.TAG"):
            path.write_bytes(damage)
    assert [("use.py", 5, "CMK101")] == places(run(project))


def test_the_prefilter_changes_no_answer(project: Path) -> None:
    assert run(project, cache=False).findings == run(project, cache=False, prefilter=False).findings


def started(root: Path) -> subprocess.Popen[str]:
    """Start a process that checks a project with its index."""
    return subprocess.Popen([sys.executable, "-c", CHECK, str(root)], stdout=subprocess.PIPE, text=True)


def leftovers(root: Path) -> list[str]:
    """Return the temporary files in the cache."""
    return [path.name for path in (root / ".costmark_cache").rglob(".*") if path.name != ".gitignore"]


def test_processes_that_start_at_once_on_a_fresh_cache_agree(project: Path) -> None:
    running = [started(project) for _ in range(3)]
    printed = {process.communicate(timeout=60)[0] for process in running}
    assert {"use.py 5 CMK101\n"} == printed
    assert [] == leftovers(project)


@pytest.mark.parametrize("delay", [0.0, 0.2, 0.35, 0.5])
def test_a_process_killed_at_any_time_leaves_an_index_that_is_understood(project: Path, delay: float) -> None:
    process = started(project)
    time.sleep(delay)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert run(project, cache=False).findings == run(project).findings == run(project).findings


def test_half_a_file_left_behind_is_no_index(project: Path) -> None:
    run(project)
    for path in [path for path in (project / ".costmark_cache").rglob("*") if path.is_file() and path.stat().st_size > 1]:
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    assert run(project, cache=False).findings == run(project).findings


def test_a_cache_folder_that_cannot_be_made_is_done_without(project: Path) -> None:
    (project / ".costmark_cache").write_text("a file in its place", encoding="utf-8")
    assert [("use.py", 5, "CMK101")] == places(run(project))


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser writes into any folder")
def test_a_cache_that_cannot_be_written_is_done_without(project: Path) -> None:
    run(project)
    folders = [path for path in (project / ".costmark_cache").rglob("*") if path.is_dir()]
    for folder in folders:
        folder.chmod(0o500)
    (project / "other.py").write_text(USE, encoding="utf-8")
    found = places(run(project))
    for folder in folders:
        folder.chmod(0o700)
    assert [("other.py", 5, "CMK101"), ("use.py", 5, "CMK101")] == found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('required-tags = ["team"]\n', [("use.py", 5, "CMK101")]),
        ('allow-raw = ["use.py"]\n', []),
        ('[[wrappers]]\nname = "clients.make"\nkind = "client"\n', [("use.py", 5, "CMK201")]),
        ('[[wrappers]]\nname = "json.dumps"\nkind = "call"\n', [("other.py", 3, "CMK201"), ("use.py", 5, "CMK101")]),
    ],
)
def test_other_settings_are_seen(project: Path, text: str, expected: list[tuple[str, int, str]]) -> None:
    run(project)
    policy = loads(text, project / "costmark.toml")
    assert expected == places(check(Request(project, policy, cache=project / ".costmark_cache")))
    assert [("use.py", 5, "CMK101")] == places(run(project))


def test_another_version_of_the_tool_begins_anew(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(project)
    before = stamp.folder_name()
    monkeypatch.setattr(stamp, "__version__", f"{__version__}.1")
    assert [("use.py", 5, "CMK101")] == places(run(project))
    assert {before, stamp.folder_name()} <= {path.name for path in (project / ".costmark_cache").iterdir()}


def test_a_checkout_that_restores_old_modification_times_is_seen(project: Path) -> None:
    def commit(message: str) -> None:
        git("add", "clients.py", cwd=project)
        git("commit", "-q", "-m", message, cwd=project)

    git("init", "-q", "-b", "main", cwd=project)
    commit("raw")
    git("checkout", "-q", "-b", "other", cwd=project)
    (project / "clients.py").write_text(CLIENTS.replace("OpenAI()", "object"), encoding="utf-8")
    commit("of equal length or not")
    past = 1_000_000_000
    for branch, expected in (("main", [("use.py", 5, "CMK101")]), ("other", []), ("main", [("use.py", 5, "CMK101")])):
        git("checkout", "-q", branch, cwd=project)
        os.utime(project / "clients.py", (past, past))
        assert expected == places(run(project))


def test_a_file_that_moves_between_folders_takes_its_findings_along(project: Path) -> None:
    run(project)
    (project / "inner").mkdir()
    (project / "use.py").rename(project / "inner" / "use.py")
    assert [("inner/use.py", 5, "CMK101")] == places(run(project))
    (project / "clients.py").unlink()
    assert run(project, cache=False).findings == run(project).findings


def test_a_file_that_shadows_a_library_is_seen(project: Path) -> None:
    run(project)
    (project / "openai.py").write_text("class OpenAI:\n    responses = None\n", encoding="utf-8")
    assert [] == places(run(project))
    (project / "openai.py").unlink()
    assert [("use.py", 5, "CMK101")] == places(run(project))


STORE = "from openai import OpenAI\n\n\ndef start(entry):\n    entry.runtime_data = OpenAI()\n"
READ = "def ask(entry):\n    return entry.runtime_data.responses.create(model='gpt-4o', input='x')\n"


def test_a_name_that_hundreds_of_files_read_is_followed_near_its_store_alone(tmp_path: Path) -> None:
    for name, text in {"bot/start.py": STORE, "bot/ask.py": READ, **{f"part{n}/use.py": READ for n in range(210)}}.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert [("bot/ask.py", 2, "CMK101")] == places(run(tmp_path))


def test_a_name_that_few_files_read_is_followed_everywhere(tmp_path: Path) -> None:
    for name, text in {"bot/start.py": STORE, "bot/ask.py": READ, "part/use.py": READ}.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert [("bot/ask.py", 2, "CMK101"), ("part/use.py", 2, "CMK101")] == places(run(tmp_path))
