"""Time the linter beside its peers: CPU seconds of whole processes, alternated, median of several.

usage: python benchmarks/speed.py LARGE LLM [--runs 5]

LARGE is a large tree that is mostly not LLM code (the unpacked homeassistant wheel), LLM an LLM-heavy one (langchain-community).
Peers are used where they are installed: ruff (``TID251`` with the providers banned), ast-grep, plain flake8 on a sample.
The last result is in ``speed.md`` beside this file.
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
from collections.abc import Callable
from pathlib import Path

PROVIDERS = ("openai", "anthropic", "google.genai", "google.generativeai", "mistralai", "cohere", "groq", "together", "litellm", "boto3")
BANNED = "[lint]\nselect = ['TID251']\n[lint.flake8-tidy-imports.banned-api]\n" + "".join(f"'{name}'.msg = 'no'\n" for name in PROVIDERS)
PARSE = """
import sys, libcst
from pathlib import Path
from lint_plugin.stages.prefilter import Needles, is_relevant
for path in Path(sys.argv[1]).rglob('*.py'):
    data = path.read_bytes()
    if is_relevant(data, Needles(frozenset(), ())):
        libcst.parse_module(data)
"""
Run = tuple[str, list[str], Callable[[], None]]


def main() -> None:
    """Run every measure and print one line each: median, and the ratio that the issue names."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("large", type=Path)
    parser.add_argument("llm", type=Path)
    parser.add_argument("--runs", type=int, default=5)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        _large(given.large.resolve(), Path(folder), given.runs)
        _llm(given.llm.resolve(), given.runs)
        _hook(given.large.resolve(), given.runs)


def _costmark(tree: Path, *options: str) -> list[str]:
    return [sys.executable, "-m", "lint_plugin", "check", str(tree), "--isolated", "--format", "concise", *options]


def _large(tree: Path, folder: Path, runs: int) -> None:
    settings = folder / "ruff.toml"
    settings.write_text(BANNED, encoding="utf-8")
    ruff = [shutil.which("ruff") or "ruff", "check", "--no-cache", "--config", str(settings), "--exit-zero", "-q", str(tree)]
    measured = _alternated({"costmark cold": _costmark(tree, "--no-cache"), "ruff TID251 --no-cache": ruff, **_ast_grep(tree)}, runs)
    subprocess.run(_costmark(tree), capture_output=True, check=False)
    warm = _alternated({"costmark warm": _costmark(tree)}, runs)
    _say("large tree", {**measured, **warm})
    print(f"  cold / ruff: {measured['costmark cold'][0] / measured['ruff TID251 --no-cache'][0]:.2f} (target 1.5)")
    print(f"  warm: {warm['costmark warm'][0]:.2f} s CPU (target 0.3)")


def _ast_grep(tree: Path) -> dict[str, list[str]]:
    found = shutil.which("ast-grep")
    if found is None:
        return {}
    return {"ast-grep $C.create($$$)": [found, "run", "--lang", "python", "--pattern", "$C.create($$$)", "--json=compact", str(tree)]}


def _llm(tree: Path, runs: int) -> None:
    parse = [sys.executable, "-c", PARSE, str(tree)]
    measured = _alternated({"costmark cold": _costmark(tree, "--no-cache"), "libcst.parse_module": parse}, max(1, runs // 2))
    _say("LLM-heavy tree", measured)
    print(f"  cold / parse: {measured['costmark cold'][0] / measured['libcst.parse_module'][0]:.2f} (target 1.5)")


def _hook(tree: Path, runs: int) -> None:
    """Five files with nothing to find, as a hook names them, with a warm index."""
    quiet = sorted(path for path in tree.rglob("*.py") if b"import" in path.read_bytes())[:5]
    command = [sys.executable, "-m", "lint_plugin", "check", *map(str, quiet), "--isolated", "--format", "concise"]
    subprocess.run(command, capture_output=True, check=False, cwd=tree)
    measured = _alternated({"costmark, five files": command, "python -c pass": [sys.executable, "-c", "pass"]}, runs * 3)
    _say("hook, warm index", measured)
    print(f"  hook / pass: {measured['costmark, five files'][0] / measured['python -c pass'][0]:.1f} (target 5)")


def _alternated(commands: dict[str, list[str]], runs: int) -> dict[str, tuple[float, float]]:
    """Return median CPU seconds and peak MiB of each command."""
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in commands}
    for _ in range(runs):
        for name, command in commands.items():
            taken[name].append(_once(command))
    return {name: (statistics.median(cpu for cpu, _ in rows), max(peak for _, peak in rows)) for name, rows in taken.items()}


def _once(command: list[str]) -> tuple[float, float]:
    environment = {**os.environ, "PYTHONPATH": str(Path.cwd())}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed package has its bytecode: a run must not compile ours each time
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment)
    _, _, used = os.wait4(process.pid, 0)
    process.returncode = 0
    return used.ru_utime + used.ru_stime, used.ru_maxrss / (1 if sys.platform == "linux" else 1024) / 1024


def _say(title: str, measured: dict[str, tuple[float, float]]) -> None:
    print(title)
    for name, (cpu, peak) in measured.items():
        print(f"  {name:32} {cpu:8.3f} s CPU {peak:7.0f} MiB")


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    main()
