"""Which policy file is in force."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from cost_lib.policy import PolicyError, find, load

TABLE = '[project]\nname = "x"\n\n[tool.costmark]\n'


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a" / "b").mkdir(parents=True)
    return tmp_path


def sentence(start: Path, env: dict[str, str] | None = None) -> str:
    with pytest.raises(PolicyError) as caught:
        find(start, env=env or {})
    return str(caught.value)


def test_without_a_file_there_is_none(folder: Path) -> None:
    assert find(folder / "a", env={}) is None


def test_the_nearest_file_upwards_wins(folder: Path) -> None:
    (folder / "costmark.toml").touch()
    (folder / "a" / "costmark.toml").touch()
    assert folder / "a" / "costmark.toml" == find(folder / "a" / "b", env={})


def test_the_search_starts_at_the_folder_of_a_file(folder: Path) -> None:
    (folder / "a" / "costmark.toml").touch()
    assert folder / "a" / "costmark.toml" == find(folder / "a" / "x.py", env={})


def test_a_relative_start_is_taken_from_the_working_directory(folder: Path) -> None:
    (folder / "costmark.toml").touch()
    assert folder / "costmark.toml" == find(Path("a/../a/b"), env={})


def test_a_start_that_cannot_exist_is_searched_from_its_parents(folder: Path) -> None:
    (folder / "costmark.toml").touch()
    assert folder / "costmark.toml" == find(folder / ("x" * 300), env={})


def test_a_pyproject_with_a_table_counts(folder: Path) -> None:
    (folder / "a" / "pyproject.toml").write_text(TABLE)
    assert folder / "a" / "pyproject.toml" == find(folder / "a" / "b", env={})


def test_a_table_of_subtables_alone_counts(folder: Path) -> None:
    (folder / "pyproject.toml").write_text("[tool.costmark.features.search]")
    assert folder / "pyproject.toml" == find(folder, env={})


@pytest.mark.parametrize("text", ["", '[project]\ndependencies = ["costmark"]', "[tool.other]\ncostmark = 1", "tool = 'costmark'"])
def test_a_pyproject_without_a_table_is_passed_over(folder: Path, text: str) -> None:
    (folder / "costmark.toml").touch()
    (folder / "a" / "pyproject.toml").write_text(text)
    assert folder / "costmark.toml" == find(folder / "a", env={})


def test_a_broken_pyproject_that_does_not_name_us_is_passed_over(folder: Path) -> None:
    (folder / "pyproject.toml").write_text("[tool\n")
    assert find(folder, env={}) is None


def test_a_broken_pyproject_that_names_us_is_an_error(folder: Path) -> None:
    (folder / "pyproject.toml").write_text("[tool.costmark]\nx = \n")
    assert sentence(folder).startswith("pyproject.toml:2: not valid TOML: ")


def test_two_policies_in_one_folder_are_an_error(folder: Path) -> None:
    (folder / "a" / "costmark.toml").touch()
    (folder / "a" / "pyproject.toml").write_text(TABLE)
    expected = f"{Path('a/pyproject.toml')}:4: [tool.costmark] stands here and costmark.toml beside it; keep one of the two"
    assert expected == sentence(folder / "a")


def test_a_pyproject_without_a_table_beside_ours_is_fine(folder: Path) -> None:
    (folder / "costmark.toml").touch()
    (folder / "pyproject.toml").write_text('[project]\nname = "costmark-user"')
    assert folder / "costmark.toml" == find(folder, env={})


def test_the_environment_names_the_file(folder: Path) -> None:
    (folder / "costmark.toml").touch()
    (folder / "a" / "production.toml").touch()
    assert folder / "a" / "production.toml" == find(folder, env={"COSTMARK_POLICY": "a/production.toml"})


def test_an_empty_variable_names_nothing(folder: Path) -> None:
    (folder / "costmark.toml").touch()
    assert folder / "costmark.toml" == find(folder, env={"COSTMARK_POLICY": ""})


@pytest.mark.parametrize("name", ["missing.toml", "a"])
def test_a_variable_that_names_no_file_is_an_error(folder: Path, name: str) -> None:
    assert sentence(folder, {"COSTMARK_POLICY": name}) == f"{name}: there is no such file, but COSTMARK_POLICY names it"


def test_a_file_that_is_not_there_is_an_error(folder: Path) -> None:
    with pytest.raises(PolicyError) as caught:
        load(folder / "costmark.toml")
    assert str(caught.value) == "costmark.toml: cannot be read: there is no such file"


def test_a_folder_is_not_a_policy(folder: Path) -> None:
    with pytest.raises(PolicyError) as caught:
        load(folder / "a")
    assert str(caught.value) == "a: cannot be read: is a directory"


def test_extended_files_are_read_from_disk(folder: Path) -> None:
    (folder / "costmark.toml").write_text('metering = "process"')
    (folder / "a" / "costmark.toml").write_text('extend = "../costmark.toml"')
    assert load(folder / "a" / "costmark.toml").settings.metering == "process"


def test_an_extended_folder_is_an_error(folder: Path) -> None:
    (folder / "costmark.toml").write_text('extend = "a"')
    with pytest.raises(PolicyError, match=r'^costmark.toml:1: "extend" = "a" cannot be read: is a directory$'):
        load(folder / "costmark.toml")


def test_a_file_elsewhere_is_named_in_full(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "costmark.toml").write_text("x = 1")
    monkeypatch.chdir(folder / "a")
    with pytest.raises(PolicyError) as caught:
        load(folder / "costmark.toml")
    assert caught.value.path == str(folder / "costmark.toml")


@pytest.fixture
def no_working_directory(folder: Path) -> Iterator[Path]:
    lost = folder / "lost"
    lost.mkdir()
    os.chdir(lost)
    lost.rmdir()
    yield folder
    os.chdir(folder)


@pytest.mark.skipif(sys.platform == "win32", reason="a working directory cannot be removed there")
def test_a_removed_working_directory_hides_no_error(no_working_directory: Path) -> None:
    file = no_working_directory / "costmark.toml"
    file.write_text("x = 1")
    with pytest.raises(PolicyError, match="unknown key"):
        load(file)
