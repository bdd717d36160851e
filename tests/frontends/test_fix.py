"""``costmark fix`` on small projects: what it writes, what it shows, what it leaves."""

from __future__ import annotations

import csv
import json
import os
from contextlib import chdir, redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path

import pytest

from lint_plugin.frontends import cli, workspace
from tests.frontends.command import RAW, TAGGED, Done, git, write

GRPC = "import xai_sdk\n\nchat = xai_sdk.Client().chat.create(model='grok-3')\nchat.sample()\n"
POLICY = """\
# what we spend on
required-tags = ["feature"]

[features.search]   # the old one
owner = "discovery"

# people
[owners.discovery]
"""
DEPENDENCIES = "[project]\nname = 'x'\ndependencies = ['costmark>=0.1']\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return write(tmp_path, {"search.py": RAW, "clean.py": TAGGED, "pyproject.toml": DEPENDENCIES})


def costmark(*arguments: str, cwd: Path) -> Done:
    """Run the command in this process: starting one for each test would take most of the time."""
    workspace._load.cache_clear()  # the files of a test change between runs
    out, err = StringIO(), StringIO()
    with chdir(cwd), redirect_stdout(out), redirect_stderr(err):
        code = cli.main(arguments)
    return Done(code, out.getvalue(), err.getvalue())


def rows(plan: Path) -> list[dict[str, str]]:
    with plan.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_a_raw_call_is_tagged_with_its_module(project: Path) -> None:
    done = costmark("fix", cwd=project)
    assert 0 == done.code
    assert 'tagged(client, feature="search")' in (project / "search.py").read_text(encoding="utf-8").replace("'", '"')
    assert "fixed 1 finding in 1 file (CMK101 1)\n1 new feature, named after the code, for review: search\n" == done.out


def test_check_has_nothing_to_say_afterwards(project: Path) -> None:
    costmark("fix", cwd=project)
    assert 0 == costmark("check", cwd=project).code


def test_a_second_run_changes_nothing(project: Path) -> None:
    costmark("fix", cwd=project)
    before = (project / "search.py").read_bytes()
    assert ("nothing to fix\n", before) == (costmark("fix", cwd=project).out, (project / "search.py").read_bytes())


def test_show_prints_a_patch_and_writes_nothing(project: Path) -> None:
    done = costmark("fix", "--show", cwd=project)
    assert 1 == done.code
    assert "+from cost_lib import tagged\n" in done.out
    assert (project / "search.py").read_text(encoding="utf-8") == RAW


def test_the_patch_can_be_applied(project: Path) -> None:
    patch = costmark("fix", "--show", cwd=project).out
    (project / "fix.patch").write_text(patch, encoding="utf-8")
    assert "" == git("apply", "fix.patch", cwd=project)
    assert 0 == costmark("check", cwd=project).code


def test_check_only_says_whether_something_would_change(project: Path) -> None:
    done = costmark("fix", "--check", cwd=project)
    assert (1, RAW) == (done.code, (project / "search.py").read_text(encoding="utf-8"))
    assert done.out.startswith("would fix 1 finding in 1 file")


def test_what_is_left_is_named_with_the_reason(project: Path) -> None:
    write(project, {"grok.py": GRPC})
    done = costmark("fix", cwd=project)
    assert 1 == done.code
    assert "grok.py:4:6: CMK101 sample: it goes over grpc and cannot be metered: put it inside record_call" in done.out


def test_the_line_of_what_is_left_is_that_of_the_changed_file(project: Path) -> None:
    write(project, {"both.py": f"{RAW}{GRPC}"})
    assert "both.py:9:6: CMK101 sample" in costmark("fix", cwd=project).out


def test_only_the_paths_that_were_asked_for_change(project: Path) -> None:
    write(project, {"other.py": RAW})
    costmark("fix", "other.py", cwd=project)
    assert (project / "search.py").read_text(encoding="utf-8") == RAW
    assert (project / "other.py").read_text(encoding="utf-8") != RAW


def test_only_the_selected_rules_are_fixed(project: Path) -> None:
    assert "nothing to fix\n" == costmark("fix", "--select", "CMK2", cwd=project).out


def test_files_without_findings_stay_as_they_are(project: Path) -> None:
    before = (project / "clean.py").stat().st_mtime_ns
    costmark("fix", cwd=project)
    assert before == (project / "clean.py").stat().st_mtime_ns


def test_missing_dependency_is_said(project: Path) -> None:
    write(project, {"pyproject.toml": "[project]\nname = 'x'\ndependencies = ['openai']\n"})
    assert "note: costmark is not among the dependencies in pyproject.toml" in costmark("fix", cwd=project).out


class TestFiles:
    def test_symbolic_links_are_named_and_left(self, tmp_path: Path) -> None:
        write(tmp_path, {"real/app.txt": RAW})
        (tmp_path / "app.py").symlink_to(tmp_path / "real" / "app.txt")
        done = costmark("fix", cwd=tmp_path)
        assert "the file is a symbolic link: fix the file that it leads to" in done.out or "nothing to fix" in done.out
        assert RAW == (tmp_path / "real" / "app.txt").read_text(encoding="utf-8")

    @pytest.mark.skipif(os.geteuid() == 0, reason="root may write everything")
    def test_read_only_files_are_named_and_left(self, project: Path) -> None:
        (project / "search.py").chmod(0o444)
        assert "CMK101 chat.completions.create: the file is read-only" in costmark("fix", cwd=project).out
        assert RAW == (project / "search.py").read_text(encoding="utf-8")

    def test_the_mode_of_a_file_is_kept(self, project: Path) -> None:
        (project / "search.py").chmod(0o750)
        costmark("fix", cwd=project)
        assert 0o750 == (project / "search.py").stat().st_mode & 0o777

    def test_nothing_else_is_left_in_the_folder(self, project: Path) -> None:
        costmark("fix", cwd=project)
        assert ["clean.py", "pyproject.toml", "search.py"] == sorted(
            path.name for path in project.iterdir() if path.name != ".costmark_cache"
        )


class TestRegistry:
    def test_new_features_join_the_registry_with_their_owner(self, project: Path) -> None:
        write(project, {"costmark.toml": POLICY, "answers.py": RAW, "CODEOWNERS": "answers.py @acme/support\n"})
        costmark("fix", cwd=project)
        added = '\n[features.answers]  # review: named by costmark fix after its module\nowner = "support"\n'
        assert POLICY.replace('owner = "discovery"\n', f'owner = "discovery"\n{added}') == (project / "costmark.toml").read_text("utf-8")
        assert 0 == costmark("check", cwd=project).code

    def test_a_registered_name_that_fits_is_taken(self, project: Path) -> None:
        write(project, {"costmark.toml": POLICY})
        done = costmark("fix", cwd=project)
        assert "fixed 1 finding in 1 file (CMK101 1)\n" == done.out
        assert (project / "costmark.toml").read_text(encoding="utf-8") == POLICY

    def test_the_policy_in_pyproject_is_extended_in_place(self, project: Path) -> None:
        text = f"{DEPENDENCIES}\n[tool.costmark.features.faq]\n\n[tool.other]\nx = 1\n"
        write(project, {"pyproject.toml": text})
        costmark("fix", cwd=project)
        table = "\n[tool.costmark.features.search]  # review: named by costmark fix after its module\n"
        assert text.replace("features.faq]\n", f"features.faq]\n{table}") == (project / "pyproject.toml").read_text(encoding="utf-8")

    def test_a_hook_makes_up_no_names(self, project: Path) -> None:
        write(project, {"costmark.toml": POLICY, "answers.py": RAW})
        done = costmark("fix", "--registered", "search.py", "answers.py", cwd=project)
        assert (1, "fixed 1 finding in 1 file (CMK101 1)\n") == (done.code, done.out)
        assert RAW == (project / "answers.py").read_text(encoding="utf-8")

    def test_a_hook_without_anything_to_do_passes_in_silence(self, project: Path) -> None:
        assert (0, "") == costmark("fix", "--registered", "search.py", cwd=project)[:2]


class TestPlan:
    def test_a_plan_has_one_row_a_call(self, project: Path) -> None:
        route = RAW.replace("client.chat", "\n@app.get('/v1/orders/{id}')\ndef show(id):\n    client.chat")
        write(project, {"shop.py": route, "CODEOWNERS": "*.py @acme/shop\n"})
        assert 0 == costmark("fix", "--plan", "plan.csv", cwd=project).code
        found = [(row["path"], row["feature"], row["from"], row["owner"], row["review"]) for row in rows(project / "plan.csv")]
        assert [("search.py", "search", "module", "shop", "yes"), ("shop.py", "orders", "route", "shop", "yes")] == found

    def test_the_names_of_a_plan_are_written(self, project: Path) -> None:
        costmark("fix", "--plan", "plan.csv", cwd=project)
        plan = (project / "plan.csv").read_text(encoding="utf-8")
        (project / "plan.csv").write_text(plan.replace(",search,module,", ",faq_check,module,"), encoding="utf-8")
        done = costmark("fix", "--apply", "plan.csv", cwd=project)
        assert "feature='faq_check'" in (project / "search.py").read_text(encoding="utf-8")
        assert "for review" not in done.out

    def test_a_row_without_a_feature_is_left(self, project: Path) -> None:
        costmark("fix", "--plan", "plan.csv", cwd=project)
        plan = (project / "plan.csv").read_text(encoding="utf-8")
        (project / "plan.csv").write_text(plan.replace(",search,module,", ",,module,"), encoding="utf-8")
        assert "the plan names no feature for it" in costmark("fix", "--apply", "plan.csv", cwd=project).out

    def test_other_tags_have_their_columns(self, project: Path) -> None:
        write(project, {"costmark.toml": 'required-tags = ["feature", "team"]\n'})
        costmark("fix", "--plan", "plan.csv", cwd=project)
        plan = rows(project / "plan.csv")
        with (project / "plan.csv").open("w", encoding="utf-8", newline="") as stream:
            table = csv.DictWriter(stream, list(plan[0]))
            table.writeheader()
            table.writerows([row | {"team": "growth"} for row in plan])
        costmark("fix", "--apply", "plan.csv", "search.py", cwd=project)
        assert "feature='search', team='growth'" in (project / "search.py").read_text(encoding="utf-8")

    def test_helpers_of_several_features_are_proposed_to_inherit(self, tmp_path: Path) -> None:
        helper = RAW.replace("client.chat", "\n\ndef ask():\n    client.chat")
        caller = "from llm import ask\n\n\ndef go():\n    ask()\n"
        write(tmp_path, {"llm.py": helper, "faq.py": caller, "search.py": caller})
        costmark("fix", "--plan", "plan.csv", cwd=tmp_path)
        assert [("inherited", "callers", "2")] == [(row["feature"], row["from"], row["serves"]) for row in rows(tmp_path / "plan.csv")]
        costmark("fix", "--apply", "plan.csv", cwd=tmp_path)
        assert "feature=inherited" in (tmp_path / "llm.py").read_text(encoding="utf-8")
        assert '@tags(feature="faq")\ndef go():' in (tmp_path / "faq.py").read_text(encoding="utf-8")
        assert 0 == costmark("check", cwd=tmp_path).code

    def test_plan_and_apply_exclude_each_other(self, project: Path) -> None:
        assert 2 == costmark("fix", "--plan", "a.csv", "--apply", "b.csv", cwd=project).code

    def test_a_file_that_is_no_plan_is_refused(self, project: Path) -> None:
        write(project, {"plan.csv": "a,b\n1,2\n"})
        done = costmark("fix", "--apply", "plan.csv", cwd=project)
        assert (2, "costmark: --apply plan.csv: the column path is missing; costmark fix --plan writes a plan\n") == (done.code, done.err)


class TestNotebooks:
    def test_only_the_strings_of_the_cell_change(self, tmp_path: Path) -> None:
        cell = {"cell_type": "code", "metadata": {}, "outputs": [], "source": ["%pip install x\n", *RAW.splitlines(keepends=True)]}
        other = {"cell_type": "markdown", "metadata": {}, "source": ["# Ünïcode \U0001f600"]}
        text = json.dumps({"cells": [other, cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}, indent=1) + "\n"
        write(tmp_path, {"notes.ipynb": text})
        costmark("fix", cwd=tmp_path)
        after = (tmp_path / "notes.ipynb").read_text(encoding="utf-8")
        expected = text.replace(
            '    "from openai import OpenAI\\n"', '    "from cost_lib import tagged\\n",\n    "from openai import OpenAI\\n"'
        )
        assert expected.replace("client.chat", "tagged(client, feature='notes').chat") == after

    def test_a_cell_that_is_one_string_stays_one(self, tmp_path: Path) -> None:
        text = json.dumps({"cells": [{"cell_type": "code", "metadata": {}, "source": RAW}], "metadata": {}, "nbformat": 4})
        write(tmp_path, {"notes.ipynb": text})
        costmark("fix", cwd=tmp_path)
        (cell,) = json.loads((tmp_path / "notes.ipynb").read_text(encoding="utf-8"))["cells"]
        assert TAGGED.replace("feature='search'", "feature='notes'") == cell["source"]
