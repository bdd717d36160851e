"""Let DuckDB read a bucket, and read the object of it that says what the others are."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePath
from typing import TYPE_CHECKING, Final

from cost_lib.errors import ReportError
from cost_lib.ledger.buckets.access import endpoint, keys
from cost_lib.ledger.buckets.address import WRITTEN, Bucket
from cost_lib.ledger.buckets.extensions import is_loaded
from cost_lib.ledger.connecting import connect
from cost_lib.ledger.views import quoted

if TYPE_CHECKING:
    import duckdb

EXTENSION: Final = "httpfs"
ABSENT: Final = ("HTTP 404", "No files found")
ASKS: Final = "AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_REGION and AWS_ENDPOINT_URL say who asks, and where"


def reach(connection: duckdb.DuckDBPyConnection, places: Iterable[PurePath]) -> None:
    """Give a connection what it needs for those of the places that are buckets: the extension, and a secret for each."""
    for number, bucket in enumerate(place for place in places if isinstance(place, Bucket)):
        if not is_loaded(connection, EXTENSION):
            raise ReportError(_missing(bucket))
        if bucket.scheme == WRITTEN:
            connection.execute(f"CREATE OR REPLACE TEMPORARY SECRET bucket_{number} ({_secret(bucket)})")
        connection.execute("SELECT count(*) FROM duckdb_secrets()")  # brings those that the user keeps, before nothing can be read any more


def content(place: Bucket) -> bytes | None:
    """Read an object; None where there is none."""
    import duckdb

    connection = connect()
    try:
        reach(connection, [place.parent])
        row = connection.execute(f"SELECT content FROM read_blob({quoted(str(place))})").fetchone()  # noqa: S608 - quoted
    except duckdb.IOException as problem:
        if any(word in str(problem) for word in ABSENT):
            return None
        raise ReportError(_said(place, problem)) from None
    except duckdb.Error as problem:
        raise ReportError(_said(place, problem)) from None
    finally:
        connection.close()
    return row[0] if row is not None else None


def _secret(bucket: Bucket) -> str:
    """Write what a secret is made of; without keys, requests are not signed."""
    found, at = keys(), endpoint()
    parts = ["TYPE s3", f"SCOPE {quoted(f'{bucket}/')}", f"REGION {quoted(found.region)}"]
    if found.key_id:
        parts += [f"KEY_ID {quoted(found.key_id)}", f"SECRET {quoted(found.secret)}"]
        parts += [f"SESSION_TOKEN {quoted(found.token)}"] if found.token else []
    if at is not None:
        parts += [f"ENDPOINT {quoted(at.netloc)}", "URL_STYLE 'path'", f"USE_SSL {str(at.scheme == 'https').lower()}"]
    elif "." in bucket.bucket:
        parts += ["URL_STYLE 'path'"]  # no certificate is for a name with more dots
    return ", ".join(parts)


def _missing(bucket: Bucket) -> str:
    import duckdb

    return (
        f"{bucket}: DuckDB {duckdb.__version__} needs its extension {EXTENSION} to read this; "
        f"python -c \"import duckdb; duckdb.execute('INSTALL {EXTENSION}')\" fetches it once (nothing here does so by itself)"
    )


def _said(place: Bucket, problem: Exception) -> str:
    text = next(iter(str(problem).splitlines()), "")
    said = text.rpartition("Error: ")[2] or text
    return f"{place}: {said}; {ASKS}" if place.scheme == WRITTEN else f"{place}: {said}"
