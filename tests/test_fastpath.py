"""The start without the program: it answers only where the program would find nothing, and it does answer the usual case."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cost_lib.catalog.registry import ALSO, HOSTS, TOKENS, WORDS
from cost_lib.policy import loads
from lint_plugin import pipeline, stamp, stamping
from lint_plugin.fastpath import nothing_to_find
from lint_plugin.frontends import checking, flake8_project, flake8_quiet, workspace
from lint_plugin.frontends.choices import Choices
from lint_plugin.frontends.flake8_plugin import Plugin
from lint_plugin.index import Index
from lint_plugin.indifference import is_indifferent
from lint_plugin.model import Report, Request
from lint_plugin.stages.prefilter import is_relevant, needles_of
from lint_plugin.stages.suppress import is_needed

RAW = "from openai import OpenAI\n\nOpenAI().responses.create(model='gpt-4o', input='x')\n"
PROJECT = {
    "costmark.toml": "",
    "app/__init__.py": "",
    "app/clients.py": "from openai import OpenAI\n\n\ndef make_client():\n    return OpenAI()\n",
    "app/tagged.py": "from cost_lib import tagged\nfrom app.clients import make_client\n\n"
    "tagged(make_client(), feature='search').responses.create(model='gpt-4o', input='x')\n",
    "app/state.py": "from app.clients import make_client\n\n\ndef start(request):\n    request.app.state.llm = make_client()\n",
    "app/noted.py": "print(1)  # costmark: allow[CMK101] kept for a reason\n",
    "app/plain.py": "import json\n\nprint(json.dumps({}))\n",
    "app/other.py": "from app import plain\n\nprint(plain)\n",
    "tests/conftest.py": "import pytest\nfrom app.clients import make_client\n\n\n@pytest.fixture\ndef llm():\n    return make_client()\n",
    "tests/test_plain.py": "def test_plain():\n    assert True\n",
    "vendor/old.py": RAW,
}
TEXTS = (
    "import json\n\nprint(json.dumps([]))\n",
    "# glued together from anthropic parts\n",
    RAW,
    "from app.clients import make_client\n\nmake_client().responses.create(model='gpt-4o', input='x')\n",
    "from app.clients import (\n    make_client as build,\n)\n\nbuild().responses.create(model='gpt-4o', input='x')\n",
    "from app.clients import *\n\nmake_client().responses.create(model='gpt-4o', input='x')\n",
    "def view(request):\n    return request.app.state.llm.responses.create(model='gpt-4o', input='x')\n",
    "def test_it(llm):\n    llm.responses.create(model='gpt-4o', input='x')\n",
    "print(1)  # noqa: CMK101\n",
    "import requests\n\nrequests.post('https://api.openai.com/v1/responses', json={})\n",
    "import importlib\n\nimportlib.import_module(\n    'openai').responses.create(model='gpt-4o', input='x')\n",
    "def make_client():\n    return object()\n",
    "def broken(:\n",
    "",
)
POLICIES = (
    "",
    "exclude = ['vendor/**']\n",
    "required-tags = ['feature', 'team']\n",
    "enable = ['CMK105', 'CMK302']\n",
    "[[wrappers]]\nname = 'json.dumps'\nkind = 'call'\ntags = ['keywords']\n",
)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = tmp_path / "project"
    make(root)
    monkeypatch.chdir(root)
    monkeypatch.delenv("COSTMARK_POLICY", raising=False)
    look()
    return root


def make(root: Path) -> None:
    for name, text in {**PROJECT, "costmark.toml": "exclude = ['vendor/**']\n"}.items():
        write(root / name, text)


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def look(*paths: str, cache: bool = True) -> Report:
    """Run the full program."""
    workspace._load.cache_clear()
    return checking.run(Choices(paths=tuple(map(Path, paths)), cache=cache)).report


def is_clean(*paths: str) -> bool:
    return nothing_to_find(["check", *paths])


# --- the usual case ---


def test_unchanged_files_are_answered_for(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert is_clean("app/plain.py", "app/tagged.py", str(project / "tests/test_plain.py"))
    assert "No findings.\n" == capsys.readouterr().out


def test_changed_files_that_do_not_matter_are_answered_for(project: Path) -> None:
    write(project / "app/plain.py", "import os\n\n# put together from several parts, and important\nprint(os.sep)\n")
    write(project / "tests/test_plain.py", "def test_other():\n    assert [] == []\n")
    assert is_clean("app/plain.py", "tests/test_plain.py")


def test_touched_file_that_matters_is_answered_for(project: Path) -> None:
    os.utime(project / "app/tagged.py")
    assert is_clean("app/tagged.py")


def test_concise_says_nothing(project: Path, capsys: pytest.CaptureFixture[str]) -> None:  # noqa: ARG001
    assert nothing_to_find(["check", "--format", "concise", "app/plain.py"])
    assert "" == capsys.readouterr().out


def test_findings_elsewhere_do_not_count(project: Path) -> None:
    write(project / "app/raw.py", RAW)
    look()
    assert is_clean("app/plain.py")
    assert not is_clean("app/plain.py", "app/raw.py")


def test_project_without_policy_is_answered_for(project: Path) -> None:
    (project / "costmark.toml").unlink()
    (project / ".git").mkdir()
    look()
    assert is_clean("app/plain.py")


def test_accepted_findings_elsewhere_do_not_count(project: Path) -> None:
    write(project / "app/raw.py", RAW)
    file = Path("costmark-baseline.json")
    checking.run(Choices(baseline=file, write_baseline=True))
    arguments = ["check", "--baseline", str(file)]
    checking.run(Choices(baseline=file))
    assert nothing_to_find([*arguments, "app/plain.py"])
    assert not nothing_to_find([*arguments, "app/raw.py"])
    write(project / "app/raw.py", "")
    look()
    assert not nothing_to_find([*arguments, "app/raw.py"])  # the entry is stale, and said to be so
    file.write_text(f"{file.read_text()} ", encoding="utf-8")
    assert not nothing_to_find([*arguments, "app/plain.py"])


def test_nothing_is_imported(project: Path) -> None:
    code = "import sys; from lint_plugin.__main__ import main; code = main(); print(code, *sorted(sys.modules))"
    command = [sys.executable, "-c", code, "check", "app/plain.py", "app/tagged.py"]
    done = subprocess.run(command, cwd=project, capture_output=True, text=True, check=True, env={**os.environ, "PYTHONPATH": str(root())})
    said, modules = done.stdout.splitlines()
    assert "No findings." == said
    assert "0" == modules.split()[0]
    assert set() == {"click", "libcst", "msgspec", "re", "typing", "pathlib"} & set(modules.split()) - preloaded()


def root() -> Path:
    return Path(__file__).parent.parent


def preloaded() -> set[str]:
    done = subprocess.run([sys.executable, "-c", "import sys; print(*sys.modules)"], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


# --- what the full program has to look at ---


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["rule"],
        ["check"],
        ["check", "."],
        ["check", "app"],
        ["check", "--since", "HEAD", "app/plain.py"],
        ["check", "--write-baseline", "app/plain.py"],
        ["check", "--baseline", "costmark-baseline.json", "app/plain.py"],
        ["check", "--baseline", "", "app/plain.py"],
        ["check", "--format", "json", "app/plain.py"],
        ["check", "--isolated", "app/plain.py"],
        ["check", "--no-cache", "app/plain.py"],
        ["check", "app/none.py"],
        ["check", "vendor/old.py"],
        ["check", "--", "app/plain.py"],
    ],
)
def test_anything_else_is_left_to_the_program(project: Path, arguments: list[str]) -> None:  # noqa: ARG001
    assert not nothing_to_find(arguments)


@pytest.mark.parametrize("text", [text for text in TEXTS if "create(" in text or "noqa" in text or "post(" in text])
def test_change_that_may_matter_is_left_to_the_program(project: Path, text: str) -> None:
    write(project / "tests/test_plain.py", text)
    assert not is_clean("tests/test_plain.py")
    look()
    assert bool(look("tests/test_plain.py").findings) != is_clean("tests/test_plain.py")


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("app/clients.py", "make_client = object\n"),  # in the other direction: what was tagged is no call any more
        ("app/tagged.py", RAW),
        ("app/noted.py", "print(1)\n"),
        ("app/new.py", "print(1)\n"),
        ("fresh/new.py", "print(1)\n"),
        ("costmark.toml", "exclude = ['vendor/**', 'app/**']\n"),
        ("costmark.toml", "["),
        ("app/costmark.toml", ""),
        ("app/pyproject.toml", "[tool.costmark]\n"),
        ("pyproject.toml", "[project]\nrequires-python = '>=3.14'\n"),
        ("pyproject.toml", "[tool.costmark]\n"),
        (".gitignore", "tagged.py\n"),
        ("app/.gitignore", "tagged.py\n"),
    ],
)
def test_change_elsewhere_is_left_to_the_program(project: Path, path: str, text: str) -> None:
    assert is_clean("app/plain.py")
    write(project / path, text)
    assert not is_clean("app/plain.py")


def test_edit_behind_restored_times_is_left_to_the_program(project: Path) -> None:
    file = project / "app/plain.py"
    before = file.stat()
    file.write_text(PROJECT["app/plain.py"].replace("json.dumps({})", "openai"), encoding="utf-8")
    write(file, f"import openai\n{' ' * (before.st_size - 15)}\n")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert not is_clean("app/plain.py")


@pytest.mark.parametrize("path", ["app/plain.py", "app/tagged.py", "tests/conftest.py", "costmark.toml", "app/__init__.py"])
def test_deleted_file_is_left_to_the_program(project: Path, path: str) -> None:
    (project / path).unlink()
    assert not is_clean("app/other.py")


def test_renamed_file_is_left_to_the_program(project: Path) -> None:
    (project / "app/plain.py").rename(project / "app/plan.py")
    assert not is_clean("app/other.py")
    assert not is_clean("app/plan.py")


@pytest.mark.parametrize("name", ["COSTMARK_POLICY", "_COSTMARK_COMPLETE"])
def test_variables_that_ask_for_something_else_are_left_to_the_program(project: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:  # noqa: ARG001
    monkeypatch.setenv(name, "")
    assert not is_clean("app/plain.py")


def test_another_day_is_left_to_the_program(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: ARG001
    monkeypatch.setattr("time.strftime", lambda *_: "2199-01-01")
    assert not is_clean("app/plain.py")


def test_another_version_is_left_to_the_program(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: ARG001
    monkeypatch.setattr(stamp, "__version__", "99")
    assert not is_clean("app/plain.py")


def test_finding_in_the_policy_is_left_to_the_program(project: Path) -> None:
    exception = "[[exceptions]]\nrule = 'CMK101'\npath = 'app/**'\nowner = 'me'\nreason = 'x'\nexpires = 2020-01-01\n"
    write(project / "costmark.toml", exception)
    assert ["CMK902"] == [finding.code for finding in look("app/plain.py").findings]
    assert not is_clean("app/plain.py")


def test_damaged_stamp_is_left_to_the_program(project: Path) -> None:
    place = Path(stamp.place(str(project)))
    data = place.read_bytes()
    for cut in (0, 10, 200, len(data) - 1):
        place.write_bytes(data[:cut])
        assert not is_clean("app/plain.py")


def test_stamp_that_no_longer_holds_is_written_anew(project: Path) -> None:
    write(project / "notes/readme.txt", "a folder more")
    assert not is_clean("app/plain.py")
    look("app/plain.py")
    assert is_clean("app/plain.py")


# --- what the last run found ---


def test_report_of_the_last_run_is_given_without_the_analyzer(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(project / "app/raw.py", RAW)
    expected = look()
    write(project / "app/plain.py", "print('changed')\n")
    monkeypatch.setattr(pipeline, "check", None)
    assert expected == look()
    assert ["app/raw.py"] == [finding.path for finding in look("app/raw.py", "app/plain.py").findings]


def test_what_a_change_makes_wrong_elsewhere_is_remembered(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(project / "app/use.py", "from app.house import make\n\nmake().responses.create(model='gpt-4o', input='x')\n")
    write(project / "app/house.py", "def make():\n    return object()\n")
    commit(project)
    write(project / "app/house.py", "from openai import OpenAI\n\n\ndef make():\n    return OpenAI()\n")
    expected = look("app/house.py")
    assert [("app/use.py", "CMK101")] == [(finding.path, finding.code) for finding in expected.findings]
    monkeypatch.setattr(pipeline, "check", None)
    assert expected.findings == look("app/house.py").findings


USE = "from app.clients import make_client\n\nmake_client().responses.create(model='gpt-4o', input='x')\n"


def commit(root: Path) -> None:
    for command in (["init", "-q"], ["add", "."], ["-c", "user.name=a", "-c", "user.email=a@b.c", "commit", "-qm", "x", "--allow-empty"]):
        subprocess.run(["git", *command], cwd=root, check=True)


def test_file_beside_a_finding_is_answered_for_once_the_last_commit_was_asked(project: Path) -> None:
    path = "app/clients.py"
    write(project / "app/use.py", USE)
    commit(project)
    look()
    assert not is_clean(path)
    assert () == look(path).findings
    assert is_clean(path)
    commit(project)
    assert not is_clean(path)


def test_file_that_makes_another_wrong_is_left_to_the_program(project: Path) -> None:
    write(project / "app/clients.py", "def make_client():\n    return object()\n")
    write(project / "app/use.py", USE)
    commit(project)
    look()
    assert is_clean("app/__init__.py")
    write(project / "app/clients.py", PROJECT["app/clients.py"])
    assert ["app/use.py"] == [finding.path for finding in look("app/clients.py").findings]
    assert not is_clean("app/clients.py")
    assert ["app/use.py"] == [finding.path for finding in look("app/clients.py").findings]


# --- flake8 ---


def in_flake8(path: str, text: str = "") -> list[str]:
    lines = (text or Path(path).read_text(encoding="utf-8")).splitlines(keepends=True)
    for remembered in (flake8_quiet._stamps, flake8_quiet._quiet, flake8_project._workspace, flake8_project._project):
        remembered.cache_clear()
    return [row[2][:6] for row in Plugin(ast.parse(""), path, lines).run()]


def test_flake8_is_told_of_quiet_files_without_the_analyzer(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(project / "app/raw.py", RAW)
    assert [] == in_flake8("app/plain.py")
    write(project / "app/other.py", "print('changed')\n")
    monkeypatch.setattr(flake8_project, "findings", None)
    assert [] == in_flake8("app/plain.py")
    assert [] == in_flake8("app/other.py")


def test_flake8_is_told_of_findings_that_it_silences_itself(project: Path) -> None:
    write(project / "app/raw.py", RAW.replace("input='x')", "input='x')  # noqa: CMK101"))
    look()
    assert ["CMK101"] == in_flake8("app/raw.py")
    assert ["CMK101"] == in_flake8("app/raw.py")


def test_flake8_is_told_of_what_an_editor_holds(project: Path) -> None:  # noqa: ARG001
    assert [] == in_flake8("app/plain.py")
    assert ["CMK101"] == in_flake8("app/plain.py", RAW)


# --- any change ---

TOKENS_AND_HOSTS = sorted({token for table in (TOKENS, HOSTS, WORDS, ALSO) for known in table.values() for token in known})
SYNTAX = [b"import ", b"from ", b"importlib.import_module(\n    ", b'"', b"'", b", ", b" as x", b"\n", b"\t", b" ", b"os", b"(", b")"]
OTHERS = [*b".chat.completions.create( cost_lib https:// token * json.dumps".split(), b"# noqa: CMK101", b"# costmark: allow"]
PIECES = st.one_of(st.sampled_from(TOKENS_AND_HOSTS), st.sampled_from(SYNTAX), st.sampled_from(OTHERS))


@given(pieces=st.lists(PIECES, max_size=8), policy=st.sampled_from(POLICIES))
@settings(max_examples=150, deadline=None)
def test_what_is_indifferent_is_not_relevant(pieces: list[bytes], policy: str) -> None:
    data, request = b"".join(pieces), Request(Path("/p"), loads(policy, Path("/p/costmark.toml")))
    tables = stamping._tables(Index(request, {}))
    assert tables is not None
    is_read = is_relevant(data, needles_of(request.policy)) or is_needed(data)
    assert not (is_read and is_indifferent("app/new.py", data, tables))


@pytest.fixture(scope="module")
def elsewhere() -> Iterator[None]:
    here = Path.cwd()
    yield
    os.chdir(here)


NAMES = st.sampled_from([*(name for name in PROJECT if name.endswith(".py")), "app/new.py", "app/openai.py"])
CHANGES = st.one_of(
    st.tuples(st.just("write"), NAMES, st.sampled_from((*TEXTS, *PROJECT.values()))),
    st.tuples(st.just("delete"), NAMES, st.just("")),
    st.tuples(st.just("rename"), NAMES, NAMES),
    st.tuples(st.just("write"), st.just("costmark.toml"), st.sampled_from(POLICIES)),
    st.tuples(st.just("write"), st.just(".gitignore"), st.sampled_from(("", "vendor/\n", "plain.py\n"))),
    st.tuples(st.just("look"), st.just(""), st.just("")),
)


def apply(root: Path, change: tuple[str, str, str]) -> None:
    kind, path, more = change
    if kind == "write":
        write(root / path, more)
    elif kind == "look":
        look()
    elif kind == "delete":
        (root / path).unlink(missing_ok=True)
    elif (root / path).exists():
        (root / path).replace(root / more)


@given(changes=st.lists(CHANGES, min_size=1, max_size=3), asked=st.sets(NAMES, min_size=1, max_size=3))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@pytest.mark.usefixtures("elsewhere")
def test_what_is_answered_for_is_clean(changes: list[tuple[str, str, str]], asked: set[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder).resolve()
        make(root)
        os.chdir(root)
        look()
        for change in changes:
            apply(root, change)
        paths = sorted(asked)
        if is_clean(*paths):
            report = look(*paths, cache=False)
            assert ((), ()) == (report.findings, report.problems)


@given(changes=st.lists(CHANGES, min_size=1, max_size=3), asked=st.sets(NAMES, max_size=3))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@pytest.mark.usefixtures("elsewhere")
def test_what_is_remembered_is_what_a_fresh_run_finds(changes: list[tuple[str, str, str]], asked: set[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder).resolve()
        make(root)
        write(root / "app/raw.py", RAW)
        os.chdir(root)
        look()
        for change in changes:
            apply(root, change)
        paths = [path for path in sorted(asked) if (root / path).exists()]
        fresh = look(*paths, cache=False)
        assert fresh.findings == look(*paths).findings
        assert fresh.findings == look(*paths).findings
