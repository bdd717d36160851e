"""Write objects by the protocol of S3, with the conditions that make one writer win."""

from __future__ import annotations

import hashlib
import http.client
from contextlib import closing
from datetime import UTC, datetime
from io import BufferedReader
from pathlib import Path
from typing import Final, NamedTuple
from urllib.parse import SplitResult, quote, urlsplit

from cost_lib.errors import ReportError
from cost_lib.ledger.buckets.access import endpoint, keys
from cost_lib.ledger.buckets.address import Bucket
from cost_lib.ledger.buckets.objects import Found
from cost_lib.ledger.buckets.signing import PLAIN, signed

SECONDS: Final = 60.0
NOTHING: Final = hashlib.sha256(b"").hexdigest()
TAKEN: Final = (409, 412)  # somebody else was first


class _Said(NamedTuple):
    status: int
    data: bytes
    tag: str


class S3:
    """The objects below a place, reached by HTTP."""

    def __init__(self, place: Bucket) -> None:
        self._place = place
        self._keys = keys()
        self._host, self._path = _where(place, self._keys.region)

    def get(self, name: str) -> Found | None:
        """Read one; None where there is none."""
        said = self._ask("GET", name, {}, b"")
        if said.status == http.client.NOT_FOUND:
            return None
        self._demand(said, name, http.client.OK)
        return Found(said.data, said.tag)

    def put(self, name: str, body: bytes | Path, *, over: str = "") -> bool:
        """Write one where nothing is, or over the state that has this tag; say whether that was so."""
        condition = {"if-match": over} if over else {"if-none-match": "*"}
        if isinstance(body, bytes):
            said = self._ask("PUT", name, condition, body)
        else:
            with body.open("rb") as file:
                said = self._ask("PUT", name, {**condition, "content-length": str(body.stat().st_size)}, file)
        if said.status in TAKEN:
            return False
        self._demand(said, name, http.client.OK)
        return True

    def remove(self, name: str) -> None:
        """Remove one that may be gone already."""
        self._demand(self._ask("DELETE", name, {}, b""), name, http.client.OK, http.client.NO_CONTENT, http.client.NOT_FOUND)

    def _ask(self, method: str, name: str, heads: dict[str, str], body: bytes | BufferedReader) -> _Said:
        path = f"{self._path}/{name}"
        digest = hashlib.sha256(body).hexdigest() if isinstance(body, bytes) else hashlib.file_digest(body, "sha256").hexdigest()
        if not isinstance(body, bytes):
            body.seek(0)
        given = signed(method, path, {"host": self._host.netloc, **heads}, digest, keys=self._keys, at=datetime.now(UTC))
        is_safe = self._host.scheme == "https"
        made = (http.client.HTTPSConnection if is_safe else http.client.HTTPConnection)(
            self._host.hostname or "", self._host.port, timeout=SECONDS
        )
        try:
            with closing(made) as connection:
                connection.request(method, quote(path, safe=PLAIN), body or None, given)
                answer = connection.getresponse()
                return _Said(answer.status, answer.read(), answer.headers.get("etag", ""))
        except (OSError, http.client.HTTPException) as problem:
            raise ReportError(f"{self._place}/{name}: {self._host.netloc} does not answer: {problem}; run again, nothing is lost") from None

    def _demand(self, said: _Said, name: str, *wanted: int) -> None:
        """Refuse any other answer, with what the bucket says of it."""
        if said.status in wanted:
            return
        code = _between(said.data, b"<Code>", b"</Code>") or http.client.responses.get(said.status, "")
        message = _between(said.data, b"<Message>", b"</Message>")
        raise ReportError(f"{self._place}/{name}: {self._host.netloc} answers {said.status} {code}{message and f': {message}'}")


def _where(place: Bucket, region: str) -> tuple[SplitResult, str]:
    """Return the host of a bucket, and the path to the place there."""
    at = endpoint()
    key = f"/{place.key}" if place.key else ""
    if at is not None:
        return at, f"/{place.bucket}{key}"
    domain = f"s3.{region}.amazonaws.com{'.cn' if region.startswith('cn-') else ''}"
    if "." in place.bucket:  # no certificate is for a name with more dots
        return urlsplit(f"https://{domain}"), f"/{place.bucket}{key}"
    return urlsplit(f"https://{place.bucket}.{domain}"), key


def _between(data: bytes, begin: bytes, end: bytes) -> str:
    return data.partition(begin)[2].partition(end)[0].decode("utf-8", "replace")[:200]
