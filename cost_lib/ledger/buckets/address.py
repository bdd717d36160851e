"""Name where a ledger is: a folder of this machine, or a place at a URL."""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath
from typing import Final, Self

from cost_lib.errors import ReportError

SCHEMES: Final = ("s3", "gs", "gcs", "r2", "http", "https")  # that httpfs reads
WRITTEN: Final = "s3"  # whose protocol has conditional writes
URL: Final = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://(.*)", re.DOTALL)
PLAIN: Final = re.compile(r"[A-Za-z0-9._:=+@,~-]+(?:/[A-Za-z0-9._=+@,~ -]+)*")  # no patterns, no queries


class Bucket(PurePosixPath):
    """A place at a URL: joined like a path, and nothing on this machine."""

    def __str__(self) -> str:
        """Write it with both strokes, which a path would make one."""
        return super().__str__().replace(":/", "://", 1)

    @property
    def scheme(self) -> str:
        """Return how it is reached."""
        return self.parts[0].removesuffix(":")

    @property
    def bucket(self) -> str:
        """Return the name of the bucket."""
        return self.parts[1]

    @property
    def key(self) -> str:
        """Return the name within the bucket."""
        return "/".join(self.parts[2:])

    def absolute(self) -> Self:
        """Return itself, as it depends on no folder."""
        return self

    def resolve(self) -> Self:
        """Return itself, as it goes through no links."""
        return self


Place = Path | Bucket


def place_of(text: str) -> Place:
    """Read the name of a place."""
    found = URL.fullmatch(text)
    if found is None:
        return Path(text)
    scheme, rest = found[1].lower(), found[2].rstrip("/")
    if scheme not in SCHEMES:
        raise ReportError(f"{text}: {scheme}:// leads to no ledger; known are a folder and {', '.join(f'{one}://' for one in SCHEMES)}")
    if not PLAIN.fullmatch(rest) or not {".", ".."}.isdisjoint(rest.split("/")):
        raise ReportError(f"{text}: this is no plain address of a folder in a bucket; write s3://BUCKET/FOLDER")
    return Bucket(f"{scheme}://{rest}")
