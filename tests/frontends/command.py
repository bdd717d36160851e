"""Run the real command, flake8 and git in a folder of their own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

BIN = Path(sys.executable).parent
RAW = "from openai import OpenAI\n\nclient = OpenAI()\nclient.chat.completions.create(model='gpt-4o-mini', messages=[])\n"
TAGGED = RAW.replace("client.chat", "tagged(client, feature='search').chat").replace(
    "from openai", "from cost_lib import tagged\nfrom openai"
)
CLEAN = "print('nothing to see')\n"
# projects inside a project
NESTED = {
    "costmark.toml": 'exclude = ["vendor/**"]\n',
    "app.py": TAGGED,
    "strict/costmark.toml": 'extend = "../costmark.toml"\nrequired-tags = ["feature", "team"]\n',
    "strict/app.py": TAGGED,
    "lax/pyproject.toml": '[tool.costmark]\nallow-raw = ["old/**"]\n',
    "lax/old/app.py": RAW,
    "lax/new/app.py": RAW,
    "plain/pyproject.toml": "[project]\nname = 'plain'\n",
    "plain/app.py": RAW,
    "vendor/costmark.toml": "",
    "vendor/app.py": RAW,
}
IDENTITY = {"GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@example.com", "GIT_COMMITTER_NAME": "a", "GIT_COMMITTER_EMAIL": "a@example.com"}
# a developer's own git settings (signing, templates, hooks) must not decide a test
GIT_ENV = IDENTITY | {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}


class Done(NamedTuple):
    """What a process left behind."""

    code: int
    out: str
    err: str


def run(*command: str, cwd: Path, stdin: str = "", env: Mapping[str, str] | None = None) -> Done:
    """Run a program and wait for it."""
    done = subprocess.run(
        command, cwd=cwd, input=stdin, capture_output=True, text=True, env={**os.environ, **GIT_ENV, **(env or {})}, check=False
    )
    return Done(done.returncode, done.stdout, done.stderr)


def costmark(*arguments: str, cwd: Path, stdin: str = "", env: Mapping[str, str] | None = None) -> Done:
    """Run the installed command."""
    return run(str(BIN / "costmark"), *arguments, cwd=cwd, stdin=stdin, env=env)


def flake8(*arguments: str, cwd: Path, stdin: str = "") -> Done:
    """Run flake8 with this plugin's codes alone in its report."""
    return run(str(BIN / "flake8"), "--isolated", "--extend-ignore=C9,E,F,W", *arguments, cwd=cwd, stdin=stdin)


def git(*arguments: str, cwd: Path) -> str:
    """Run git and give what it says."""
    done = run("git", *arguments, cwd=cwd)
    assert 0 == done.code, done.err
    return done.out


def write(root: Path, files: Mapping[str, str]) -> Path:
    """Lay files out below a folder."""
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root
