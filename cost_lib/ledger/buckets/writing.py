"""Find what writes into a bucket."""

from __future__ import annotations

from cost_lib.errors import ReportError
from cost_lib.ledger.buckets.address import WRITTEN, Bucket
from cost_lib.ledger.buckets.objects import Objects
from cost_lib.ledger.buckets.s3 import S3


def objects_of(ledger: Bucket) -> Objects:
    """Return the objects of a ledger, for writing."""
    if ledger.scheme != WRITTEN:
        raise ReportError(f"{ledger}: such a ledger can be read; compact into a folder or an {WRITTEN}:// address")
    return S3(ledger)
