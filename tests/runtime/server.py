"""A server on this machine that answers as it is told, over real HTTP."""

from __future__ import annotations

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any, NamedTuple, Self

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


class Answer(NamedTuple):
    """What one request gets."""

    body: bytes | Mapping[str, Any] = b""
    status: int = 200
    headers: Mapping[str, str] = {}
    type: str = ""
    is_chunked: bool = False
    size: int = 0  # of a piece; 0: all at once
    pause: float = 0.0  # before each piece but the first
    cut: int = 0  # hang up after so many pieces


class Asked(NamedTuple):
    """What was requested."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes


class Server:
    """Answer one request after the other; the last answer is given again and again."""

    def __init__(self, *answers: Answer | Callable[[Asked], Answer]) -> None:
        self.answers = list(answers)
        self.asked: list[Asked] = []
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"owner": self}))
        self._http.daemon_threads = True
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.01,), daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._http.server_port}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()

    def next_answer(self, asked: Asked) -> Answer:
        found = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        return found if isinstance(found, Answer) else found(asked)


class _Handler(BaseHTTPRequestHandler):
    owner: Server
    protocol_version = "HTTP/1.1"

    def handle_any(self) -> None:
        body = self.rfile.read(int(self.headers.get("content-length") or 0)) or self._chunks()
        headers = {name.lower(): value for name, value in self.headers.items()}
        asked = Asked(self.command, self.path, headers, body)
        self.owner.asked.append(asked)
        self._send(self.owner.next_answer(asked))

    do_GET = do_POST = handle_any  # noqa: N815 - the base class looks for these

    def _chunks(self) -> bytes:
        found = b""
        while "chunked" in self.headers.get("transfer-encoding", "") and (size := int(self.rfile.readline(), 16)):
            found += self.rfile.read(size)
            self.rfile.readline()
        return found

    def _send(self, answer: Answer) -> None:
        body = answer.body if isinstance(answer.body, bytes) else json.dumps(answer.body).encode()
        kind = answer.type or ("application/json" if not isinstance(answer.body, bytes) else "text/event-stream")
        self.send_response(answer.status)
        for name, value in {"content-type": kind, "x-request-id": "req_1", **answer.headers}.items():
            self.send_header(name, value)
        how = ("transfer-encoding", "chunked") if answer.is_chunked else ("content-length", str(len(body)))
        self.send_header(*how)
        self.end_headers()
        size = answer.size or len(body) or 1
        for number, start in enumerate(range(0, len(body), size)):
            if answer.cut and number == answer.cut:
                self.close_connection = True
                return
            if number and answer.pause:
                time.sleep(answer.pause)
            piece = body[start : start + size]
            self.wfile.write(b"%x\r\n%b\r\n" % (len(piece), piece) if answer.is_chunked else piece)
            self.wfile.flush()
        if answer.is_chunked:
            self.wfile.write(b"0\r\n\r\n")

    def handle(self) -> None:
        try:
            super().handle()
        except OSError:
            self.close_connection = True  # the client has hung up, which some tests want

    def log_message(self, *_: object) -> None:
        """Say nothing."""
