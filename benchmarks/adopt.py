"""Set up real repositories with the two commands of the README, and time each step.

usage: python benchmarks/adopt.py CHECKOUTS [NAME ...] [--runs 3]

CHECKOUTS holds one folder a repository; without names the first five in which calls are found are taken. Each is copied, committed as
it is, set up (`costmark init --yes`), checked by the real pre-commit with the hooks that were proposed (other people's hooks would
have to be fetched), and given one raw call more, which has to fail. Seconds are CPU time, the median of the runs. Exit code 1
where a step does not end as it should. The last result is in ``adopt.md`` beside this file.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

import yaml

BIN = Path(sys.executable).parent
MOST = 5
RAW = "from openai import OpenAI\n\n\ndef more(question):\n    return OpenAI().responses.create(model='gpt-4o-mini', input=question)\n"
IDENTITY = ("-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false")
STEPS = ("init", "again", "hook, all files", "check", "hook, a new raw call")
EXPECTED = (0, 0, 0, 0, 1)


def main() -> int:
    """Set up each repository, print one row each."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkouts", type=Path)
    parser.add_argument("names", nargs="*")
    parser.add_argument("--runs", type=int, default=3)
    given = parser.parse_args()
    names = given.names or sorted(folder.name for folder in given.checkouts.iterdir() if folder.is_dir())
    print(f"| repository | files | findings accepted | files written | {' | '.join(f'{step}, s' for step in STEPS)} |")
    print(f"|---|---|---|---|{'---|' * len(STEPS)}")
    wrong: list[str] = []
    shown = 0
    for name in names:
        if shown == MOST and not given.names:
            break
        runs = [_adopt(given.checkouts / name) for _ in range(given.runs)]
        if not runs[0][0][1] and not given.names:
            continue
        shown += 1
        times = [median(run[1][at] for run in runs) for at in range(len(STEPS))]
        codes = [code for _, _, codes in runs for code in codes]
        if codes != [*EXPECTED] * given.runs:
            wrong.append(f"{name}: exit codes {codes}")
        print(f"| {name} | {' | '.join(map(str, runs[0][0]))} | {' | '.join(f'{second:.2f}' for second in times)} |", flush=True)
    print(*wrong, sep="\n", file=sys.stderr)
    return int(bool(wrong))


def _adopt(checkout: Path) -> tuple[tuple[int, int, int], list[float], list[int]]:
    """Set one repository up; return its counts, the seconds of each step and their exit codes."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "repository"
        shutil.copytree(checkout, root, symlinks=True, ignore=shutil.ignore_patterns(".git", ".costmark_cache"))
        for arguments in (("init", "-q", "-b", "main"), ("add", "-A"), ("commit", "-q", "--no-verify", "-m", "start")):
            subprocess.run(["git", *IDENTITY, *arguments], cwd=root, check=True)
        done = [_timed("costmark", "init", "--yes", cwd=root)]
        before = _status(root)
        done.append(_timed("costmark", "init", "--yes", cwd=root))
        if _status(root) != before:
            sys.exit(f"{checkout.name}: the second run of init changed something")
        subprocess.run(["git", *IDENTITY, "add", "-A"], cwd=root, check=True)
        hooks = _ours(root, Path(folder) / "hooks.yaml")
        done.append(_timed("pre-commit", "run", "--all-files", "--config", hooks, cwd=root))
        done.append(_timed("costmark", "check", *_baseline(root), cwd=root))
        subprocess.run(["git", *IDENTITY, "commit", "-q", "--no-verify", "-m", "adopt"], cwd=root, check=True)
        (root / "one_call_more.py").write_text(RAW, encoding="utf-8")
        subprocess.run(["git", "add", "one_call_more.py"], cwd=root, check=True)
        done.append(_timed("pre-commit", "run", "--config", hooks, cwd=root))
        files = sum(1 for path in root.rglob("*") if path.suffix in (".py", ".pyi", ".ipynb"))
        counts = files - 1, _accepted(root), len(before.splitlines())
    return counts, [seconds for seconds, _ in done], [code for _, code in done]


def _timed(program: str, *arguments: str, cwd: Path) -> tuple[float, int]:
    """Run a program; return the CPU time that it and its children took, and its exit code."""
    env = {**os.environ, "PATH": f"{BIN}:{os.environ['PATH']}", "PRE_COMMIT_HOME": str(cwd.parent / "pre-commit")}
    env.pop("CI", None)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run([str(BIN / program), *arguments], cwd=cwd, env=env, capture_output=True, text=True, check=False, timeout=300)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode > 1:
        sys.exit(f"{program} {' '.join(arguments)} in {cwd}: {done.stdout}{done.stderr}")
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, done.returncode


def _ours(root: Path, file: Path) -> str:
    """Write the hooks that were proposed to a configuration of their own."""
    repos = yaml.safe_load((root / ".pre-commit-config.yaml").read_text(encoding="utf-8"))["repos"]
    ours = [repo for repo in repos if any(hook["id"].startswith("costmark") for hook in repo["hooks"])]
    file.write_text(yaml.safe_dump({"repos": ours}), encoding="utf-8")
    return str(file)


def _status(root: Path) -> str:
    return subprocess.run(["git", "status", "--short", "-uall"], cwd=root, check=True, capture_output=True, text=True).stdout


def _baseline(root: Path) -> list[str]:
    return ["--baseline", "costmark-baseline.json"] if (root / "costmark-baseline.json").exists() else []


def _accepted(root: Path) -> int:
    file = root / "costmark-baseline.json"
    return sum("path" in record for record in json.loads(file.read_text(encoding="utf-8"))) if file.exists() else 0


if __name__ == "__main__":
    sys.exit(main())
