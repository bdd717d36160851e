"""``costmark coverage``: the share, its groups, the threshold and the badge."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from lint_plugin.inventory import badge
from lint_plugin.inventory.coverage import Share, package
from tests.frontends.command import CLEAN, RAW, TAGGED, write
from tests.frontends.in_process import costmark

OPAQUE = TAGGED.replace("feature='search'", "**load()")
MIXED = {
    "costmark.toml": "allow-raw = ['tests/**']\n[features.search]\nowner = 'discovery'\n",
    "CODEOWNERS": "* @acme/platform\n",
    "src/app/search/one.py": TAGGED,
    "src/app/search/two.py": TAGGED,
    "src/app/faq/one.py": TAGGED,
    "src/app/faq/two.py": RAW,
    "tests/test_app.py": RAW,
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return write(tmp_path, MIXED)


def coverage(root: Path, *arguments: str) -> dict[str, Any]:
    return dict(json.loads(costmark("coverage", "--format", "json", *arguments, cwd=root).out))


def test_the_share_is_of_the_calls_that_have_to_be_attributed(project: Path) -> None:
    found = coverage(project)
    assert (75.0, 3, 1, 0, 0, 1) == tuple(found[name] for name in ("percent", "attributed", "raw", "untagged", "unknown", "allowed"))


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        ("package", {"src/app/faq": 50.0, "src/app/search": 100.0, "tests": 100.0}),
        ("owner", {"discovery": 100.0, "platform": 0.0}),
        ("provider", {"openai": 75.0}),
        ("feature", {"search": 100.0, "(none)": 0.0}),
    ],
)
def test_calls_are_grouped(project: Path, by: str, expected: dict[str, float]) -> None:
    assert expected == {group[by]: group["percent"] for group in coverage(project, "--by", by)["by"][by]}


def test_groups_add_up_to_the_whole(project: Path) -> None:
    found = coverage(project, "--by", "package", "--by", "owner", "--by", "provider", "--by", "feature")
    for groups in found["by"].values():
        assert found["attributed"] == sum(group["attributed"] for group in groups)
        assert found["raw"] == sum(group["raw"] for group in groups)


def test_what_only_a_run_can_judge_is_counted_apart(tmp_path: Path) -> None:
    write(tmp_path, {"a.py": TAGGED, "b.py": OPAQUE})
    assert (50.0, 1) == tuple(coverage(tmp_path)[name] for name in ("percent", "unknown"))
    assert 100.0 == coverage(tmp_path, "--known-only")["percent"]
    assert "1 unknown, which only a run can judge, not counted as attributed" in costmark("coverage", cwd=tmp_path).out


@pytest.mark.parametrize(("threshold", "code"), [("75", 0), ("75.1", 1), ("0", 0), ("100", 1)])
def test_a_share_below_the_threshold_fails(project: Path, threshold: str, code: int) -> None:
    assert code == costmark("coverage", "--fail-under", threshold, cwd=project).code


def test_a_failing_share_says_what_to_run(project: Path) -> None:
    assert "'costmark check' names the calls" in costmark("coverage", "--fail-under", "95", cwd=project).err


def test_without_a_threshold_nothing_fails(project: Path) -> None:
    assert 0 == costmark("coverage", cwd=project).code


def test_an_empty_project_is_complete_and_says_so(tmp_path: Path) -> None:
    write(tmp_path, {"a.py": CLEAN})
    assert (0, "100 %: no call has to be attributed.\n", "") == costmark("coverage", "--fail-under", "100", cwd=tmp_path)


def test_a_file_that_nobody_can_vouch_for_fails_a_threshold(tmp_path: Path) -> None:
    write(tmp_path, {"a.py": RAW + "def (\n"})
    assert [0, 1] == [costmark("coverage", *more, cwd=tmp_path).code for more in ((), ("--fail-under", "1"))]


def test_paths_narrow_the_share(project: Path) -> None:
    assert 50.0 == coverage(project, "src/app/faq")["percent"]


def test_a_baseline_attributes_nothing(project: Path) -> None:
    costmark("check", "--baseline", "costmark-baseline.json", "--write-baseline", cwd=project)
    assert 75.0 == coverage(project)["percent"]


def test_cache_changes_no_share(project: Path) -> None:
    assert [coverage(project, "--no-cache")] * 2 == [coverage(project), coverage(project)]


def test_markdown_is_a_table_a_group(project: Path) -> None:
    out = costmark("coverage", "--format", "markdown", "--by", "package", cwd=project).out
    assert "| src/app/faq | 50.0 % | 1 | 1 | 0 | 0 | 0 |" in out


def test_badge_is_a_picture_that_says_the_share(project: Path) -> None:
    costmark("coverage", "--badge", "b.svg", cwd=project)
    root = ET.fromstring((project / "b.svg").read_text(encoding="utf-8"))  # noqa: S314  (our own output)
    texts = [text.text for text in root.iter("{http://www.w3.org/2000/svg}text")]
    assert ["LLM calls attributed", "75%"] == texts


def test_badge_is_an_endpoint_of_shields(project: Path) -> None:
    costmark("coverage", "--badge", "b.json", cwd=project)
    expected = {"schemaVersion": 1, "label": "LLM calls attributed", "message": "75%", "color": "orange"}
    assert expected == json.loads((project / "b.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("percent", "colour"), [("100", "brightgreen"), ("95", "brightgreen"), ("94.9", "yellowgreen"), ("0", "red")])
def test_badge_is_coloured_by_the_share(percent: str, colour: str) -> None:
    assert colour == json.loads(badge.as_json(Decimal(percent)))["color"]


def test_badge_of_another_kind_is_refused(project: Path) -> None:
    done = costmark("coverage", "--badge", "b.png", cwd=project)
    assert (2, "costmark: --badge b.png: name a file that ends in .svg or .json\n") == (done.code, done.err)


def test_badge_that_cannot_be_written_is_refused(project: Path) -> None:
    assert 2 == costmark("coverage", "--badge", "no/such/b.svg", cwd=project).code


def test_nearly_all_is_not_all() -> None:
    share = Share("total", attributed=9999, raw=1)
    assert (Decimal("99.9"), True) == (share.percent(), share.is_below(Decimal(100)))


@pytest.mark.parametrize(
    ("path", "expected"), [("a.py", "."), ("app/a.py", "app"), ("src/app/b/c/a.py", "src/app/b"), ("services/x/y/z/a.py", "services/x")]
)
def test_a_package_is_the_first_folders(path: str, expected: str) -> None:
    assert expected == package(path)
