"""Run tests of the compiled part with a build that watches every access to memory, and ends at the first that is wrong.

usage: python scripts/sanitize.py [PYTEST ARGUMENTS]

The build lies in a folder of its own and is found before the one in the checkout. Needs gcc and its libasan and libubsan.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
FLAGS: Final = (
    *("-g", "-O1", "-fno-omit-frame-pointer", "-fsanitize=address,undefined", "-fno-sanitize-recover=undefined", "-fno-strict-aliasing"),
    *("-Wall", "-Wextra", "-Werror", "-Wno-missing-field-initializers", "-Wno-cast-function-type", "-shared", "-fPIC"),
)
LIBRARIES: Final = ("libasan.so", "libubsan.so")
TESTS: Final = (
    "test_layouts.py",
    "test_routes.py",
    "test_routes_sequences.py",
    "test_compiled.py",
    "test_compiled_misuse.py",
    "test_compiled_proxy.py",
    "test_compiled_routes.py",
    "test_stream_ways.py",
    "test_proxy.py",
    "test_usual.py",
    "test_recorded_twins.py",
)


def main() -> int:
    """Build, and run pytest."""
    compiler = shutil.which("gcc")
    if compiler is None:
        sys.exit("sanitize: gcc is not here")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        # the tests see this tree in place of the checkout
        for part in ("cost_lib", "lint_plugin", "tests", "examples", "docs", "scripts", "pyproject.toml"):
            source = ROOT / part
            copy = shutil.copytree if source.is_dir() else shutil.copy
            copy(source, folder / part)
        for built in folder.glob("cost_lib/_speedups*"):
            built.unlink()
        target = folder / "cost_lib" / f"_speedups{sysconfig.get_config_var('EXT_SUFFIX')}"
        sources = sorted((folder / "cost_lib" / "speedups").glob("*.c"))
        subprocess.run([compiler, *FLAGS, f"-I{sysconfig.get_path('include')}", *sources, "-o", target], check=True)
        found = [subprocess.check_output([compiler, f"-print-file-name={name}"], text=True).strip() for name in LIBRARIES]
        env = os.environ | {"LD_PRELOAD": ":".join(found), "PYTHONMALLOC": "malloc", "ASAN_OPTIONS": "detect_leaks=0", "PYTHONPATH": name}
        wanted = sys.argv[1:] or [f"tests/runtime/{test}" for test in TESTS if (folder / "tests" / "runtime" / test).exists()]
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *wanted]
        return subprocess.run(command, cwd=folder, env=env, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
