"""Hold what surrounds an answer and changes what it costs: the request that it answers, and its head."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, Final
from urllib.parse import parse_qsl, unquote

import msgspec

from cost_lib.families.fields import Body

EDGE: Final = 8192  # bytes at each end of a long request that are looked at
SHORT: Final = 65536  # bytes of a request that is parsed whole
NOTHING: Final[Mapping[str, str]] = {}
URL_MODEL: Final = r"/model/(.+)/[a-z-]+$|/(?:deployments|engines)/([^/]+)/|/models/([^/:]+)|/ai/run/(.+)$"
URL_PARTS: Final = ("/model", "/deployments/", "/engines/", "/ai/run/")  # that spare most paths the pattern
FIRST: Final = b'{"model":"'
PARTNERED: Final = "huggingface"  # a router whose path may name who answers: /together/v1/...
PARTNER: Final = r"/([a-z][a-z-]+)/v1/"
LOCATION: Final = r"/locations/([^/]+)/"


def no_body() -> bytes:
    """Return the body of a request that is not known."""
    return b""


class Around:
    """What surrounds one answer; every part may be unknown."""

    __slots__ = ("_asked", "_edges", "_size", "body", "content_type", "headers", "host", "path", "provider", "query")

    def __init__(  # noqa: PLR0913 - what may be known
        self,
        provider: str = "",
        host: str = "",
        path: str = "",
        *,
        body: Callable[[], bytes] = no_body,
        content_type: str = "",
        headers: Mapping[str, str] = NOTHING,
        query: str = "",
    ) -> None:
        self.provider = provider
        self.host = host
        self.path = path
        self.body = body  # of the request
        self.content_type = content_type  # of the request
        self.headers = headers  # of the answer, found by names in lower case
        self.query = query  # of the request's URL, where some name the model
        self._asked: Body | None = None
        self._edges: bytes | None = None
        self._size = 0

    def asked(self) -> Body:
        """Return the request's document; only its edges are searched where it is long, so that what costs little stays cheap."""
        if self._asked is None:
            data = self.edges()
            self._asked = (_parsed(data) if self._size <= SHORT else None) or {}
        return self._asked

    def edges(self) -> bytes:
        """Return the request, or the two ends of a long one."""
        if self._edges is None:
            data = self.body()
            self._size = len(data)
            self._edges = data if self._size <= SHORT else data[:EDGE] + b"\n" + data[-EDGE:]
        return self._edges

    def word(self, name: str) -> str:
        """Return a string of the request: of its JSON document, wherever in it, or of its form."""
        if "multipart" in self.content_type:
            found = re.search(rb'name="%b"\r?\n(?:[^\r\n]+\r?\n)*\r?\n([^\r\n]{1,200})' % name.encode(), self.edges())
            return found[1].decode("utf-8", "replace") if found else ""
        value = self.asked().get(name)
        if isinstance(value, str):
            return value
        if self._size <= SHORT:
            return ""
        found = re.search(rb'"%b"\s*:\s*"([^"\\]{1,200})"' % name.encode(), self.edges())
        return found[1].decode("utf-8", "replace") if found else ""

    def model(self) -> str:
        """Return the model that the URL names, else the one that the request asks for."""
        found = self._model()
        partner = re.match(PARTNER, self.path) if self.provider == PARTNERED and ":" not in found else None
        return f"{found}:{partner[1]}" if partner is not None and found else found

    def _model(self) -> str:
        found = _model_of(self.path)
        if found:
            return found
        data = self.edges()
        end = data.find(b'"', len(FIRST)) if data.startswith(FIRST) else -1
        if end > 0 and b"\\" not in data[len(FIRST) : end]:  # as OpenAI's SDK writes it
            return data[len(FIRST) : end].decode("utf-8", "replace")
        return self.word("model") or self.word("model_id") or self.parameter("model")

    def parameter(self, name: str) -> str:
        """Return a parameter of the URL; empty where there is none."""
        return next((value for key, value in parse_qsl(self.query) if key == name), "") if self.query else ""

    def location(self) -> str:
        """Return the place that the URL of a cloud names."""
        found = re.search(LOCATION, self.path) if "/locations/" in self.path else None
        return found[1] if found is not None else ""

    def length_of(self, name: str) -> int:
        """Return how many characters a string of the request has; 0 where it cannot be told."""
        value: Any = self.asked().get(name)
        if value is None and self._size > SHORT:
            value = (_parsed(self.body()) or {}).get(name)
        return len(value) if isinstance(value, str) else 0


@lru_cache(maxsize=1024)
def _model_of(path: str) -> str:
    found = re.search(URL_MODEL, path) if any(part in path for part in URL_PARTS) else None
    return unquote(found[found.lastindex or 0]) if found is not None else ""


def _parsed(data: bytes) -> Body | None:
    try:
        found = msgspec.json.decode(data) if data else None
    except ValueError:
        return None
    return found if isinstance(found, dict) else None
