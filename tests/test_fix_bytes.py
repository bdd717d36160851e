"""Bytes outside the edits stay: line ends, tabs, byte order marks, encodings, the last line; and no write is ever half done."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from lint_plugin.fixing.sources import obstacle, save
from tests.fixing import fix

BEFORE = "import json\n\nfrom openai import OpenAI\n\nclient = OpenAI()\n\n\ndef ask(text):\n\treturn client.responses.create(input=text)\n"
AFTER = BEFORE.replace("from openai", "from cost_lib import tagged\nfrom openai").replace(
    "client.responses", 'tagged(client, feature="app").responses'
)
BOM = b"\xef\xbb\xbf"
KINDS: dict[str, Callable[[str], bytes]] = {
    "line feeds": lambda text: text.encode(),
    "carriage returns and line feeds": lambda text: text.replace("\n", "\r\n").encode(),
    "carriage returns": lambda text: text.replace("\n", "\r").encode(),
    "a byte order mark": lambda text: BOM + text.encode(),
    "no end of the last line": lambda text: text.rstrip("\n").encode(),
    "form feeds and blanks at line ends": lambda text: text.replace("\n\n\n", "\n\f\n  \n").encode(),
    "Latin-1": lambda text: f'# coding: latin-1\nNAME = "Zoë"\n{text}'.encode("latin-1"),
    "UTF-8 beyond the first plane": lambda text: text.replace("\treturn ", '\treturn "Zoë \U0001f600", ').encode(),
    "mixed line ends": lambda text: text.replace("OpenAI()\n", "OpenAI()\r\n").encode(),
    "Shift JIS": lambda text: f"# -*- coding: shift_jis -*-\n# 日本語\n{text}".encode("shift_jis"),
}


@pytest.mark.parametrize("kind", KINDS)
def test_only_the_edits_change_bytes(kind: str, tmp_path: Path) -> None:
    (tmp_path / "app.py").write_bytes(KINDS[kind](BEFORE))
    fix(tmp_path)
    assert KINDS[kind](AFTER) == (tmp_path / "app.py").read_bytes()


def test_a_file_that_changed_meanwhile_is_left(tmp_path: Path) -> None:
    (tmp_path / "app.py").write_bytes(b"newer")
    assert "the file changed while it was looked at: run the fix again" == save(tmp_path / "app.py", b"old", b"fixed")
    assert b"newer" == (tmp_path / "app.py").read_bytes()


def test_a_write_that_fails_leaves_the_file_and_nothing_beside_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_space(_: int) -> None:
        raise OSError(28, "No space left on device")

    (tmp_path / "app.py").write_bytes(b"old")
    monkeypatch.setattr(os, "fsync", no_space)
    assert "the file cannot be written: No space left on device" == save(tmp_path / "app.py", b"old", b"fixed")
    assert [("app.py", b"old")] == [(path.name, path.read_bytes()) for path in tmp_path.iterdir()]


def test_an_interrupted_write_leaves_the_file_and_nothing_beside_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(_: int) -> None:
        raise KeyboardInterrupt

    (tmp_path / "app.py").write_bytes(b"old")
    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        save(tmp_path / "app.py", b"old", b"fixed")
    assert [("app.py", b"old")] == [(path.name, path.read_bytes()) for path in tmp_path.iterdir()]


def test_links_are_named(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "app.py").write_bytes(b"")
    (tmp_path / "file.py").symlink_to("real/app.py")
    (tmp_path / "folder").symlink_to("real")
    found = [obstacle(tmp_path / name, tmp_path) for name in ("real/app.py", "file.py", "folder/app.py")]
    reasons = ["", "the file is a symbolic link", "the file lies behind a symbolic link, folder"]
    assert [f"{reason}{': fix the file that it leads to' if reason else ''}" for reason in reasons] == found
