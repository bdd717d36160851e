"""``costmark inventory``: which calls it lists, and what it says of each."""

from __future__ import annotations

import csv
import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from tests.frontends.command import CLEAN, NESTED, RAW, TAGGED, git, write
from tests.frontends.in_process import costmark

HEAD = "from cost_lib import inherited, record_call, tagged, tags\nfrom openai import OpenAI\n\nclient = OpenAI()\n\n\n"
CALL = ".responses.create(model='gpt-4o-mini', input=q)\n"
HELPER = f"def ask(q):\n    return tagged(client, feature=inherited){CALL}\n\n\n"
ROUTE = f"app = object()\n\n\n@app.get('/')\ndef ask(q):\n    return tagged(client, feature=inherited){CALL}"
HOUSE = """\
[[wrappers]]
name = "house.complete"
kind = "call"
tags = ["keywords"]
"""
PROOFS = [
    (f"tagged(client, feature='a'){CALL}", "receiver", "a"),
    (f"with tags(feature='b'):\n    tagged(client){CALL}", "with", "b"),
    (f"@tags(feature='c')\ndef ask(q):\n    return tagged(client){CALL}", "decorator", "c"),
    (f"{HELPER}def one(q):\n    with tags(feature='d'):\n        return ask(q)\n", "callers", "d"),
    (
        f"def ask(q, feature):\n    return tagged(client, feature=feature){CALL}\n\nask(1, feature='e')\nask(2, feature='f')\n",
        "callers",
        "e|f",
    ),
]


def sites(root: Path, *arguments: str) -> list[dict[str, Any]]:
    done = costmark("inventory", "--format", "json", *arguments, cwd=root)
    assert 0 == done.code, done.err
    return list(json.loads(done.out)["sites"])


def only(root: Path, source: str, **files: str) -> dict[str, Any]:
    write(root, {"app.py": HEAD + source, **{f"{name}.py": text for name, text in files.items()}})
    found = [site for site in sites(root, "--no-cache") if site["path"] == "app.py"]
    assert 1 == len(found)
    return found[0]


@pytest.mark.parametrize(("source", "how", "feature"), PROOFS)
def test_what_proves_a_tag_is_named(tmp_path: Path, source: str, how: str, feature: str) -> None:
    site = only(tmp_path, source)
    assert ("attributed", feature, [how]) == (site["status"], site["feature"], site["tags"]["feature"]["by"])


def test_a_raw_call_has_its_place_provider_method_and_model(tmp_path: Path) -> None:
    site = only(tmp_path, f"class Bot:\n    def ask(self, q):\n        return client{CALL}")
    expected = ("raw", "app.py", 9, 33, "Bot.ask", "openai", "responses.create", ["gpt-4o-mini"])
    names = ("status", "path", "line", "column", "scope", "provider", "method", "models")
    assert expected == tuple(site[name] for name in names)


def test_the_line_is_that_of_the_finding(tmp_path: Path) -> None:
    site = only(tmp_path, f"client{CALL}")
    assert f"app.py:{site['line']}:{site['column']}: CMK101" in costmark("check", "--format", "concise", cwd=tmp_path).out


def test_a_call_without_its_tag_is_untagged(tmp_path: Path) -> None:
    site = only(tmp_path, f"tagged(client){CALL}")
    assert ("untagged", "feature is missing") == (site["status"], site["why"])


def test_an_empty_tag_is_none(tmp_path: Path) -> None:
    site = only(tmp_path, f"tagged(client, feature='todo'){CALL}")
    assert ("untagged", "feature can be empty") == (site["status"], site["why"])


def test_a_caller_that_brings_nothing_makes_the_call_untagged(tmp_path: Path) -> None:
    site = only(tmp_path, f"{HELPER}def one(q):\n    with tags(feature='d'):\n        return ask(q)\n\n\ndef two(q):\n    return ask(q)\n")
    assert ("untagged", "d") == (site["status"], site["feature"])


def test_a_route_that_inherits_is_unknown(tmp_path: Path) -> None:
    site = only(tmp_path, ROUTE)
    assert ("unknown", "feature is left to callers, and not all of them can be seen") == (site["status"], site["why"])


def test_tags_that_cannot_be_seen_are_unknown(tmp_path: Path) -> None:
    site = only(tmp_path, f"def ask(q, **more):\n    return tagged(client, **load(more)){CALL}")
    assert ("unknown", "feature may come in arguments that cannot be seen through") == (site["status"], site["why"])


def test_functions_that_call_each_other_are_asked_once(tmp_path: Path) -> None:
    own = "@tags(feature=inherited)\n"
    body = f"{own}def a(q):\n    b(q)\n    return tagged(client){CALL}\n\n{own}def b(q):\n    return a(q)\n"
    assert "attributed" == only(tmp_path, f"{body}\nwith tags(feature='x'):\n    a(1)\n")["status"]


def test_a_recorded_call_takes_the_tags_of_its_record(tmp_path: Path) -> None:
    record = "with record_call(provider='xai', model='grok-3', feature='a'):\n    "
    site = only(tmp_path, f"import xai_sdk\n\n{record}xai_sdk.Client().chat.create(model='grok-3').sample()\n")
    assert ("attributed", "a", ["record"]) == (site["status"], site["feature"], site["tags"]["feature"]["by"])


def test_a_grpc_call_is_raw_even_if_it_is_tagged(tmp_path: Path) -> None:
    site = only(tmp_path, "import xai_sdk\n\ntagged(xai_sdk.Client(), feature='a').chat.create(model='grok-3').sample()\n")
    assert ("raw", "grpc: needs record_call") == (site["status"], site["why"])


def test_callers_of_a_house_wrapper_are_listed_and_its_body_is_allowed(tmp_path: Path) -> None:
    house = "from openai import OpenAI\n\n\ndef complete(q, feature):\n    return OpenAI().responses.create(model='gpt-4o', input=q)\n"
    write(tmp_path, {"costmark.toml": HOUSE, "house.py": house, "app.py": "from house import complete\n\ncomplete('x', feature='a')\n"})
    assert [("app.py", "attributed"), ("house.py", "allowed")] == [(site["path"], site["status"]) for site in sites(tmp_path)]


def test_a_feature_that_is_not_registered_is_not_attributed(tmp_path: Path) -> None:
    write(tmp_path, {"costmark.toml": "[features.faq]\n"})
    site = only(tmp_path, f"tagged(client, feature='fap'){CALL}")
    assert ("untagged", "feature fap is not registered") == (site["status"], site["why"])


def test_the_owner_is_that_of_the_feature_else_of_the_file(tmp_path: Path) -> None:
    policy = "[features.search]\nowner = 'discovery'\n"
    write(tmp_path, {"costmark.toml": policy, "CODEOWNERS": "* @acme/platform\n", "a.py": TAGGED, "b.py": RAW})
    assert ["discovery", "platform"] == [site["owner"] for site in sites(tmp_path)]


def test_the_policy_can_bring_a_tag(tmp_path: Path) -> None:
    write(tmp_path, {"costmark.toml": "required-tags = ['feature', 'team']\n[tags.team]\ndefault = 'ai'\n"})
    site = only(tmp_path, f"tagged(client, feature='a'){CALL}")
    assert ("attributed", ["policy"], ["ai"]) == (site["status"], site["tags"]["team"]["by"], site["tags"]["team"]["values"])


def test_calls_in_tests_are_allowed_where_the_policy_says_so(tmp_path: Path) -> None:
    write(tmp_path, {"costmark.toml": "allow-raw = ['tests/**']\n", "tests/test_a.py": RAW, "app.py": RAW})
    assert ["raw", "allowed"] == [site["status"] for site in sites(tmp_path)]


def test_a_suppressed_call_is_listed_as_what_it_is(tmp_path: Path) -> None:
    assert "raw" == only(tmp_path, f"client{CALL.strip()}  # noqa: CMK101\n")["status"]


def test_cache_and_paths_change_nothing_of_what_is_said(tmp_path: Path) -> None:
    write(tmp_path, {"a.py": TAGGED, "pkg/b.py": RAW, "pkg/__init__.py": "", "c.py": CLEAN})
    fresh = sites(tmp_path, "--no-cache")
    assert [fresh, fresh] == [sites(tmp_path), sites(tmp_path)]
    assert [site for site in fresh if site["path"].startswith("pkg/")] == sites(tmp_path, "pkg")


def test_projects_inside_are_judged_by_their_own_policies(tmp_path: Path) -> None:
    write(tmp_path, NESTED)
    found = {site["path"]: site["status"] for site in sites(tmp_path, "--no-cache")}
    expected = {
        "app.py": "attributed",
        "lax/new/app.py": "raw",
        "lax/old/app.py": "allowed",
        "plain/app.py": "raw",
        "strict/app.py": "untagged",
    }
    assert expected == found


def test_a_notebook_is_listed_by_cell(tmp_path: Path) -> None:
    cells = [{"cell_type": "code", "metadata": {}, "outputs": [], "source": text} for text in ("x = 1\n", RAW)]
    write(tmp_path, {"a.ipynb": json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})})
    assert [(2, 4)] == [(site["cell"], site["line"]) for site in sites(tmp_path)]


def test_csv_has_one_line_a_call_and_names_every_proof(tmp_path: Path) -> None:
    write(tmp_path, {"a.py": TAGGED, "b.py": RAW})
    rows = list(csv.DictReader(StringIO(costmark("inventory", "--format", "csv", cwd=tmp_path).out)))
    expected = [("attributed", "feature=search (receiver)"), ("raw", "feature (missing)")]
    assert expected == [(row["status"], row["tags"]) for row in rows]


def test_table_ends_with_a_count(tmp_path: Path) -> None:
    write(tmp_path, {"a.py": TAGGED, "b.py": RAW})
    assert "2 billable calls in 2 files: 1 attributed, 1 raw." == costmark("inventory", cwd=tmp_path).out.splitlines()[-1]


def test_a_file_below_two_policies_is_counted_once(tmp_path: Path) -> None:
    write(tmp_path, {"costmark.toml": "", "a.py": RAW, "inner/costmark.toml": "", "inner/b.py": RAW, "inner/c.py": CLEAN})
    assert "2 billable calls in 3 files: 2 raw." == costmark("inventory", cwd=tmp_path).out.splitlines()[-1]


def test_files_beside_the_folder_asked_for_are_not_counted(tmp_path: Path) -> None:
    write(tmp_path, {"costmark.toml": "", "a.py": RAW, "inner/b.py": RAW})
    assert "1 billable call in 1 file: 1 raw." == costmark("inventory", "inner", cwd=tmp_path).out.splitlines()[-1]


def test_markdown_cannot_be_broken_by_what_is_listed(tmp_path: Path) -> None:
    write(tmp_path, {"a.py": TAGGED.replace("search", "a|<b>")})
    assert "a\\|\\<b\\>" in costmark("inventory", "--format", "markdown", cwd=tmp_path).out


def test_a_project_without_calls_says_so(tmp_path: Path) -> None:
    write(tmp_path, {"a.py": CLEAN})
    assert (0, "No billable call in 1 file.\n", "") == costmark("inventory", cwd=tmp_path)


def test_what_cannot_be_read_is_named(tmp_path: Path) -> None:
    write(tmp_path, {"a.py": RAW + "def (\n"})
    assert "a.py:5: not analyzed" in costmark("inventory", cwd=tmp_path).err


def test_output_goes_to_a_file(tmp_path: Path) -> None:
    write(tmp_path, {"a.py": RAW})
    assert (0, "") == costmark("inventory", "--format", "csv", "--output-file", "calls.csv", cwd=tmp_path)[:2]
    assert 2 == len((tmp_path / "calls.csv").read_text(encoding="utf-8").splitlines())


def test_two_policies_are_one_sentence(tmp_path: Path) -> None:
    write(tmp_path, {"costmark.toml": "", "pyproject.toml": "[tool.costmark]\n", "a.py": RAW})
    done = costmark("inventory", cwd=tmp_path)
    assert (2, 1) == (done.code, done.err.count("\n"))
    assert "keep one of the two" in done.err


def test_a_repository_is_needed_for_nothing(tmp_path: Path) -> None:
    write(tmp_path, {"a.py": RAW})
    before = sites(tmp_path)
    git("init", "-q", cwd=tmp_path)
    assert before == sites(tmp_path)


@pytest.mark.parametrize(("start", "expected"), [("from cost_lib import meter\n\nmeter()\n", "attributed"), ("", "raw")])
def test_under_process_metering_scopes_are_enough_where_it_is_started(tmp_path: Path, start: str, expected: str) -> None:
    write(tmp_path, {"costmark.toml": "metering = 'process'\n", "main.py": start})
    assert expected == only(tmp_path, f"with tags(feature='a'):\n    client{CALL}")["status"]


def test_a_long_chain_of_callers_is_followed_to_its_end(tmp_path: Path) -> None:
    chain = "".join(f"@tags(feature=inherited)\ndef f{n}(q):\n    return f{n - 1}(q)\n\n\n" for n in range(1, 130))
    source = f"@tags(feature=inherited)\ndef f0(q):\n    return tagged(client){CALL}\n\n{chain}with tags(feature='a'):\n    f129(1)\n"
    assert ("attributed", "a") == tuple(only(tmp_path, source)[name] for name in ("status", "feature"))
