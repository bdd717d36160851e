"""Build the wheel, install it into empty environments and use it there as a stranger would."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import venv
import zipfile
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
SAMPLES: Final = ROOT / "examples" / "support_bot"
PIN: Final = re.compile(r"^([\w.-]+==[^\s\\]+)[ \t]*(;[^\\\n]*)?", re.MULTILINE)
DATA: Final = (".json", ".sql", ".md")
MISSING: Final = "libcst is not installed"


def run(*command: str | Path, cwd: Path = ROOT, expect: int = 0) -> str:
    """Run a command, give what it wrote, and stop where its exit code is not the expected one."""
    done = subprocess.run([str(part) for part in command], cwd=cwd, capture_output=True, text=True, check=False, env=plain())
    text = done.stdout + done.stderr
    if done.returncode != expect:
        sys.exit(f"{' '.join(map(str, command))}: exit code {done.returncode}, expected {expect}\n{text}")
    return text


def plain() -> dict[str, str]:
    """Give the environment without what would let the checkout shine through."""
    return {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "COSTMARK", "VIRTUAL_ENV"))}


def demand(fact: object, claim: str) -> None:
    """Stop where a claim about the wheel does not hold."""
    if not fact:
        sys.exit(f"wheel: {claim}: does not hold")
    print(f"wheel: {claim}")


def build(folder: Path) -> Path:
    """Build the wheel of this checkout."""
    run(sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", folder)
    (wheel,) = folder.glob("*.whl")
    return wheel


def inspect(wheel: Path) -> None:
    """Look for what must be in the wheel, and for what must not."""
    names = zipfile.ZipFile(wheel).namelist()
    tops = {name.split("/")[0] for name in names if ".dist-info/" not in name}
    demand(tops == {"lint_plugin", "cost_lib"}, "holds the two packages and nothing else")
    demand({"lint_plugin/py.typed", "cost_lib/py.typed"} <= set(names), "is marked as typed")
    data = {str(path.relative_to(ROOT)) for top in tops for path in (ROOT / top).rglob("*") if path.suffix in DATA}
    demand(data <= set(names), f"has all {len(data)} data files")


def environment(folder: Path, *packages: str) -> Path:
    """Make an empty environment with some packages, in the versions that the project is tested with."""
    venv.create(folder, with_pip=True)
    pins = folder / "constraints.txt"
    pins.write_text("\n".join(f"{pin} {marker}" for pin, marker in PIN.findall((ROOT / "requirements.lock").read_text())))
    run(folder / "bin" / "python", "-m", "pip", "install", "-qq", "--disable-pip-version-check", "-c", pins, *packages)
    return folder / "bin"


def try_base(folder: Path, wheel: Path) -> None:
    """Without the analyzer flake8 must work as before, and say once that nothing is checked."""
    tools = environment(folder, str(wheel), "flake8")
    demand(run(tools / "costmark", "--version").startswith("costmark, version"), "base: costmark --version answers")
    said = run(tools / "flake8", "-j2", "--isolated", "--max-line-length=200", ".", cwd=SAMPLES)
    demand(said.count(MISSING) == 1, "base: flake8 works and says once that libcst is missing")
    demand(MISSING in run(tools / "costmark", "check", cwd=SAMPLES / "raw", expect=2), "base: costmark check says what to install")


def try_full(folder: Path, wheel: Path) -> None:
    """With the analyzer the command and flake8 must find the same calls of the sample application."""
    tools = environment(folder, f"{wheel}[lint]")
    raw, tagged = SAMPLES / "raw", SAMPLES / "tagged"
    found = run(tools / "costmark", "check", "--no-cache", "--format", "concise", cwd=raw, expect=1)
    demand({"CMK101", "CMK102", "CMK103"} <= set(re.findall(r"CMK\d+", found)), "costmark check finds the raw calls of the sample")
    run(tools / "costmark", "check", "--no-cache", cwd=tagged)
    print("wheel: costmark check passes the tagged sample")
    demand("costmark" in run(tools / "flake8", "--version"), "flake8 sees the plugin")
    seen = run(tools / "flake8", "--isolated", "--max-line-length=200", "support_bot", cwd=raw, expect=1)
    demand(places(seen) == places(found), "flake8 finds what costmark check finds")


def places(text: str) -> list[tuple[str, str, str]]:
    """Give path, line and code of every finding in an output of one line a finding."""
    return sorted(re.findall(r"^(?:\./)?(\S+?):(\d+):\d+: (CMK\d+)", text, re.MULTILINE))


def main() -> None:
    """Build and try."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        wheel = build(folder / "wheel")
        inspect(wheel)
        try_base(folder / "base", wheel)
        try_full(folder / "full", wheel)


if __name__ == "__main__":
    main()
