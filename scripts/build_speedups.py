"""Compile the part of ``cost_lib`` that every call passes, where there is a compiler; without it the same runs in Python."""

from __future__ import annotations

import sys
import sysconfig
import tempfile
from pathlib import Path
from typing import Any, Final

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

MODULE: Final = "cost_lib._speedups"
SOURCES: Final = "cost_lib/speedups"
BUILT: Final = "cost_lib/_speedups*"
# a name that an interpreter no longer has must not be taken for a function that returns an int
FLAGS: Final = ["-O2", "-g0", "-fno-strict-aliasing", "-fvisibility=hidden", "-Werror=implicit-function-declaration"]


def is_suitable() -> bool:
    """Say whether this interpreter is one that the compiled part is written for: CPython with its lock."""
    return sys.implementation.name == "cpython" and not sysconfig.get_config_var("Py_GIL_DISABLED") and sys.platform != "win32"


def compiled(root: Path) -> list[Path]:
    """Compile into the source tree; nothing where that cannot be done."""
    from setuptools import Distribution, Extension  # type: ignore[import-untyped]

    sources = sorted(str(path.relative_to(root)) for path in (root / SOURCES).glob("*.c"))
    headers = sorted(str(path.relative_to(root)) for path in (root / SOURCES).glob("*.h"))
    extension = Extension(MODULE, sources, depends=headers, extra_compile_args=FLAGS, optional=True)
    command: Any = Distribution({"name": "costmark", "ext_modules": [extension], "packages": []}).get_command_obj("build_ext")
    with tempfile.TemporaryDirectory() as scratch:
        command.build_lib, command.build_temp = str(root), scratch
        command.ensure_finalized()
        for path in command.get_outputs():
            Path(path).unlink(missing_ok=True)  # one of before would pass for this one, should it fail
        command.run()
    return [Path(path) for path in command.get_outputs() if Path(path).exists()]


class Speedups(BuildHookInterface[Any]):
    """What hatchling asks before it builds a wheel, or lays an editable one."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - the interface's
        """Compile, and mark the wheel as one of this platform if that went well."""
        if is_suitable() and compiled(Path(self.root)):
            build_data["pure_python"] = False
            build_data["infer_tag"] = True
            build_data["artifacts"].append(f"{BUILT}.so")


if __name__ == "__main__":
    sys.exit(not compiled(Path(__file__).resolve().parent.parent))
