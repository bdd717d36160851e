"""Time the linter beside its peers: CPU seconds of whole processes, alternated, median of several.

usage: python benchmarks/speed.py LARGE LLM [--runs 5] [--only large,llm,hook,flake8] [--semgrep]

LARGE is a large tree that is mostly not LLM code (the unpacked homeassistant wheel), LLM an LLM-heavy one (langchain-community). Their
Python files are copied to a folder of their own, so that no index is left in them. Peers are used where they are on the PATH: ruff
(``TID251`` with the providers banned), ast-grep, and semgrep where it is asked for, once, because it takes minutes. flake8 is compared
with itself: the same installation with and without this plugin. The last result is in ``speed.md`` beside this file.
"""

from __future__ import annotations

import argparse
import ast
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

PROVIDERS = ("openai", "anthropic", "google.genai", "google.generativeai", "mistralai", "cohere", "groq", "together", "litellm", "boto3")
BANNED = "[lint]\nselect = ['TID251']\n[lint.flake8-tidy-imports.banned-api]\n" + "".join(f"'{name}'.msg = 'no'\n" for name in PROVIDERS)
SEMGREP = "rules: [{id: raw, languages: [python], severity: ERROR, message: raw, pattern: $C.create(...)}]\n"
PARSE = """
import sys, libcst
from pathlib import Path
from lint_plugin.stages.prefilter import Needles, is_relevant
for path in Path(sys.argv[1]).rglob('*.py'):
    data = path.read_bytes()
    if is_relevant(data, Needles(frozenset(), ())):
        libcst.parse_module(data)
"""
# the same installation with and without the plugin, at the same cost of telling them apart
FLAKE8 = """
import sys, importlib.metadata as metadata
find, without = metadata.distributions, sys.argv.pop(1)
metadata.distributions = lambda **given: (found for found in find(**given) if found.metadata['name'] != without)
from flake8.main.cli import main
sys.exit(main(sys.argv[1:]))
"""
RAW = "from openai import OpenAI\n\nOpenAI().responses.create(model='gpt-4o-mini', input='{}')\n"
FILES = 5  # of a commit
SAMPLE = 400  # files for flake8, which takes minutes for the large tree
SETTLED = 2.1  # seconds after which a change is old enough for the clock


class Taken(NamedTuple):
    """What one run of a process took."""

    cpu: float
    wall: float
    peak: float  # MiB


def main() -> None:
    """Run every measure and print its medians, and the ratios that count."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("large", type=Path)
    parser.add_argument("llm", type=Path)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--only", default="large,llm,hook,flake8")
    parser.add_argument("--semgrep", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        at = Path(folder)
        large = _copied(sorted(given.large.rglob("*.py")), given.large, at / "large")
        measures: dict[str, Callable[[], None]] = {
            "large": lambda: _large(large, at, given.runs, semgrep=given.semgrep),
            "llm": lambda: _llm(_copied(sorted(given.llm.rglob("*.py")), given.llm, at / "llm"), given.runs),
            "hook": lambda: _hook(large, given.runs),
            "flake8": lambda: _flake8(_copied(_quiet(large), large, at / "sample"), given.runs),
        }
        for name in given.only.split(","):
            measures[name]()


def _copied(files: list[Path], top: Path, to: Path) -> Path:
    """Copy files into a project of its own."""
    for file in files:
        target = to / file.relative_to(top)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, target)
    (to / "costmark.toml").write_text("", encoding="utf-8")
    return to


def _quiet(tree: Path) -> list[Path]:
    """Return files in which there is nothing to find, and that this interpreter can parse."""

    def parses(file: Path) -> bool:
        try:
            ast.parse(file.read_bytes())
        except SyntaxError:
            return False
        return True

    # every nineteenth: files of all kinds
    candidates = sorted(tree.rglob("*.py"))[::19] + sorted(tree.rglob("*.py"))[1::19]
    return [file for file in candidates if b"openai" not in file.read_bytes() and parses(file)][:SAMPLE]


def _costmark(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "lint_plugin", "check", *arguments]


def _large(tree: Path, folder: Path, runs: int, *, semgrep: bool) -> None:
    (folder / "ruff.toml").write_text(BANNED, encoding="utf-8")
    (folder / "semgrep.yml").write_text(SEMGREP, encoding="utf-8")
    peers = {
        "ruff TID251 --no-cache": ["ruff", "check", "--no-cache", "--config", str(folder / "ruff.toml"), "--exit-zero", "-q", str(tree)],
        "ast-grep $C.create($$$)": ["ast-grep", "run", "--lang", "python", "--pattern", "$C.create($$$)", "--json=compact", str(tree)],
    }
    found = {name: command for name, command in peers.items() if shutil.which(command[0])}
    measured = _alternated({"costmark cold": _costmark("--no-cache", "--format", "concise"), **found}, runs, tree)
    subprocess.run(_costmark(), capture_output=True, check=False, cwd=tree, env=_environment())
    measured |= _alternated({"costmark warm": _costmark("--format", "concise")}, runs, tree)
    if semgrep and shutil.which("semgrep"):
        rule = [
            "semgrep",
            "scan",
            "--metrics=off",
            "--disable-version-check",
            "-q",
            "-j1",
            "--config",
            str(folder / "semgrep.yml"),
            str(tree),
        ]
        measured |= _alternated({"semgrep $C.create(...)": rule}, 1, tree)
    _say(f"large tree, {sum(1 for _ in tree.rglob('*.py'))} files", measured)
    _ratio("cold", measured, "costmark cold", "ruff TID251 --no-cache", "1.5")
    print(
        f"  warm: {measured['costmark warm'].cpu:.2f} s CPU (target 0.3); peak cold {measured['costmark cold'].peak:.0f} MiB (target 200)"
    )


def _llm(tree: Path, runs: int) -> None:
    parse = [sys.executable, "-c", PARSE, str(tree)]
    commands = {"costmark cold": _costmark("--no-cache", "--format", "concise"), "libcst.parse_module": parse}
    measured = _alternated(commands, max(1, runs // 2), tree)
    _say("LLM-heavy tree", measured)
    _ratio("cold", measured, "costmark cold", "libcst.parse_module", "1.5")


def _hook(tree: Path, runs: int) -> None:
    """Name five files, as a hook does, with a warm index."""
    quiet = _quiet(tree)[:: SAMPLE // FILES][:FILES]
    raw = [tree / f"raw{number}.py" for number in range(FILES)]
    for number, file in enumerate(raw):
        file.write_text(RAW.format(number), encoding="utf-8")
    for _ in range(2):
        subprocess.run(_costmark(), capture_output=True, check=False, cwd=tree, env=_environment())
        time.sleep(SETTLED)
    commands = {
        "python -c pass": [sys.executable, "-c", "pass"],
        "five files, nothing to find": _costmark(*map(str, quiet)),
        "five files with findings": _costmark(*map(str, raw)),
    }
    measured = _alternated(commands, runs * 3, tree)
    for number, file in enumerate(quiet):  # an edit that the index has not seen
        file.write_bytes(file.read_bytes() + b"\n# edited %d\n" % number)
    measured |= _alternated({"five edited files, nothing to find": commands["five files, nothing to find"]}, runs * 3, tree)
    _say("hook, warm index", measured)
    _ratio("nothing to find", measured, "five files, nothing to find", "python -c pass", "5")
    _ratio("nothing to find, edited", measured, "five edited files, nothing to find", "python -c pass", "5")
    print(f"  with findings: {measured['five files with findings'].wall * 1000:.0f} ms wall (target 300)")


def _flake8(tree: Path, runs: int) -> None:
    """Run flake8 with and without the plugin over files in which there is nothing to find."""
    commands = {
        f"flake8 {jobs} {name}": [sys.executable, "-c", FLAKE8, without, jobs, "--isolated", "--exit-zero", "."]
        for jobs in ("-j1", "-j2")
        for name, without in (("plain", "costmark"), ("with the plugin", ""))
    }
    subprocess.run(commands["flake8 -j1 with the plugin"], capture_output=True, check=False, cwd=tree, env=_environment())
    measured = _alternated(commands, runs, tree)
    _say(f"flake8, {SAMPLE} files", measured)
    for jobs in ("-j1", "-j2"):
        overhead = measured[f"flake8 {jobs} with the plugin"].cpu / measured[f"flake8 {jobs} plain"].cpu - 1
        print(f"  overhead {jobs}: {overhead:+.1%} (target 3 %)")


def _alternated(commands: dict[str, list[str]], runs: int, cwd: Path) -> dict[str, Taken]:
    """Return the medians of each command, and its highest peak."""
    taken: dict[str, list[Taken]] = {name: [] for name in commands}
    for _ in range(runs):
        for name, command in commands.items():
            taken[name].append(_once(command, cwd))
    return {
        name: Taken(*(statistics.median(row[at] for row in rows) for at in (0, 1)), max(row.peak for row in rows))
        for name, rows in taken.items()
    }


def _once(command: list[str], cwd: Path) -> Taken:
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=_environment(), cwd=cwd)
    _, _, used = os.wait4(process.pid, 0)
    process.returncode = 0
    wall = time.perf_counter() - began
    return Taken(used.ru_utime + used.ru_stime, wall, used.ru_maxrss / (1 if sys.platform == "linux" else 1024) / 1024)


def _environment() -> dict[str, str]:
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed package has its bytecode: a run must not compile ours each time
    return environment


def _say(title: str, measured: dict[str, Taken]) -> None:
    print(title)
    for name, taken in measured.items():
        print(f"  {name:36} {taken.cpu:8.3f} s CPU {taken.wall:8.3f} s wall {taken.peak:6.0f} MiB")


def _ratio(title: str, measured: dict[str, Taken], *pair_and_target: str) -> None:
    ours, theirs, target = pair_and_target
    if ours in measured and theirs in measured:
        print(f"  {title}: {measured[ours].cpu / measured[theirs].cpu:.2f} times {theirs} (target {target})")


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    main()
