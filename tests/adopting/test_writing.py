"""Files are written as a whole, and none that is there is lost."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from lint_plugin.adopting.model import Proposal
from lint_plugin.adopting.writing import hindrance, write


def refuse(*_: object) -> None:
    raise OSError(errno.EPERM, "no links here")


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_new_file_is_made_with_its_folders(tmp_path: Path) -> None:
    assert "" == write(tmp_path, Proposal("a/b/c.yml", None, b"x", ""))
    assert (b"x", ["c.yml"]) == ((tmp_path / "a/b/c.yml").read_bytes(), names(tmp_path / "a/b"))


def test_a_file_that_appeared_meanwhile_is_kept(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"theirs")
    assert "appeared meanwhile" in write(tmp_path, Proposal("a", None, b"ours", ""))
    assert (b"theirs", ["a"]) == ((tmp_path / "a").read_bytes(), names(tmp_path))


def test_a_file_that_changed_meanwhile_is_kept(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"theirs")
    assert "changed" in write(tmp_path, Proposal("a", b"before", b"ours", ""))
    assert b"theirs" == (tmp_path / "a").read_bytes()


def test_the_mode_of_a_file_stays(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"x")
    (tmp_path / "a").chmod(0o640)
    assert "" == write(tmp_path, Proposal("a", b"x", b"y", ""))
    assert 0o640 == (tmp_path / "a").stat().st_mode & 0o777


def test_a_file_system_without_links_is_written_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "link", refuse)
    assert "" == write(tmp_path, Proposal("a", None, b"x", ""))
    assert "appeared meanwhile" in write(tmp_path, Proposal("a", None, b"y", ""))
    assert (b"x", ["a"]) == ((tmp_path / "a").read_bytes(), names(tmp_path))


def test_a_file_in_the_place_of_a_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / ".github").write_bytes(b"")
    assert ".github is no folder" == hindrance(tmp_path, ".github/workflows/costmark.yml")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_what_is_read_only_is_named(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"x")
    (tmp_path / "a").chmod(0o400)
    assert "a is read-only" == hindrance(tmp_path, "a")
    tmp_path.chmod(0o500)
    assert "the folder . is read-only" == hindrance(tmp_path, "b")
    tmp_path.chmod(0o700)
