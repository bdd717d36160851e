"""Recorded answers of providers, and how they are fed to the readers: as bytes, cut into pieces, as the wire does."""

from __future__ import annotations

import base64
import json
import random
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from cost_lib.facts import Facts
from cost_lib.families import any_family, family_of
from cost_lib.families.around import Around
from cost_lib.metering.asked import Asked
from cost_lib.metering.framing import AwsFrames, JsonLines
from cost_lib.metering.target import find_target

CASSETTES = Path(__file__).resolve().parents[3] / "shared" / "cassettes" / "cassettes.jsonl"
ABSENT = "the recorded responses are not beside this checkout"


def recorded() -> list[dict[str, Any]]:
    """Return every recorded exchange; none where they are absent."""
    if not CASSETTES.is_file():
        return []
    return [json.loads(line) for line in CASSETTES.read_text(encoding="utf-8").splitlines()]


def body_of(line: dict[str, Any]) -> bytes:
    """Return an answer's bytes."""
    body = line["response_body"]
    encoding = line["response_body_encoding"]
    return json.dumps(body).encode() if encoding == "json" else base64.b64decode(body) if encoding == "base64" else body.encode()


def cut(data: bytes, seed: int) -> list[bytes]:
    """Cut bytes into pieces of random sizes, some of one byte."""
    dice = random.Random(seed)  # noqa: S311 - no secret
    places = sorted({dice.randrange(len(data) + 1) for _ in range(min(60, len(data)))} | {0, min(1, len(data)), len(data)})
    return [data[start:end] for start, end in pairwise(places)]


def provider_of(line: dict[str, Any]) -> str:
    """Return whom the URL of an exchange pays."""
    url = urlsplit(line["url"])
    asked = Asked(line["method"], url.hostname or "", url.port, url.path, line["url"], {}, lambda: b"", "")
    found = find_target(asked, frozenset())
    return found.provider if found is not None else ""


def around_of(line: dict[str, Any], provider: str) -> Around:
    """Return what is known beside the answer."""
    url = urlsplit(line["url"])
    asked = line["request_body"]
    body = asked.encode() if isinstance(asked, str) else json.dumps(asked).encode() if asked is not None else b""
    headers = {name.lower(): value for name, value in line.get("response_headers", {}).items()}
    return Around(provider, url.hostname or "", url.path.replace("%3A", ":"), body=lambda: body, headers=headers)


def read(line: dict[str, Any], seed: int = 0, provider: str = "") -> Facts:
    """Read an exchange; a seed other than 0 decides how its answer is cut."""
    provider = provider or line["provider"]
    found = family_of(urlsplit(line["url"]).path)
    reader = (found[1] if found is not None else any_family()).reader()
    reader.around = around_of(line, provider)
    data = body_of(line)
    frames = AwsFrames() if data[:1] == b"\0" else JsonLines() if line["streaming"] and data[:1] == b"{" else None
    reader.is_stream = line["streaming"] and line["response_body_encoding"] != "json" and line["category"] != "error"
    for piece in cut(data, seed) if seed else [data]:
        reader.feed(piece if frames is None or not reader.is_stream else frames(piece))
    facts = Facts({}, provider=provider)
    if line["category"] == "error":
        facts.status, facts.is_charged, facts.error = "error", False, {"status": line["status"]}
    reader.tell(facts)
    return facts
