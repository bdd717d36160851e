"""The compiled part is told off, and does not crash, where a program does with its objects what nobody should."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from cost_lib.compiled import SPEEDUPS

pytestmark = pytest.mark.skipif(SPEEDUPS is None, reason="nothing is compiled here")
pytest.importorskip("httpx2")
ROOT = Path(__file__).resolve().parent.parent.parent
SOURCE = """
from cost_lib._speedups import AsyncPieces, Quiet

class Source:
    def __aiter__(self):
        return self
    async def __anext__(self):
        return b"a"

pieces = AsyncPieces(Source(), Quiet(), lambda piece: piece, lambda: None, lambda error: None)
"""
CLIENT = """
import httpx2
from cost_lib import tagged
from cost_lib.testing import capture_events

class Body(httpx2.SyncByteStream):
    def __iter__(self):
        return iter([b"data: {}\\n\\n"] * 3)

http = httpx2.Client(transport=httpx2.MockTransport(lambda request: httpx2.Response(200, stream=Body())))
tagged(http, feature="faq")
"""
STREAM = """
url = "https://api.openai.com/v1/responses"
with capture_events(), tagged(http, feature="faq").stream("POST", url, json={"stream": True}) as answer:
    print(len(b"".join(answer.iter_raw())))
"""
# what is done, and what the interpreter says of it
DONE = {
    "nothing is thrown": (SOURCE + "pieces.__anext__().throw()", "TypeError: throw takes an exception"),
    "a source that is none any more": (
        SOURCE + "step = pieces.__anext__()\nlist(step)\ndel Source.__anext__\nlist(pieces.__anext__())",
        "TypeError: Source is no asynchronous iterator any more",
    ),
    "something else in the place of what sends": (
        CLIENT + "httpx2.Client.send.__closure__[0].cell_contents = 5\nlist(map(httpx2.Client.send, [http], [None]))",
        "TypeError: 'int' object is not callable",
    ),
    "nothing in the place of what sends": (
        CLIENT + "del httpx2.Client.send.__closure__[0].cell_contents\nlist(map(httpx2.Client.send, [http], [None]))",
        "NameError: ",
    ),
    "pieces of something else": (SOURCE + "AsyncPieces(Source(), 5, print, print, print)", "TypeError: not a Quiet"),
}


def ended(program: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False, cwd=ROOT)


@pytest.mark.parametrize("done", DONE)
def test_a_program_is_told_what_it_did(done: str) -> None:
    program, said = DONE[done]
    found = ended(program)
    assert 1 == found.returncode
    assert said in found.stderr.splitlines()[-1]


def test_streams_are_read_when_the_module_was_imported_once_more() -> None:
    found = ended(f"{CLIENT}import sys\ndel sys.modules['cost_lib._speedups']\nimport cost_lib._speedups\n{STREAM}")
    assert "30\n" == found.stdout
