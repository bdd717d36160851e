"""A project has one answer, whatever the hashes of strings are and in whatever order its files come."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from cost_lib.policy import loads
from lint_plugin.model import Finding, Request
from lint_plugin.pipeline import check

MANY = 40  # more values of one kind than a store has room for
SETTINGS = "\n".join(f'HOST_{n} = "https://api{n}.example.com"' for n in range(MANY))
HOSTS = ("api.openai.com/v1/chat/completions", "api.groq.com/openai/v1/chat/completions", "api.mistral.ai/v1/chat/completions")
CLIENTS = ("openai.OpenAI", "anthropic.Anthropic", "groq.Groq", "mistralai.Mistral", "cohere.Client")
PROJECT = {
    "settings.py": f'{SETTINGS}\nPAID = "https://{HOSTS[0]}"\nOTHER = "https://{HOSTS[1]}"\nLAST = "https://{HOSTS[2]}"\n',
    "sending.py": "import requests\n\n\ndef send(url, body):\n    return requests.post(url, json=body)\n",
    "passing.py": "from sending import send\nimport settings\n\n\ndef every(body):\n"
    + "".join(f"    send(settings.HOST_{n}, body)\n" for n in range(MANY))
    + "    send(settings.OTHER, body)\n    send(settings.PAID, body)\n    send(settings.LAST, body)\n",
    "building.py": "import requests\nimport settings\n\n\ndef post(base, body):\n"
    "    return requests.post(base + '/chat/completions', json=body)\n\n\n"
    + "".join(f"post(settings.HOST_{n}, [])\n" for n in range(12))
    + "post('https://api.openai.com/v1', [])\n",
    "agents.py": "".join(
        f"class Agent{n}:\n    def __init__(self, client):\n        self.client = client\n\n"
        f"    def ask(self):\n        return self.client.chat.completions.create(model='m{n}', messages=[])\n\n\n"
        for n in range(MANY)
    ),
    "clients.py": "".join(f"import {name.partition('.')[0]}\n" for name in CLIENTS)
    + "import agents\n\nEVERY = ["
    + ", ".join(f"agents.Agent{n}({CLIENTS[n % len(CLIENTS)]}())" for n in range(MANY))
    + "]\n",
    "using.py": "from clients import EVERY\n\n\ndef ask(agent, name='', *more):\n    return agent.ask()\n\n\n"
    + "".join(f"ask('agent {n}', 'name {n}')\n" for n in range(MANY))
    + "for one in EVERY:\n    ask(one)\n",
}


def findings(order: list[str]) -> tuple[Finding, ...]:
    """Check the project with its files in an order of their own."""
    root = Path("/nowhere")
    return check(Request(root, loads("", root / "costmark.toml"), sources={path: PROJECT[path].encode() for path in order})).findings


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("project")
    for path, text in PROJECT.items():
        (folder / path).write_text(text)
    return folder


def printed(project: Path, seed: int) -> str:
    command = [sys.executable, "-m", "lint_plugin", "check", "--isolated", "--no-cache", "--format", "json", "."]
    env = {**os.environ, "PYTHONHASHSEED": str(seed)}
    return subprocess.run(command, cwd=project, env=env, check=False, capture_output=True, text=True).stdout


def test_every_seed_of_the_hashes_gives_the_same_findings(project: Path) -> None:
    first, *others = [printed(project, seed) for seed in (0, 1, 2, 3)]
    assert json.loads(first)
    assert others == [first] * 3


@pytest.mark.parametrize("seed", range(4))
def test_every_order_of_files_gives_the_same_findings(seed: int) -> None:
    order = sorted(PROJECT)
    expected = findings(order)
    random.Random(seed).shuffle(order)  # noqa: S311  an order, no secret
    assert findings(order) == expected


def test_no_provider_is_lost_among_many_strings() -> None:
    found = {(finding.path, finding.code) for finding in findings(sorted(PROJECT))}
    assert {("sending.py", "CMK102"), ("building.py", "CMK102")} <= found


def test_no_client_is_lost_among_many_objects() -> None:
    lines = {finding.line for finding in findings(sorted(PROJECT)) if finding.path == "agents.py"}
    assert len(lines) == len({n for n in range(MANY) if CLIENTS[n % len(CLIENTS)] in ("openai.OpenAI", "groq.Groq")})
