"""The project index: answers from it are those of a fresh run."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from cost_lib.policy import load
from lint_plugin.model import Report, Request
from lint_plugin.pipeline import check

CLIENTS = "from openai import OpenAI\n\n\ndef make():\n    return OpenAI()\n"
USE = "from clients import make\n\n\ndef ask(prompt):\n    return make().responses.create(model='gpt-4o', input=prompt)\n"
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
