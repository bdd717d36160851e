"""Propose the CI job: a workflow of its own on GitHub, elsewhere the lines to add."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Final

from lint_plugin.adopting.model import ByHand, Kept, Origin, Proposal, Step

WORKFLOWS: Final = ".github/workflows"
WORKFLOW: Final = f"{WORKFLOWS}/costmark.yml"
GITHUB: Final = "GitHub Actions"
GITLAB: Final = "GitLab"
AZURE: Final = "Azure Pipelines"
CIRCLE: Final = "CircleCI"
JENKINS: Final = "Jenkins"
FILES: Final = {
    GITLAB: (".gitlab-ci.yml",),
    AZURE: ("azure-pipelines.yml", ".azure-pipelines/azure-pipelines.yml"),
    CIRCLE: (".circleci/config.yml",),
    JENKINS: ("Jenkinsfile",),
}
HOSTS: Final = {"github": GITHUB, "gitlab": GITLAB, "dev.azure": AZURE, "visualstudio": AZURE}
OURS: Final = "costmark"
PLAIN: Final = re.compile(r"[A-Za-z][\w./-]*")
GIT_CONFIG: Final = ".git/config"


def systems(root: Path) -> tuple[str, ...]:
    """Name the CI systems that a repository is set up for; where there is none, that of its host."""
    found = [GITHUB] if _workflows(root) else []
    found += [name for name, files in FILES.items() if any((root / file).is_file() for file in files)]
    return tuple(found)


def host(root: Path) -> str:
    """Name the CI of the host that the repository is pushed to; empty where that is not known."""
    try:
        text = (root / GIT_CONFIG).read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    urls = [line.partition("=")[2].strip() for line in text.splitlines() if line.strip().startswith("url")]
    return next((name for url in urls for part, name in HOSTS.items() if part in url.lower()), "")


def propose(root: Path, system: str, origin: Origin, baseline: str, branch: str) -> Step:
    """Return the job for one system."""
    if system == GITHUB:
        known = next((file for file in _workflows(root) if _names_us(file)), None)
        if known is not None:
            return Kept(f"{known.relative_to(root).as_posix()} runs costmark already: it is kept as it is")
        return Proposal(WORKFLOW, None, _workflow(origin, baseline, branch).encode(), "the CI job: what a pull request introduces")
    for name in FILES.get(system, ()):
        if _names_us(root / name):
            return Kept(f"{name} runs costmark already: it is kept as it is")
    if system in FILES:
        return ByHand(FILES[system][0], _lines(system, origin, baseline, branch))
    return ByHand("the CI of your choice, on each pull request", f"{_install(origin)}\n{_check(f'origin/{branch}', baseline)}\n")


def _workflows(root: Path) -> list[Path]:
    try:
        return sorted(file for file in (root / WORKFLOWS).iterdir() if file.suffix in (".yml", ".yaml"))
    except OSError:
        return []


def _names_us(file: Path) -> bool:
    try:
        return OURS in file.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False


def _install(origin: Origin) -> str:
    return f'pip install "{origin.requirement}"'


def _check(base: str, baseline: str) -> str:
    accepted = f" --baseline {baseline}" if baseline else ""
    return f'costmark check --since "{base}" --policy-from "{base}"{accepted}'


def _workflow(origin: Origin, baseline: str, branch: str) -> str:
    """Write the workflow; on GitHub our action does all of it, from anywhere else the same commands are run."""
    head = f"""\
name: costmark

on:
  pull_request:
  push:
    branches: [{branch if PLAIN.fullmatch(branch) else json.dumps(branch)}]

permissions:
  contents: read

jobs:
  costmark:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
        with:
          fetch-depth: 0  # a pull request is compared with where it began
          persist-credentials: false
      - uses: actions/setup-python@v5
        with:
          python-version: "3.12"
"""
    action = origin.repository.removesuffix(".git").removeprefix("https://github.com/")
    if action.count("/") == 1 and action != origin.repository:
        return f"{head}      - uses: {action}@{origin.revision}\n"
    whole = f"costmark check{f' --baseline {baseline}' if baseline else ''} --format github"
    return f"""{head}      - run: {_install(origin)}
      - name: LLM calls that nobody answers for
        env:
          BASE: ${{{{ github.event.pull_request.base.sha }}}}
        run: |
          if [ -n "$BASE" ]; then
            costmark diff "$BASE" --policy-from "$BASE" --format markdown >> "$GITHUB_STEP_SUMMARY" || test $? -eq 1
            {_check("$BASE", baseline)} --format github
          else
            {whole}
          fi
"""


def _lines(system: str, origin: Origin, baseline: str, branch: str) -> str:
    """Write what is added to the configuration of another system."""
    install = _install(origin)
    if system == GITLAB:
        return f"""\
costmark:
  image: python:3.12
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event"
  variables:
    GIT_DEPTH: "0"
  script:
    - {install}
    - {_check("$CI_MERGE_REQUEST_DIFF_BASE_SHA", baseline)}
"""
    if system == AZURE:
        return f"""\
- checkout: self
  fetchDepth: 0
- script: |
    {install}
    {_check(f"origin/{branch}", baseline)}
  condition: eq(variables['Build.Reason'], 'PullRequest')
  displayName: costmark
"""
    if system == CIRCLE:
        return f"""\
  costmark:
    docker:
      - image: cimg/python:3.12
    steps:
      - checkout
      - run: {install}
      - run: {_check(f"origin/{branch}", baseline)}
"""
    return f"""\
stage('costmark') {{
    when {{ changeRequest() }}
    steps {{
        sh '{install}'
        sh '{_check("origin/$CHANGE_TARGET", baseline)}'
    }}
}}
"""
