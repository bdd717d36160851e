"""The action and the scripts for CI: what is run here is the shell that they run there."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml
from markdown_it import MarkdownIt

from tests.frontends.command import BIN, GIT_ENV, RAW, TAGGED, costmark, git, write

ROOT = Path(__file__).resolve().parent.parent
ACTIONS = {name: yaml.safe_load((ROOT / name).read_text(encoding="utf-8")) for name in ("action.yml", "ci/comment/action.yml")}
SCRIPTS = ("ci/costmark-ci.sh", "ci/post-comment.sh")
TOP = {"name", "description", "author", "branding", "inputs", "outputs", "runs"}
STEP = {"name", "id", "if", "uses", "with", "shell", "run", "env", "working-directory", "continue-on-error"}
MARKER = "<!-- costmark -->"
TRAPS = ("sitecustomize", "usercustomize", "libcst", "click", "lint_plugin", "conftest", "json", "costmark")


class Ran(NamedTuple):
    """What a step left behind."""

    code: int
    said: str
    outputs: dict[str, str]
    summary: str


def steps(name: str) -> list[dict[str, Any]]:
    found = ACTIONS[name]["runs"]["steps"]
    assert isinstance(found, list)
    return found


def run_step(step: dict[str, Any], cwd: Path, env: Mapping[str, str], inputs: Mapping[str, str] | None = None) -> Ran:
    """Run a step as the runner does: its script in a file, its environment from the defaults of the inputs."""
    place = cwd.parent / f"{cwd.name}-runner"
    place.mkdir(exist_ok=True)
    (place / "step.sh").write_text(step["run"], encoding="utf-8")
    own = {"GITHUB_OUTPUT": str(place / "output"), "GITHUB_STEP_SUMMARY": str(place / "summary"), "RUNNER_TEMP": str(place)}
    for file in ("output", "summary"):
        (place / file).write_text("")
    named = {name: (inputs or {}).get(_input(value), "") for name, value in step["env"].items()}
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("CI", "GITHUB", "COSTMARK", "PYTHON"))}
    done = subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(place / "step.sh")],
        cwd=cwd,
        env={**clean, **GIT_ENV, **own, "GITHUB_ACTION_PATH": str(ROOT), **named, **env},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    lines = (place / "output").read_text().splitlines()
    return Ran(done.returncode, done.stdout + done.stderr, dict(line.split("=", 1) for line in lines), (place / "summary").read_text())


def _input(value: str) -> str:
    found = re.fullmatch(r"\$\{\{ inputs\.([a-z-]+) \}\}", value)
    return found[1] if found else ""


RECORDER = """#!/bin/sh
printf '%s ' "$@"
echo
while [ $# -gt 1 ]; do
    if [ "$1" = --output-file ]; then echo report >"$2"; fi
    shift
done
exit 1
"""


def recorder(folder: Path) -> Path:
    """Give a command that says what it was asked, where the answer itself is not what is tried."""
    place = folder / "recorder"
    place.write_text(RECORDER)
    place.chmod(0o755)
    return place


def check(project: Path, command: Path = BIN / "costmark", **inputs: str) -> Ran:
    """Run the step that checks, with the installed command in the place of a fresh installation."""
    place = project.parent / f"{project.name}-runner/costmark-environment/bin"
    place.mkdir(parents=True, exist_ok=True)
    if not (place / "costmark").exists():
        (place / "costmark").symlink_to(command)
    (step,) = (step for step in steps("action.yml") if step["name"] == "Check")
    given = {name.replace("_", "-"): value for name, value in inputs.items()}
    return run_step(step, project, {}, {"format": "github", "fail": "true", **given})


def lay_out(project: Path) -> Path:
    """Lay out a pull request that adds a raw call to ``main``."""
    write(project, {"costmark.toml": "", "old.py": RAW, ".gitignore": ".costmark_cache/\n"})
    git("init", "-q", "-b", "main", cwd=project)
    commit(project)
    git("switch", "-q", "-c", "change", cwd=project)
    write(project, {"new.py": RAW})
    commit(project)
    return project


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return lay_out(tmp_path / "project")


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Ran:
    """Check such a pull request, once; it also brings modules that would be noticed if they were run."""
    project = lay_out(tmp_path_factory.mktemp("action") / "project")
    write(project, {f"{name}.py": "open('trapped', 'w')\n" for name in TRAPS})
    commit(project)
    found = check(project, base="main")
    assert not (project / "trapped").exists()
    return found


def commit(project: Path) -> None:
    git("add", ".", cwd=project)
    git("commit", "-q", "-m", "change", cwd=project)


class TestSchema:
    @pytest.mark.parametrize("name", ACTIONS)
    def test_an_action_has_the_fields_of_one_and_no_others(self, name: str) -> None:
        action = ACTIONS[name]
        assert set() == action.keys() - TOP
        assert {"name", "description", "runs"} <= action.keys()
        assert "composite" == action["runs"]["using"]
        assert [] == [key for entry in action["inputs"].values() for key in entry if key not in {"description", "required", "default"}]
        assert [] == [key for entry in action.get("outputs", {}).values() for key in entry if key not in {"description", "value"}]

    @pytest.mark.parametrize("name", ACTIONS)
    def test_every_step_runs_bash_and_has_known_keys(self, name: str) -> None:
        assert [] == [key for step in steps(name) for key in step if key not in STEP]
        assert {"bash"} == {step["shell"] for step in steps(name)}

    @pytest.mark.parametrize("name", ACTIONS)
    def test_nothing_is_put_into_a_script_by_the_runner(self, name: str) -> None:
        assert [] == [step["name"] for step in steps(name) if "${{" in step["run"]]

    @pytest.mark.parametrize("name", ACTIONS)
    def test_every_input_is_used_and_every_used_one_is_there(self, name: str) -> None:
        used = set(re.findall(r"inputs\.([a-z-]+)", (ROOT / name).read_text(encoding="utf-8")))
        assert used == ACTIONS[name]["inputs"].keys()

    @pytest.mark.parametrize("script", SCRIPTS)
    def test_scripts_are_posix(self, script: str) -> None:
        assert 0 == subprocess.run(["sh", "-n", str(ROOT / script)], check=False).returncode
        assert (ROOT / script).read_text().startswith("#!/bin/sh\n")

    def test_workflows_of_the_page_are_yaml_with_least_rights(self) -> None:
        blocks = re.findall(r"```yaml\n(.*?)```", (ROOT / "docs/ci.md").read_text(encoding="utf-8"), re.DOTALL)
        workflows = [yaml.safe_load(block) for block in blocks if "runs-on" in block]
        analysis, comment = workflows[:2]
        assert {"contents": "read"} == analysis["permissions"]
        assert {"actions": "read", "pull-requests": "write"} == comment["permissions"]
        assert {"pull_request", "merge_group", "push"} == analysis[True].keys()  # YAML 1.1 reads the key «on» so
        assert {"workflow_run"} == comment[True].keys()
        assert [] == [step for job in comment["jobs"].values() for step in job["steps"] if "checkout" in step.get("uses", "")]
        assert [] == [
            step["run"] for flow in workflows for job in flow["jobs"].values() for step in job["steps"] if "${{" in step.get("run", "")
        ]


class TestInstall:
    def test_costmark_is_installed_apart_and_no_module_of_the_project_is_run(self, project: Path, tmp_path: Path) -> None:
        trap = "open('trapped', 'w')\n"
        write(project, {f"{name}.py": trap for name in ("venv", "ensurepip", "pip", "sitecustomize", "costmark")})
        (step,) = (step for step in steps("action.yml") if step["name"] == "Install costmark")
        fake = tmp_path / "python"
        fake.write_text('#!/bin/sh\nprintf "%s\\n" "$@" >>asked\nif [ "$3" = venv ]; then mkdir -p "$4/bin"; cp "$0" "$4/bin/python"; fi\n')
        fake.chmod(0o755)
        ran = run_step(step, project, {}, {"python": str(fake)})
        asked = (project / "asked").read_text().splitlines()
        assert (0, 2, f"{ROOT}[lint]") == (ran.code, asked.count("-I"), asked[-1])
        assert not (project / "trapped").exists()


class TestCheck:
    def test_a_raw_call_more_fails_and_is_annotated_and_nothing_of_the_project_is_run(self, ran: Ran) -> None:
        assert (1, "1") == (ran.code, ran.outputs["exit-code"])
        assert ["::error file=new.py,line=4"] == [line.split(",endLine")[0] for line in ran.said.splitlines() if line.startswith("::")]

    def test_the_report_is_the_summary_of_the_job(self, ran: Ran) -> None:
        assert Path(ran.outputs["report"]).read_text() == ran.summary
        assert ran.summary.startswith(f"{MARKER}\n## costmark: 1 call added\n")

    def test_findings_may_pass(self, project: Path) -> None:
        assert (0, "1") == ((ran := check(project, recorder(project.parent), fail="false")).code, ran.outputs["exit-code"])

    def test_wrong_use_never_passes(self, project: Path) -> None:
        assert 2 == check(project, fail="false", paths="nowhere").code

    def test_without_a_base_the_whole_project_is_checked(self, project: Path) -> None:
        ran = check(project)
        assert (1, {"exit-code": "1"}, "") == (ran.code, ran.outputs, ran.summary)
        assert ["new.py", "old.py"] == re.findall(r"::error file=([^,]+)", ran.said)

    def test_the_change_can_loosen_neither_policy_nor_baseline_for_itself(self, project: Path) -> None:
        write(project, {"costmark.toml": 'allow-raw = ["**"]\n'})
        costmark("check", "--isolated", "--write-baseline", cwd=project)
        commit(project)
        ran = check(project, base="main")
        assert (1, ["new.py"]) == (ran.code, re.findall(r"::error file=([^,]+)", ran.said))
        assert "1 setting loosened, 2 findings more accepted by the baseline" in ran.summary

    def test_what_the_base_has_accepted_passes(self, project: Path) -> None:
        costmark("check", "--write-baseline", cwd=project)
        commit(project)
        assert 0 == check(project).code

    @pytest.mark.parametrize(
        "inputs",
        [
            {"base": "--upload-pack=touch trapped"},
            {"base": "main; touch trapped"},
            {"base": "$(touch trapped)"},
            {"paths": "$(touch trapped)\n`touch trapped`\n--output-file=trapped", "baseline": "x; touch trapped"},
            {"baseline": "$(touch trapped)", "format": "text; touch trapped"},
        ],
    )
    def test_inputs_are_never_run(self, project: Path, inputs: dict[str, str]) -> None:
        assert 2 == check(project, BIN / "costmark", **inputs).code
        assert not (project / "trapped").exists()

    def test_a_link_in_the_place_of_the_report_is_not_written_through(self, project: Path) -> None:
        victim = project.parent / "victim"
        victim.write_text("mine\n")
        (project / "out.md").symlink_to(victim)
        command = str(recorder(project.parent))
        TestOtherCI().run(project, {"COSTMARK_BASE": "main", "COSTMARK_REPORT": "out.md", "COSTMARK_COMMAND": command})
        assert ("mine\n", "report\n") == (victim.read_text(), (project / "out.md").read_text())

    def test_a_checkout_of_one_commit_fetches_the_base(self, project: Path, tmp_path: Path) -> None:
        base = git("rev-parse", "main", cwd=project).strip()
        git("config", "uploadpack.allowAnySHA1InWant", "true", cwd=project)
        git("clone", "-q", "--depth=1", "--branch=change", f"file://{project}", "clone", cwd=tmp_path)
        ran = check(tmp_path / "clone", recorder(tmp_path), base=base)
        assert (1, f"check --format github --since {base} --policy-from {base} -- ") == (ran.code, ran.said.splitlines()[-1])
        assert base == git("rev-parse", base, cwd=tmp_path / "clone").strip()

    def test_a_base_that_cannot_be_had_is_one_sentence(self, project: Path) -> None:
        ran = check(project, base="0" * 40)
        assert (2, 1) == (ran.code, len(ran.said.splitlines()))
        assert "fetch-depth: 0" in ran.said


class TestOtherCI:
    @pytest.mark.parametrize(
        ("variables", "base"),
        [
            ({"COSTMARK_BASE": "main"}, "main"),
            ({"GITHUB_BASE_REF": "main"}, "origin/main"),
            ({"CI_MERGE_REQUEST_DIFF_BASE_SHA": "main"}, "main"),
            ({"SYSTEM_PULLREQUEST_TARGETBRANCH": "refs/heads/main"}, "origin/main"),
        ],
    )
    def test_the_base_is_asked_of_the_usual_variables(self, project: Path, variables: dict[str, str], base: str) -> None:
        git("update-ref", "refs/remotes/origin/main", "main", cwd=project)
        done = self.run(project, {**variables, "COSTMARK_COMMAND": str(recorder(project.parent)), "COSTMARK_PATHS": "a b\n-c\n"})
        assert (1, f"check --format text --since {base} --policy-from {base} -- a b -c \n") == (done.returncode, done.stdout)

    def test_a_missing_command_is_one_sentence(self, project: Path) -> None:
        done = self.run(project, {"COSTMARK_COMMAND": "no-such-command"})
        assert (2, 1) == (done.returncode, len(done.stderr.splitlines()))

    def run(self, project: Path, env: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
        clean = {name: value for name, value in os.environ.items() if not name.startswith(("CI", "GITHUB", "COSTMARK"))}
        script = str(ROOT / "ci/costmark-ci.sh")
        given = {**clean, **GIT_ENV, "COSTMARK_COMMAND": str(BIN / "costmark"), **env}
        return subprocess.run(["sh", script], cwd=project, env=given, capture_output=True, text=True, timeout=60, check=False)


GH = """#!/bin/sh
printf '%s\\n' "$*" >>"$GH_LOG"
for argument; do case $argument in body=@*) cp "${argument#body=@}" "$GH_LOG.body" ;; esac; done
case "$*" in
    *"/pulls "*) printf '%b' "$GH_PULLS" ;;
    *--paginate*) printf '%b' "$GH_COMMENTS" ;;
esac
"""


class TestComment:
    @pytest.fixture
    def gh(self, tmp_path: Path) -> Path:
        """Put a recorder in the place of GitHub's command."""
        place = tmp_path / "bin"
        place.mkdir()
        (place / "gh").write_text(GH)
        (place / "gh").chmod(0o755)
        return place

    def post(self, gh: Path, report: str, *, pulls: str = "6\\tother\\n7\\thead\\n", comments: str = "") -> tuple[list[str], str]:
        (step,) = steps("ci/comment/action.yml")
        work = gh.parent / "work"
        work.mkdir(exist_ok=True)
        (work / "costmark.md").write_text(report, encoding="utf-8", newline="")
        event = {"REPOSITORY": "acme/app", "HEAD_OWNER": "fork", "HEAD_BRANCH": "a;touch trapped", "HEAD_SHA": "head"}
        env = {
            **event,
            "PATH": f"{gh}:{os.environ['PATH']}",
            "GH_LOG": str(gh / "log"),
            "GH_PULLS": pulls,
            "GH_COMMENTS": comments,
            "COSTMARK_REPORT": "costmark.md",
            "GITHUB_ACTION_PATH": str(ROOT / "ci/comment"),
        }
        ran = run_step(step, work, env)
        assert 0 == ran.code, ran.said
        assert not (work / "trapped").exists()
        body = gh / "log.body"
        return (gh / "log").read_text().splitlines(), body.read_text(encoding="utf-8", errors="replace") if body.exists() else ""

    def test_the_first_report_is_a_new_comment(self, gh: Path) -> None:
        asked, body = self.post(gh, f"{MARKER}\n## costmark: 1 call added\n")
        assert "repos/acme/app/issues/7/comments" in asked[-1]
        assert f"{MARKER}\n## costmark: 1 call added\n" == body

    def test_a_later_report_replaces_the_first(self, gh: Path) -> None:
        asked, _ = self.post(gh, "text\n", comments="55\\n")
        assert asked[-1].startswith("api --method PATCH repos/acme/app/issues/comments/55 ")

    def test_a_commit_that_is_no_longer_the_head_gets_no_comment(self, gh: Path) -> None:
        asked, body = self.post(gh, "text\n", pulls="6\\tother\\n")
        assert (1, "") == (len(asked), body)

    def test_our_own_report_is_posted_as_it_is(self, gh: Path, project: Path) -> None:
        write(project, {"costmark.toml": 'allow-raw = ["src/**"]\n[features.search]\n', "tagged.py": TAGGED})
        report = costmark("diff", "main", "--policy-from", "main", "--format", "markdown", cwd=project).out
        assert report == self.post(gh, report)[1]

    def test_a_forged_report_can_neither_call_nor_link_nor_hide(self, gh: Path) -> None:
        forged = (
            "<script>alert(1)</script> <img src=x>\n@everyone please [click](https://evil.example) ![p](http://evil.example/p.png)\n"
            "https://evil.example www.evil.example acme/app#1 <!-- hidden -->\n[a]: https://evil.example\n`open @everyone\n"
            f"```\nfenced\n```\n{MARKER}\n\x1b[31m\x00\u202e\u200b\u3164\U000e0041$x$ :: {{% raw %}} &lt; ~~~ \\`@me\\` \r\n"
            "`` ` `` @me ` \n| a | b |\n|---|---|\n| `x|@me` | `\\|@me` |\n`a``b` @me `c``d`\n"
        )
        body = self.post(gh, forged)[1]
        every = [
            token for top in MarkdownIt("commonmark", {"html": True}).enable("table").parse(body) for token in (top, *(top.children or ()))
        ]
        assert [f"{MARKER}\n"] == [
            token.content for token in every if any(word in token.type for word in ("html", "link", "image", "fence"))
        ]
        plain = "".join(token.content for token in every if token.type == "text")
        assert [] == [word for word in ("@", "](", "://", "www.", "#1", "&", "$", "<") if word in plain]
        assert [] == [char for char in "\x1b\x00\u202e\u200b\u3164\U000e0041" if char in body]

    def test_a_report_without_end_is_cut(self, gh: Path) -> None:
        assert len(self.post(gh, "x" * 1_000_000)[1]) < 65_000

    def test_a_link_in_the_place_of_the_report_is_not_followed(self, gh: Path, tmp_path: Path) -> None:
        (tmp_path / "secret").write_text("secret")
        work = tmp_path / "work"
        work.mkdir()
        (work / "costmark.md").symlink_to(tmp_path / "secret")
        (step,) = steps("ci/comment/action.yml")
        env = {"PATH": f"{gh}:{os.environ['PATH']}", "GH_LOG": str(gh / "log"), "COSTMARK_REPORT": "costmark.md"}
        ran = run_step(step, work, {**env, "GITHUB_ACTION_PATH": str(ROOT / "ci/comment")})
        assert (0, False) == (ran.code, (gh / "log").exists())


def test_the_shell_is_there() -> None:
    assert shutil.which("bash")
