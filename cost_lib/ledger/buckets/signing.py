"""Sign requests to S3 (Signature Version 4)."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from datetime import datetime
from typing import Final
from urllib.parse import quote

from cost_lib.ledger.buckets.access import Keys

ALGORITHM: Final = "AWS4-HMAC-SHA256"
PLAIN: Final = "/-_.~"  # what stays as it is in a path


def signed(  # noqa: PLR0913 - what a signature is made of
    method: str, path: str, heads: Mapping[str, str], digest: str, *, keys: Keys, at: datetime
) -> dict[str, str]:
    """Return the heads of a request with its signature; ``digest`` is the SHA-256 of its body, ``path`` is not yet quoted."""
    moment = at.strftime("%Y%m%dT%H%M%SZ")
    found = {name.lower(): value for name, value in heads.items()} | {"x-amz-content-sha256": digest, "x-amz-date": moment}
    if not keys.key_id:
        return found
    if keys.token:
        found["x-amz-security-token"] = keys.token
    names = ";".join(sorted(found))
    lines = "".join(f"{name}:{found[name].strip()}\n" for name in sorted(found))
    request = "\n".join((method, quote(path, safe=PLAIN), "", lines, names, digest))
    scope = f"{moment[:8]}/{keys.region}/s3/aws4_request"
    text = "\n".join((ALGORITHM, moment, scope, hashlib.sha256(request.encode()).hexdigest()))
    key = f"AWS4{keys.secret}".encode()
    for part in scope.split("/"):
        key = _mac(key, part)
    return {
        **found,
        "authorization": f"{ALGORITHM} Credential={keys.key_id}/{scope}, SignedHeaders={names}, Signature={_mac(key, text).hex()}",
    }


def _mac(key: bytes, text: str) -> bytes:
    return hmac.new(key, text.encode(), hashlib.sha256).digest()
