from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path


def printed(script: str, folder: Path) -> str:
    env = {"PYTHONPATH": os.pathsep.join(sys.path)}
    return subprocess.run([sys.executable, "-c", script], env=env, cwd=folder, check=True, capture_output=True, text=True).stdout.strip()


@pytest.mark.parametrize("library", ["httpx", "httpx2"])
def test_a_library_imported_later_is_patched_and_restored(library: str, tmp_path: Path) -> None:
    pytest.importorskip(library)
    script = (
        "from cost_lib import tagged, unmeter\n"
        "tagged(object())\n"
        f"import {library}\n"
        f"send = {library}.Client.__dict__['send']\n"
        "unmeter()\n"
        f"print(send.__module__, send is {library}.Client.__dict__['send'], send.__wrapped__ is {library}.Client.__dict__['send'])\n"
        f"print({library}.__spec__.origin is not None)"
    )
    name = "httpx" if library == "httpx" else "httpx2"
    assert f"{name}._client False True\nTrue" == printed(script, tmp_path)
