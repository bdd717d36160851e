"""Time ``costmark fix`` beside ``costmark check``: 1,000 calls in 300 files, CPU time of fresh processes, median of several runs.

usage: python benchmarks/fix.py [--runs 5]

Exit code 1 when a fix takes more than three times as long as a check. The last result is in ``fix.md`` beside this file.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

FILES, CALLS, MOST = 300, 1000, 3.0
HEAD = '''"""Module {number}: made for a measurement."""

import json
import logging

from openai import OpenAI

log = logging.getLogger(__name__)
client = OpenAI()
'''
CALL = '''

def step_{number}(text: str, limit: int = 10) -> str:
    """Ask for step {number}."""
    if not text:
        return ""
    log.debug("step %s: %s", {number}, json.dumps({{"text": text, "limit": limit}}))
    reply = client.chat.completions.create(
        model="gpt-4o-mini",
        messages=[{{"role": "user", "content": f"{{text}} ({{limit}})"}}],
    )
    return reply.choices[0].message.content or ""
'''
PLAIN = '''

def plain_{number}(values: list[int]) -> dict[str, int]:
    """Count what step {number} gave."""
    found: dict[str, int] = {{}}
    for value in values:
        found[str(value)] = found.get(str(value), 0) + 1
    return {{key: count for key, count in sorted(found.items()) if count > {number}}}
'''


def main() -> int:
    """Measure both commands, and compare."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=5)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        tree = _tree(Path(folder) / "tree")
        lines = sum(path.read_text(encoding="utf-8").count("\n") for path in tree.rglob("*.py"))
        check = median(_timed(tree, "check") for _ in range(given.runs))
        fix = median(_timed(tree, "fix") for _ in range(given.runs))
    print(f"{CALLS} calls in {FILES} files, {lines} lines, median of {given.runs} runs, CPU seconds of a fresh process without index")
    print(f"check {check:.2f}, fix {fix:.2f}: {fix / check:.2f} times (at most {MOST:.0f})")
    return int(fix / check > MOST)


def _tree(root: Path) -> Path:
    """Write the sources."""
    (root / "app").mkdir(parents=True)
    (root / "app" / "__init__.py").touch()
    (root / "pyproject.toml").write_text('[project]\nname = "app"\ndependencies = ["costmark"]\n', encoding="utf-8")
    for number in range(FILES):
        calls = [CALL.format(number=at) for at in range(number, CALLS, FILES)]
        plain = [PLAIN.format(number=at) for at in range(4)]
        (root / "app" / f"module_{number}.py").write_text("".join([HEAD.format(number=number), *calls, *plain]), encoding="utf-8")
    return root


def _timed(tree: Path, command: str) -> float:
    """Run a command on a fresh copy and return its CPU time."""
    with tempfile.TemporaryDirectory() as folder:
        copy = shutil.copytree(tree, Path(folder) / "tree")
        before = os.times()
        done = subprocess.run(
            [sys.executable, "-m", "lint_plugin", command, "--no-cache"], cwd=copy, capture_output=True, text=True, check=False
        )
        after = os.times()
        if command == "fix" and f"fixed {CALLS} findings" not in done.stdout:
            sys.exit(f"the fix did not do its work: {done.stdout[-500:]}{done.stderr}")
    return after.children_user + after.children_system - before.children_user - before.children_system


if __name__ == "__main__":
    sys.exit(main())
