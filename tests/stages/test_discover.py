"""Which files are looked at."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from lint_plugin.model import Problem
from lint_plugin.stages import discover


def tree(root: Path, *paths: str) -> None:
    for path in paths:
        place = root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.touch()


def found(root: Path, *paths: str, **options: object) -> list[str]:
    return [file.path for file in discover.find(root, [root / path for path in paths], **options).files]  # type: ignore[arg-type]


def test_python_stubs_and_notebooks_are_taken_in_order_of_their_paths(tmp_path: Path) -> None:
    tree(tmp_path, "b.py", "a/z.pyi", "a/b.ipynb", "c.txt", "d.pyc", "a.py")
    assert ["a.py", "a/b.ipynb", "a/z.pyi", "b.py"] == found(tmp_path)


def test_a_file_comes_with_what_tells_whether_it_has_changed(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_bytes(b"x = 1\n")
    status = (tmp_path / "a.py").stat()
    file = discover.SourceFile("a.py", str(tmp_path / "a.py"), 6, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)
    assert [file] == discover.find(tmp_path).files


@pytest.mark.parametrize(
    "folder", [".hidden", "build", "dist", "site-packages", "lib/site-packages", "node_modules", "__pycache__", "a/build/lib"]
)
def test_what_is_nobodys_source_is_left_out(tmp_path: Path, folder: str) -> None:
    tree(tmp_path, f"{folder}/a.py", "b.py")
    assert ["b.py"] == found(tmp_path)


def test_a_package_may_be_called_build(tmp_path: Path) -> None:
    tree(tmp_path, "app/build/__init__.py", "app/build/wheel.py")
    assert ["app/build/__init__.py", "app/build/wheel.py"] == found(tmp_path)


def test_a_virtual_environment_is_left_out_whatever_its_name(tmp_path: Path) -> None:
    tree(tmp_path, "tools/pyvenv.cfg", "tools/lib/a.py", "tools/b.py", "c.py")
    assert ["c.py"] == found(tmp_path)


def test_gitignore_files_of_every_level_count(tmp_path: Path) -> None:
    tree(tmp_path, "gen.py", "app/gen.py", "app/keep/gen.py", "app/a.py", "out/b.py")
    (tmp_path / ".gitignore").write_text("gen.py\n/out/\n")
    (tmp_path / "app/keep/.gitignore").write_text("!gen.py\n")
    assert ["app/a.py", "app/keep/gen.py"] == found(tmp_path)


def test_gitignore_agrees_with_git_on_a_whole_tree(tmp_path: Path) -> None:
    tree(tmp_path, "a.py", "a/a.py", "a/b/a.py", "a/b/c.py", "b/a.py", "b/c/d.py", "c d/e.py", "w/x.py", "w/y/z.py")
    (tmp_path / ".gitignore").write_text("a/b/*\n!a/b/c.py\n/b/**/d.py\nc\\ d/\nw/*\n!w/y/\n")
    (tmp_path / "b/.gitignore").write_text("/a.py\n")
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    listed = subprocess.run(
        ["git", "ls-files", "-oz", "--exclude-standard", "*.py"], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert sorted(listed.stdout.split("\0")[:-1]) == found(tmp_path)


def test_gitignore_above_the_root_counts_inside_a_checkout(tmp_path: Path) -> None:
    tree(tmp_path, "services/api/gen/a.py", "services/api/b.py", ".git/HEAD")
    (tmp_path / ".gitignore").write_text("/services/api/gen/\n")
    assert ["b.py"] == found(tmp_path / "services/api")


def test_gitignore_above_the_root_does_not_count_outside_a_checkout(tmp_path: Path) -> None:
    tree(tmp_path, "api/a.py")
    (tmp_path / ".gitignore").write_text("*\n")
    assert ["a.py"] == found(tmp_path / "api")


def test_a_file_that_is_named_is_taken_wherever_it_is(tmp_path: Path) -> None:
    tree(tmp_path, "build/a.py", ".hidden/b.py", "bin/tool", "ignored.py")
    (tmp_path / ".gitignore").write_text("ignored.py\n")
    names = ("build/a.py", ".hidden/b.py", "bin/tool", "ignored.py")
    assert sorted(names) == found(tmp_path, *names)


def test_a_file_that_the_policy_excludes_is_not_taken_even_when_named(tmp_path: Path) -> None:
    tree(tmp_path, "vendor/a.py", "b.py")
    assert ["b.py"] == found(tmp_path, "vendor/a.py", "b.py", excludes=lambda path: path.startswith("vendor"))


def test_a_folder_that_the_policy_excludes_is_not_entered(tmp_path: Path) -> None:
    tree(tmp_path, "vendor/deep/a.py", "b.py")
    asked: list[str] = []

    def excludes(path: str) -> bool:
        asked.append(path)
        return path == "vendor"

    assert ["b.py"] == found(tmp_path, excludes=excludes)
    assert {"vendor", "b.py"} == set(asked)


def test_a_folder_named_twice_is_walked_once(tmp_path: Path) -> None:
    tree(tmp_path, "app/a.py")
    assert ["app/a.py"] == found(tmp_path, "app", "app/a.py", ".", "app")


def test_links_in_a_circle_do_no_harm(tmp_path: Path) -> None:
    tree(tmp_path, "app/a.py")
    (tmp_path / "app/loop").symlink_to(tmp_path)
    (tmp_path / "app/b.py").symlink_to("a.py")
    (tmp_path / "app/dead.py").symlink_to("nowhere.py")
    (tmp_path / "self.py").symlink_to("self.py")
    assert ["app/a.py", "app/b.py"] == found(tmp_path)


def test_a_folder_may_be_called_like_a_file(tmp_path: Path) -> None:
    tree(tmp_path, "odd.py/a.py")
    assert ["odd.py/a.py"] == found(tmp_path)


def test_a_pipe_is_no_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.py")
    assert [] == found(tmp_path)
    assert [Problem("pipe.py", 0, "is neither a file nor a folder")] == discover.find(tmp_path, [tmp_path / "pipe.py"]).problems


def test_a_path_that_is_not_there_is_named(tmp_path: Path) -> None:
    assert [Problem("gone.py", 0, "cannot be read: no such file or directory")] == discover.find(tmp_path, [tmp_path / "gone.py"]).problems


def test_a_folder_that_cannot_be_read_is_named_and_the_rest_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tree(tmp_path, "closed/a.py", "open/b.py")
    scandir = os.scandir

    def guarded(path: str) -> object:
        if path.endswith("closed"):
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", guarded)
    result = discover.find(tmp_path)
    assert ["open/b.py"] == [file.path for file in result.files]
    assert [Problem("closed", 0, "cannot be read: permission denied")] == result.problems


def test_a_file_outside_the_root_can_be_named(tmp_path: Path) -> None:
    tree(tmp_path, "app/a.py", "other/b.py")
    assert ["../other/b.py"] == found(tmp_path / "app", "../other/b.py")


def test_names_of_any_bytes_are_found(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"caf\xe9.py")).touch()
    assert [os.fsdecode(b"caf\xe9.py")] == found(tmp_path)


def test_given_contents_stand_in_for_files(tmp_path: Path) -> None:
    tree(tmp_path, "a.py", "b.py")
    sources = {"a.py": None, "b.py": b"1234", "c/new.py": b"12", "build/x.py": b"", ".h/x.py": b"", "x.txt": b"", "v/x.py": b""}
    files = discover.find(tmp_path, sources=sources, excludes=lambda path: path == "v").files
    assert [("b.py", 4), ("c/new.py", 2)] == [(file.path, file.size) for file in files]


def test_given_contents_count_only_below_what_was_named(tmp_path: Path) -> None:
    tree(tmp_path, "a/a.py", "b/b.py")
    assert ["a/a.py", "a/new.py"] == found(tmp_path, "a", sources={"a/new.py": b"", "b/new.py": b"", "b/b.py": b"x"})


def test_given_contents_need_no_file(tmp_path: Path) -> None:
    result = discover.find(tmp_path, [tmp_path / "stdin.py"], sources={"stdin.py": b"x"})
    assert (["stdin.py"], []) == ([file.path for file in result.files], result.problems)


def test_given_contents_of_a_left_out_file_stay_out(tmp_path: Path) -> None:
    tree(tmp_path, "gen.py")
    (tmp_path / ".gitignore").write_text("gen.py\n")
    assert [] == found(tmp_path, sources={"gen.py": b"x"})


def test_what_tells_of_changes_is_left_out_where_nobody_asks(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("x = 1\n")
    (tmp_path / "b.py").symlink_to(tmp_path / "a.py")
    found = discover.find(tmp_path, is_stated=False).files
    assert [("a.py", 0), ("b.py", 6)] == [(file.path, file.size) for file in found]  # of a link it takes a look to know what it leads to
