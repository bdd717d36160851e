"""Time `costmark check --since` on a large repository beside a warm check of the files that have changed.

usage: python benchmarks/since.py [--files 10000] [--changed 20] [--runs 7]

A repository is generated: one file in ten calls a model, a third of these raw, the rest is ordinary code that imports its neighbours.
On a branch some files change. Measured is the CPU time of whole processes (user and system, git and other children included),
alternated, median of several. Three branches: one that changes nothing that costs, one that adds an attributed call to each file, and
one that adds a raw one. Warm: the index is that of the run before. After an edit: one of the files has just changed once more. The last
result is in ``since.md`` beside this file.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final, NamedTuple

COSTMARK: Final = Path(sys.executable).parent / "costmark"
SETTLED: Final = 2.1  # seconds after which a change is old enough for the clock
PLAIN: Final = '''"""Part {number} of the application."""

import json
from app.package_{folder} import part_{neighbour}


class Part{number}:
    """Holds what belongs together."""

    def __init__(self, items: list[str]) -> None:
        self.items = items

    def total(self) -> int:
        return sum(len(item) for item in self.items) + {number}

    def as_json(self) -> str:
        return json.dumps({{"items": self.items, "total": self.total()}})


def run(items: list[str]) -> str:
    other = part_{neighbour}
    return Part{number}(items).as_json() + str(other)
'''
CALLING: Final = '''"""Asks a model about part {number}."""

from openai import OpenAI

from cost_lib import tagged

client = {client}


def ask_{number}(text: str) -> str:
    reply = client.responses.create(model="gpt-4o-mini", input=text)
    return reply.output_text
'''
RAW: Final = "OpenAI()"
TAGGED: Final = 'tagged(OpenAI(), feature="search")'
BRANCHES: Final = {
    "nothing that costs": "\n\ndef more(items: list[str]) -> int:\n    return len(items)\n",
    "an attributed call a file": "\n\ndef more(text):\n    from cost_lib import tagged\n    from openai import OpenAI\n\n"
    '    return tagged(OpenAI(), feature="faq").responses.create(model="gpt-4o-mini", input=text)\n',
    "a raw call a file": "\n\ndef more(text):\n    from openai import OpenAI\n\n"
    '    return OpenAI().responses.create(model="gpt-4o-mini", input=text)\n',
}
IDENTITY: Final = ("-c", "user.name=benchmark", "-c", "user.email=benchmark@example.org", "-c", "commit.gpgsign=false")


class Compared(NamedTuple):
    """CPU seconds of both commands on one branch."""

    branch: str
    files: float
    since: float
    edited_files: float
    edited_since: float
    cold: float  # the first run on the branch
    findings: int


def git(folder: Path, *arguments: str) -> None:
    """Run git."""
    subprocess.run(["git", *IDENTITY, *arguments], cwd=folder, check=True, capture_output=True)


def generate(folder: Path, files: int) -> list[Path]:
    """Write the repository, and return its sources."""
    found: list[Path] = []
    for number in range(files):
        package = folder / "app" / f"package_{number // 100}"
        package.mkdir(parents=True, exist_ok=True)
        neighbour = number // 100 * 100 + (number + 1) % 100
        if number % 10:
            text = PLAIN.format(number=number, folder=number // 100, neighbour=neighbour)
        else:
            text = CALLING.format(number=number, client=RAW if number % 30 == 0 else TAGGED)
        path = package / f"part_{number}.py"
        path.write_text(text, encoding="utf-8")
        found.append(path)
    (folder / "costmark.toml").write_text('[features.search]\nowner = "find"\n[features.faq]\nowner = "support"\n', encoding="utf-8")
    (folder / ".gitignore").write_text(".costmark_cache/\n", encoding="utf-8")
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", ".")
    git(folder, "commit", "-q", "-m", "start")
    return found


def taken(folder: Path, *arguments: str) -> tuple[float, int]:
    """Run the command, and return the CPU seconds of it and its children, and how many findings it prints."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        [COSTMARK, "check", "--format", "concise", *arguments], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode > 1:
        sys.exit(done.stderr)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, len(done.stdout.splitlines())


def compare(folder: Path, branch: str, changed: Sequence[Path], runs: int) -> Compared:
    """Change some files on a branch, and time both commands in turn."""
    git(folder, "switch", "-q", "main")
    git(folder, "switch", "-q", "-c", branch.replace(" ", "-"))
    for path in changed:
        path.write_text(path.read_text(encoding="utf-8") + BRANCHES[branch], encoding="utf-8")
    git(folder, "commit", "-q", "-a", "-m", branch)
    time.sleep(SETTLED)
    names = [str(path.relative_to(folder)) for path in changed]
    cold, findings = taken(folder, "--since", "main")
    taken(folder, *names)
    rows = [(taken(folder, *names)[0], taken(folder, "--since", "main")[0]) for _ in range(runs)]
    edited = [(after_edit(folder, changed[0], *names), after_edit(folder, changed[0], "--since", "main")) for _ in range(runs)]
    git(folder, "commit", "-q", "-a", "-m", "edits")
    medians = [statistics.median(row[column] for row in table) for table in (rows, edited) for column in (0, 1)]
    return Compared(branch, *medians, cold, findings)


def after_edit(folder: Path, path: Path, *arguments: str) -> float:
    """Change a file once more, and run the command."""
    with path.open("a", encoding="utf-8") as stream:
        stream.write("\n# one line more\n")
    time.sleep(SETTLED)  # else the clock cannot tell, and everything is read again
    return taken(folder, *arguments)[0]


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--files", type=int, default=10_000)
    parser.add_argument("--changed", type=int, default=20)
    parser.add_argument("--runs", type=int, default=7)
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="costmark-since-"))
    try:
        every = generate(folder, options.files)
        step = max(1, len(every) // options.changed)
        changed = [every[number] for number in range(1, len(every), step)][: options.changed]
        time.sleep(SETTLED)
        print(f"{len(every):,} files, {len(changed)} changed; the first run of all: {taken(folder)[0]:.2f} s")
        print("| the branch adds | | these files | `--since main` | ratio | findings |\n|---|---|---|---|---|---|")
        for branch in BRANCHES:
            row = compare(folder, branch, changed, options.runs)
            for kind, files, since in (("warm", row.files, row.since), ("after an edit", row.edited_files, row.edited_since)):
                print(f"| {row.branch} | {kind} | {files:.3f} s | {since:.3f} s | {since / files:.2f} | {row.findings} |")
            print(f"| {row.branch} | first run | | {row.cold:.2f} s | | {row.findings} |", flush=True)
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
