"""The compiled part is used where it is there, fits and is wanted, and nowhere else."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from cost_lib import compiled
from cost_lib.sinks import files

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parent.parent.parent
SHOW = (
    "from cost_lib.compiled import SPEEDUPS; from cost_lib.metering import routes; print(SPEEDUPS is None, routes.settle is routes._settle)"
)
WAYS = [files._append] if compiled.SPEEDUPS is None else [files._append, compiled.SPEEDUPS.append]
is_compiled = pytest.mark.skipif(compiled.SPEEDUPS is None, reason="nothing is compiled here")


def shown(program: str, **env: str) -> str:
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False, env={**os.environ, **env}, cwd=ROOT)
    assert done.stderr == ""
    return done.stdout


def test_without_it_the_same_runs_in_python() -> None:
    assert shown(SHOW, COSTMARK_PURE="1") == "True True\n"


@is_compiled
def test_it_is_used_where_it_is_there() -> None:
    assert shown(SHOW, COSTMARK_PURE="") == "False False\n"


@is_compiled
def test_one_that_was_left_over_from_another_version_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiled, "INTERFACE", compiled.INTERFACE + 1)
    assert compiled._found() is None


@is_compiled
def test_another_interpreter_in_the_process_runs_the_python() -> None:
    is_new = sys.version_info >= (3, 13)
    module, made = ("_interpreters", "'legacy'") if is_new else ("_xxsubinterpreters", "isolated=False")  # as servers make them
    program = f"import {module} as them\nprint(them.run_string(them.create({made}), {SHOW!r}))"
    assert shown(program, COSTMARK_PURE="") == "True True\nNone\n"


@pytest.mark.skipif(not Path(sysconfig.get_path("include"), "Python.h").exists(), reason="no headers of this interpreter")
@pytest.mark.parametrize("source", ["this is no C", "#include <Python.h>\nPyMODINIT_FUNC PyInit__speedups(void) { return PyNo_Name(); }"])
def test_a_source_that_does_not_compile_leaves_a_package_without_it(source: str, tmp_path: Path) -> None:
    pytest.importorskip("hatchling")
    (tmp_path / "cost_lib" / "speedups").mkdir(parents=True)
    (tmp_path / "cost_lib" / "speedups" / "broken.c").write_text(source)
    program = f"from pathlib import Path\nfrom build_speedups import compiled\nprint(compiled(Path({str(tmp_path)!r})))"
    env = {**os.environ, "PYTHONPATH": str(ROOT / "scripts")}
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=tmp_path, env=env)
    assert done.stdout.endswith("[]\n")
    assert "broken.c:" in done.stderr
    assert "No such file" not in done.stderr


@pytest.mark.parametrize("append", WAYS)
class TestAppend:
    """Both ways to append a line."""

    def test_a_line_is_appended_whole(self, append: Callable[..., int], tmp_path: Path) -> None:
        descriptor, device, inode = opened(tmp_path / "a")
        assert [append(descriptor, device, inode, line) for line in (b"one\n", b"two\n")] == [4, 4]
        assert (tmp_path / "a").read_bytes() == b"one\ntwo\n"
        os.close(descriptor)

    def test_nothing_is_written_to_a_file_that_was_removed(self, append: Callable[..., int], tmp_path: Path) -> None:
        descriptor, device, inode = opened(tmp_path / "a")
        (tmp_path / "a").unlink()
        assert append(descriptor, device, inode, b"one\n") == -1
        os.close(descriptor)

    def test_nothing_is_written_to_what_has_the_number_now(self, append: Callable[..., int], tmp_path: Path) -> None:
        descriptor, device, inode = opened(tmp_path / "a")
        os.close(descriptor)
        assert append(descriptor, device, inode, b"one\n") == -1
        other = opened(tmp_path / "b")[0]
        assert other == descriptor
        assert append(descriptor, device, inode, b"one\n") == -1
        assert (tmp_path / "b").read_bytes() == b""
        os.close(other)

    def test_what_the_system_refuses_is_raised(self, append: Callable[..., int], tmp_path: Path) -> None:
        (tmp_path / "a").touch()
        descriptor = os.open(tmp_path / "a", os.O_RDONLY)
        found = os.fstat(descriptor)
        with pytest.raises(OSError, match="Bad file descriptor"):
            append(descriptor, found.st_dev, found.st_ino, b"one\n")
        os.close(descriptor)

    def test_threads_do_not_mix_their_lines(self, append: Callable[..., int], tmp_path: Path) -> None:
        given = opened(tmp_path / "a")
        lines = [bytes([letter]) * 700 + b"\n" for letter in b"abcd"]
        threads = [threading.Thread(target=lambda line=line: [append(*given, line) for _ in range(200)]) for line in lines]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        os.close(given[0])
        assert sorted((tmp_path / "a").read_bytes().splitlines(keepends=True)) == sorted(lines * 200)


def opened(path: Path) -> tuple[int, int, int]:
    descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    found: Any = os.fstat(descriptor)
    return descriptor, found.st_dev, found.st_ino
