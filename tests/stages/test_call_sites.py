"""What records are made of: spelling, boundaries, the lowest Python."""

from __future__ import annotations

from pathlib import Path

import pytest

from lint_plugin.python_floor import lowest_python
from lint_plugin.stages.call_sites.crossings import CONTEXTS, Context, is_carried
from lint_plugin.stages.call_sites.spelling import is_one_edit


@pytest.mark.parametrize("written", ["featuer", "featur", "features", "eature", "faeture", "Feature", "featxre"])
def test_one_letter_is_one_edit(written: str) -> None:
    assert is_one_edit(written, "feature")


@pytest.mark.parametrize("written", ["feature", "label", "feat", "faetuer", "featured_", "", "erutaef"])
def test_more_or_less_than_one_letter_is_not(written: str) -> None:
    assert not is_one_edit(written, "feature")


@pytest.mark.parametrize("boundary", ["threading.Thread", "threading.Timer", "ThreadPoolExecutor.submit", "run_in_executor"])
def test_no_released_python_carries_the_context_by_itself(boundary: str) -> None:
    assert not is_carried(boundary, (3, 15))


def test_a_boundary_carries_from_its_release_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(CONTEXTS, "threading.Thread", Context((3, 20), (3, 14)))
    assert [False, False, True, False] == [is_carried("threading.Thread", version) for version in (None, (3, 19), (3, 20))] + [
        is_carried("threading.Timer", (3, 20))
    ]


@pytest.mark.parametrize(
    ("lowest", "written"),
    [
        ((3, 11), 'requires-python = ">=3.11"'),
        ((3, 10), "requires-python='~=3.10.2'"),
        ((3, 9), 'requires-python = "<4,>=3.9,!=3.9.1"'),
        ((3, 12), 'requires-python = "==3.12.*"'),
        (None, 'requires-python = "<4"'),
        (None, 'description = "requires-python"'),
    ],
)
def test_the_lower_bound_is_read(lowest: tuple[int, int] | None, written: str, tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text(f"[project]\n{written}\n")
    assert lowest == lowest_python(tmp_path)


def test_a_project_without_a_bound_has_none(tmp_path: Path) -> None:
    assert lowest_python(tmp_path) is None
