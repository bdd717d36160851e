"""Run the matrix: every SDK in an environment of its own, against a local server; ``python tests/matrix/run.py [NAME ...] [--write]``.

Environments are made under ``.matrix/`` (or ``--cache DIR``) once; ``--new`` makes them anew with the newest versions that fit.
``--write`` puts the table into ``benchmarks/matrix.md``.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, NamedTuple

ROOT: Final = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.matrix.environments import BASE, ENVIRONMENTS, Environment  # noqa: E402 - the path comes first

TABLE: Final = ROOT / "benchmarks" / "matrix.md"
INSTALLING: Final = 900  # seconds
RUNNING: Final = 600
LIBRARIES: Final = ("httpx", "httpx2", "aiohttp", "urllib3")


class Row(NamedTuple):
    """What came of one SDK."""

    environment: str
    sdk: str
    versions: str
    passed: int
    cases: int
    red: tuple[str, ...]


def main() -> int:
    """Run what is asked for; fail when a case does."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help="environments; all without")
    parser.add_argument("--cache", type=Path, default=ROOT / ".matrix")
    parser.add_argument("--new", action="store_true")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    wanted = [one for one in ENVIRONMENTS if not options.names or one.name in options.names]
    rows = []
    for environment in wanted:
        python = prepare(environment, options.cache, anew=options.new)
        for sdk in environment.sdks:
            rows.append(run(environment, sdk, python))
            kept_at(options.cache, environment, sdk).write_text(json.dumps(rows[-1]))
            print(f"{rows[-1].environment:20} {rows[-1].sdk:22} {rows[-1].passed}/{rows[-1].cases}", *rows[-1].red, sep="\n    ")
    if options.write:
        TABLE.write_text(written(kept(options.cache)))
    return int(any(row.red for row in rows))


def prepare(environment: Environment, cache: Path, *, anew: bool) -> Path:
    """Make an environment unless it is there; return its interpreter."""
    folder = cache / environment.name
    python = folder / "bin" / "python"
    if (folder / "ready").exists() and not anew:
        return python
    shutil.rmtree(folder, ignore_errors=True)
    uv = shutil.which("uv")
    make = [uv, "venv", "-q", "--python", sys.executable] if uv else [sys.executable, "-m", "venv"]
    subprocess.run([*make, str(folder)], check=True, timeout=INSTALLING)
    install = [uv, "pip", "install", "-q", "--python", str(python)] if uv else [str(python), "-m", "pip", "install", "-q"]
    subprocess.run([*install, *BASE, *environment.requirements], check=True, timeout=INSTALLING)
    (folder / "ready").touch()
    return python


def run(environment: Environment, sdk: str, python: Path) -> Row:
    """Put an SDK through its cases."""
    command = [str(python), "-W", "ignore", str(ROOT / "tests" / "matrix" / "cases.py"), sdk]
    env = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    folder = python.parent.parent  # what a case writes stays in there
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=RUNNING, env=env, cwd=folder, check=False)
        said, problem = done.stdout, [] if done.returncode == 0 else [f"exit {done.returncode}", *done.stderr.splitlines()[-1:]]
    except subprocess.TimeoutExpired as late:
        said, problem = bytes(late.stdout or b"").decode(), ["it took too long"]
    found = [json.loads(line) for line in said.splitlines() if line.startswith('{"sdk"')]
    red = [f"{one['case']}: {one['note']}" for one in found if one["note"]] + problem
    return Row(environment.name, sdk, versions(environment, python), sum(not one["note"] for one in found), len(found), tuple(red))


def kept_at(cache: Path, environment: Environment, sdk: str) -> Path:
    """Return where the last result of an SDK is kept: the table shows all, whichever were run last."""
    return cache / environment.name / f"{sdk}.json"


def kept(cache: Path) -> list[Row]:
    """Return the last result of each SDK."""
    files = [kept_at(cache, environment, sdk) for environment in ENVIRONMENTS for sdk in environment.sdks]
    return [Row(*json.loads(file.read_text())) for file in files if file.exists()]


def versions(environment: Environment, python: Path) -> str:
    """Return the versions of what an environment was made for, and of the HTTP libraries under it."""
    names = [name.split("<")[0].split(">")[0].split("[")[0] for name in environment.requirements if name not in {"brotli", "zstandard"}]
    script = (
        "import sys\nfrom importlib.metadata import version, PackageNotFoundError\n"
        "for name in sys.argv[1:]:\n try: print(name, version(name))\n except PackageNotFoundError: pass"
    )
    done = subprocess.run([str(python), "-c", script, *dict.fromkeys([*names, *LIBRARIES])], capture_output=True, text=True, check=True)
    return ", ".join(done.stdout.splitlines())


def written(rows: list[Row]) -> str:
    """Write the table."""
    lines = [
        "# SDK x case, over real HTTP",
        "",
        f"`python tests/matrix/run.py --write` (`make matrix`), {datetime.now(UTC):%Y-%m-%d}, Python {sys.version.split()[0]}.",
        "Each SDK runs in an environment of its own against a server on 127.0.0.1 that stands as a proxy for the provider's host.",
        "Cases, sync and async: call, gzip, call without tags under `meter()`, 429 and retries, refusal under `tagged` and under",
        "`meter()` (0 requests, no sleep); streams: whole (as many pieces as without us), gzip, broken, left early.",
        "",
        "| environment | SDK | versions | pass | red |",
        "|---|---|---|---|---|",
    ]
    lines += [
        f"| {row.environment} | {row.sdk} | {row.versions} | {row.passed}/{row.cases} | {'; '.join(row.red).replace('|', '/')} |"
        for row in rows
    ]
    total, passed = sum(row.cases for row in rows), sum(row.passed for row in rows)
    return "\n".join([*lines, "", f"{passed} of {total} cases pass.", ""])


if __name__ == "__main__":
    sys.exit(main())
