"""Editors show the findings of the buffer: a language server over its standard streams, with flake8 behind it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Timer
from typing import Any

import pytest

from lint_plugin import fastpath
from tests.frontends.command import BIN, CLEAN, GIT_ENV, RAW, TAGGED, costmark, flake8, run, write

SERVER = BIN / "pylsp"
PATIENCE = 60.0  # seconds until a server that says nothing is ended
OTHERS = ("pyflakes", "pycodestyle", "mccabe", "jedi_completion", "autopep8", "yapf")
HELPER = "from openai import OpenAI\n\n\ndef make():\n    return OpenAI()\n"
USER = "from app.helper import make\n\nmake().responses.create(model='gpt-4o', input='x')\n"


# as an extension does that keeps one process: flake8 as a module, once for each save
SAVES = """
import json, runpy, sys
from pathlib import Path
for files in json.loads(sys.stdin.read()):
    for name, text in files.items():
        Path(name).write_text(text)
    sys.argv = ["flake8", "--isolated", "--select=CMK", "--format=%(row)d %(code)s", "app/main.py"]
    try:
        runpy.run_module("flake8", run_name="__main__", alter_sys=True)
    except SystemExit as end:
        print("exit", end.code, flush=True)
"""


class Server:
    """A language server that is spoken to as an editor does."""

    def __init__(self, root: Path) -> None:
        """Start it for a project."""
        environment = {**os.environ, **GIT_ENV, "PATH": f"{BIN}:{os.environ['PATH']}"}
        self._process = subprocess.Popen(
            [SERVER], cwd=root, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self._end = Timer(PATIENCE, self._process.kill)
        self._end.start()
        self._root = root
        self._versions: dict[str, int] = {}
        self._ask("initialize", {"processId": os.getpid(), "rootUri": root.as_uri(), "capabilities": {}})
        self._send({"method": "initialized", "params": {}})
        plugins = {"flake8": {"enabled": True}, **{name: {"enabled": False} for name in OTHERS}}
        self._send({"method": "workspace/didChangeConfiguration", "params": {"settings": {"pylsp": {"plugins": plugins}}}})

    def show(self, path: str, text: str) -> list[tuple[str, int]]:
        """Put a text into the buffer of a file, and return what the server underlines: codes and lines from 1."""
        uri = (self._root / path).as_uri()
        version = self._versions[path] = self._versions.get(path, 0) + 1
        if version == 1:
            document = {"uri": uri, "languageId": "python", "version": version, "text": text}
            self._send({"method": "textDocument/didOpen", "params": {"textDocument": document}})
        else:
            changed = {"textDocument": {"uri": uri, "version": version}, "contentChanges": [{"text": text}]}
            self._send({"method": "textDocument/didChange", "params": changed})
        while True:
            message = self._receive()
            if message.get("method") == "textDocument/publishDiagnostics" and message["params"]["uri"] == uri:
                found = message["params"]["diagnostics"]
                return [(one["code"], one["range"]["start"]["line"] + 1) for one in found if str(one["code"]).startswith("CMK")]

    def close(self) -> None:
        """End it, politely."""
        self._ask("shutdown", None)
        self._send({"method": "exit", "params": None})
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()
        self._end.cancel()

    def _ask(self, method: str, params: Any) -> None:
        self._send({"id": method, "method": method, "params": params})
        while self._receive().get("id") != method:
            continue

    def _send(self, message: dict[str, Any]) -> None:
        assert self._process.stdin is not None
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self._process.stdin.flush()

    def _receive(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        length = 0
        while line := self._process.stdout.readline().strip():
            name, _, value = line.partition(b":")
            length = int(value) if name.lower() == b"content-length" else length
        assert length, "the server has ended"
        message: dict[str, Any] = json.loads(self._process.stdout.read(length))
        return message


@pytest.fixture
def project(tmp_path: Path) -> Path:
    files = {"costmark.toml": "", "app/__init__.py": "", "app/main.py": CLEAN, "app/helper.py": HELPER}
    return write(tmp_path / "project", files)


@pytest.fixture
def server(project: Path) -> Iterator[Server]:
    if not SERVER.exists():
        pytest.skip("python-lsp-server is not installed")
    started = Server(project)
    yield started
    started.close()


def test_a_raw_call_is_underlined_while_it_is_there(server: Server, project: Path) -> None:
    assert [("CMK101", 4)] == server.show("app/main.py", RAW)
    assert [] == server.show("app/main.py", TAGGED)
    assert [("CMK101", 3)] == server.show("app/main.py", USER)  # made raw in another module
    assert [] == server.show("app/main.py", CLEAN)
    assert CLEAN == (project / "app/main.py").read_text()


def test_a_buffer_leaves_what_is_known_of_the_project_as_it_is(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert 0 == costmark("check", cwd=project).code
    (stamp,) = (project / ".costmark_cache").glob("*/stamp")
    before = stamp.read_bytes()
    assert 1 == flake8("--stdin-display-name", "app/main.py", "-", cwd=project, stdin=RAW).code
    monkeypatch.chdir(project)
    monkeypatch.delenv("COSTMARK_POLICY", raising=False)
    assert (before, True) == (stamp.read_bytes(), fastpath.nothing_to_find(["check", "app/main.py"]))


def test_a_buffer_of_a_file_that_is_not_saved_yet_is_checked(project: Path) -> None:
    assert flake8("--stdin-display-name", "app/fresh.py", "-", cwd=project, stdin=RAW).out.startswith("app/fresh.py:4:25: CMK101 ")


def test_each_save_is_looked_at_anew_by_a_process_that_stays(project: Path) -> None:
    allowed = {"costmark.toml": 'allow-raw = ["app/**"]\n'}
    lazy = {"app/main.py": USER, "app/helper.py": HELPER, "costmark.toml": ""}
    mended = {
        "app/helper.py": HELPER.replace("OpenAI()", "tagged(OpenAI(), feature='x')").replace(
            "from openai", "from cost_lib import tagged\nfrom openai"
        )
    }
    saves = [{}, {"app/main.py": RAW}, allowed, lazy, mended]
    done = run(sys.executable, "-c", SAVES, cwd=project, stdin=json.dumps(saves))
    expected = ["exit 0", "4 CMK101", "exit 1", "exit 0", "3 CMK101", "exit 1", "exit 0"]
    assert (expected, "") == (done.out.splitlines(), done.err)


def test_a_cell_under_the_name_of_its_notebook_is_checked(project: Path) -> None:
    done = flake8("--stdin-display-name", "app/book.ipynb", "-", cwd=project, stdin=RAW)
    assert done.out.startswith("app/book.ipynb:4:25: CMK101 ")
