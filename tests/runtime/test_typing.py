"""Tagged clients have the types of bare ones; mypy says the same of ``typed_clients.py`` in ``make types``."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
CHECKER = next((name for name in ("basedpyright", "pyright") if find_spec(name) is not None), "")


@pytest.mark.skipif(not CHECKER, reason="neither basedpyright nor pyright is installed")
def test_pyright_finds_tagged_clients_typed_as_bare_ones(tmp_path: Path) -> None:
    pytest.importorskip("openai")
    pytest.importorskip("anthropic")
    # what is wrong stands behind a comment; one that is not needed is an error
    settings = {"include": [str(HERE / "typed_clients.py")], "extraPaths": [str(HERE.parents[1])], "enableTypeIgnoreComments": True}
    config = tmp_path / "pyrightconfig.json"
    config.write_text(json.dumps({**settings, "typeCheckingMode": "standard", "reportUnnecessaryTypeIgnoreComment": "error"}))
    command = [sys.executable, "-m", CHECKER, "--project", str(config), "--pythonpath", sys.executable, "--level", "error"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert 0 == done.returncode, done.stdout
