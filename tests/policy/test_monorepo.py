"""One run over a repository with several policies: every file answers to the nearest one, and inherits from those that it extends."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cost_lib import catalog
from cost_lib.catalog.match import Catalog
from cost_lib.catalog.model import ClientClass
from cost_lib.policy import loads
from tests.frontends.command import RAW, TAGGED, flake8, git, write
from tests.frontends.inside import Inside, inside

EXCEPTIONS = """
[[exceptions]]
rule = "CMK101"
path = "libs/old.py"
owner = "data"
reason = "one-off"
expires = 2999-01-31
[[exceptions]]
rule = "CMK101"
path = "services/**"
owner = "data"
reason = "was one-off"
expires = 2026-01-31
"""
ROOT_POLICY = f"""
no-inline = ["CMK101"]
exclude = ["vendor/**"]
[features.search]
owner = "find"
[tags.team]
values = ["a", "b"]
{EXCEPTIONS}"""
REPOSITORY = {
    "costmark.toml": ROOT_POLICY,
    "gateway.py": RAW,
    "libs/old.py": RAW,
    "libs/silent.py": RAW.rstrip() + "  # costmark: allow[CMK101] billed elsewhere\n",
    "vendor/a.py": RAW,
    # a member that is a package, with its own costmark table
    "services/billing/pyproject.toml": '[project]\nname = "billing"\n[tool.costmark]\nextend = "../../costmark.toml"\n'
    'required-tags = ["feature", "team"]\nallow-raw = ["gateway.py"]\n',
    "services/billing/gateway.py": RAW,
    "services/billing/app.py": TAGGED,
    # one that adds to the registry
    "services/faq/costmark.toml": 'extend = "../../costmark.toml"\n[features.faq]\nowner = "support"\n',
    "services/faq/deep/app.py": TAGGED.replace("search", "faq"),
    "services/faq/deep/gateway.py": RAW,
    # a member without a policy answers to the root's
    "services/plain/pyproject.toml": '[project]\nname = "plain"\n',
    "services/plain/app.py": TAGGED.replace("search", "faq"),
}
CREATE = "chat.completions.create"
EXPECTED = [
    ("costmark.toml", 15, "CMK902"),
    ("gateway.py", 4, "CMK101"),
    ("libs/silent.py", 4, "CMK101"),
    ("services/billing/app.py", 5, "CMK201"),
    ("services/faq/deep/gateway.py", 4, "CMK101"),
    ("services/plain/app.py", 5, "CMK202"),
]


@pytest.fixture
def costmark(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Inside]:
    with inside(capsys, monkeypatch) as run:
        yield run


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    git("init", "-q", cwd=tmp_path)
    return write(tmp_path, REPOSITORY)


def found(costmark: Inside, project: Path, *arguments: str) -> list[tuple[str, int, str]]:
    done = costmark("check", "--format", "json", *arguments, cwd=project)
    assert "" == done.err
    return [(one["path"], one["line"], one["code"]) for one in json.loads(done.out)]


def settings(costmark: Inside, project: Path, path: str) -> Any:
    done = costmark("config", path, "--format", "json", cwd=project)
    assert (0, "") == (done.code, done.err)
    return json.loads(done.out)


def test_every_file_answers_to_the_nearest_policy_in_one_run(repository: Path, costmark: Inside) -> None:
    assert EXPECTED == found(costmark, repository)


def test_the_files_named_one_by_one_give_the_same(repository: Path, costmark: Inside) -> None:
    named = [name for name in REPOSITORY if name.endswith(".py")]
    assert EXPECTED == found(costmark, repository, *named)


def test_a_member_alone_gives_its_part_and_names_the_policy_above(repository: Path, costmark: Inside) -> None:
    done = costmark("check", "--format", "concise", cwd=repository / "services/billing")
    assert [str(repository / "costmark.toml"), "app.py"] == [line.split(":")[0] for line in done.out.splitlines()]


def test_flake8_gives_the_same_for_sources(repository: Path) -> None:
    lines = flake8("--disable-noqa", ".", cwd=repository).out.splitlines()
    rows = [line.removeprefix("./").split(":") for line in lines]
    assert [row for row in EXPECTED if row[0].endswith(".py")] == sorted(
        (path, int(line), text.split()[0]) for path, line, _, text, *_ in rows
    )


def test_the_baseline_of_the_whole_holds_for_a_member(repository: Path, costmark: Inside) -> None:
    costmark("check", "--write-baseline", cwd=repository)
    text = (repository / "costmark-baseline.json").read_text()
    assert (len(EXPECTED), 0) == (text.count('"code"'), text.count(".."))
    assert 0 == costmark("check", "--baseline", "../../costmark-baseline.json", cwd=repository / "services/billing").code


class TestExceptions:
    def test_one_without_owner_reason_or_expiry_is_a_configuration_error(self, tmp_path: Path, costmark: Inside) -> None:
        for key in ("owner", "reason", "expires"):
            kept = [line for line in EXCEPTIONS.splitlines()[:7] if not line.startswith(key)]
            done = costmark("check", cwd=write(tmp_path, {"costmark.toml": "\n".join(kept)}))
            assert (2, f'costmark: costmark.toml:2: [[exceptions]] needs "{key}"\n') == (done.code, done.err)

    def test_the_day_of_expiry_still_counts_and_the_next_does_not(self, repository: Path, costmark: Inside) -> None:
        inside_services = [row for row in EXPECTED if not row[0].startswith("services/faq/deep/gateway") and row[2] != "CMK902"]
        assert inside_services == found(costmark, repository, "--as-of", "2026-01-31")
        assert EXPECTED == found(costmark, repository, "--as-of", "2026-02-01")

    def test_an_expired_one_is_a_finding_though_its_rule_is_off(self, repository: Path, costmark: Inside) -> None:
        assert ("costmark.toml", 15, "CMK902") in found(costmark, repository)


class TestCatalogPin:
    @pytest.fixture
    def newer(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Let a later catalog know ``chat.completions.create`` of OpenAI for the first time."""

        def later(one: ClientClass) -> ClientClass:
            return one._replace(methods=tuple(m._replace(since="2027.01") if m.accessor == CREATE else m for m in one.methods))

        known = catalog.load().providers
        newer = Catalog([provider._replace(classes=tuple(map(later, provider.classes))) for provider in known])
        monkeypatch.setattr(catalog, "load", lambda: newer)

    @pytest.mark.usefixtures("newer")
    @pytest.mark.parametrize(("policy", "severity"), [("", "error"), ('catalog = "2026.11"', "warning"), ('catalog = "2027.01"', "error")])
    def test_what_only_a_newer_catalog_knows_is_a_warning(self, tmp_path: Path, costmark: Inside, policy: str, severity: str) -> None:
        write(tmp_path, {"costmark.toml": policy, "app.py": RAW})
        done = costmark("check", "--format", "json", "--no-cache", cwd=tmp_path)
        assert (int(severity == "error"), [severity]) == (done.code, [one["severity"] for one in json.loads(done.out)])


class TestConfig:
    def test_a_value_names_the_file_that_it_comes_from(self, repository: Path, costmark: Inside) -> None:
        rows = {row["key"]: row for row in settings(costmark, repository, "services/billing/app.py")["settings"]}
        member, top = "services/billing/pyproject.toml", "costmark.toml"
        assert {"key": "required-tags", "value": ["feature", "team"], "file": member, "line": 5} == rows["required-tags"]
        assert {"key": "no-inline", "value": ["CMK101"], "file": top, "line": 2} == rows["no-inline"]
        assert {"key": "features.search.owner", "value": "find", "file": top, "line": 5} == rows["features.search.owner"]
        assert {"key": "metering", "value": "call", "file": None, "line": None} == rows["metering"]

    def test_what_holds_for_a_path_is_worked_out(self, repository: Path, costmark: Inside) -> None:
        assert [True, False, False] == [
            settings(costmark, repository, path)["in-force"]["raw-clients-allowed"]
            for path in ("services/billing/gateway.py", "gateway.py", "services/faq/deep/gateway.py")
        ]
        assert settings(costmark, repository, "vendor/a.py")["in-force"]["excluded"]
        assert [("libs/old.py", 9)] == [
            (one["path"], one["line"]) for one in settings(costmark, repository, "libs/old.py")["in-force"]["exceptions"]
        ]

    def test_the_policies_are_named_nearest_first(self, repository: Path, costmark: Inside) -> None:
        expected = ["services/faq/costmark.toml", "costmark.toml"]
        assert expected == settings(costmark, repository, "services/faq/deep/app.py")["policies"]

    def test_the_text_says_the_same(self, repository: Path, costmark: Inside) -> None:
        done = costmark("config", "services/billing/app.py", cwd=repository)
        assert 'required-tags = ["feature", "team"]  # services/billing/pyproject.toml:5' in done.out.splitlines()

    def test_every_value_of_a_policy_is_json(self, repository: Path, costmark: Inside) -> None:
        rows = {row["key"]: row["value"] for row in settings(costmark, repository, ".")["settings"]}
        assert ("2999-01-31", ["vendor/**"]) == (rows["exceptions[1].expires"], rows["exclude"])


def test_the_policies_of_the_page_are_policies(tmp_path: Path) -> None:
    page = (Path(__file__).resolve().parent.parent.parent / "docs/policy.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```toml\n(.*?)```", page, re.DOTALL)
    for block in blocks:
        name = "services/billing/pyproject.toml" if "[tool.costmark]" in block else "costmark.toml"
        loads(block, tmp_path / name, read=lambda _: blocks[0].encode())
    assert 3 == len(blocks)
