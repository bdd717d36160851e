"""Answer in the provider's place with a status that no SDK retries; ``tagged`` turns it into the refusal itself."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from cost_lib.metering.exchange import Exchange

STATUS: Final = 402
REASON: Final = "Payment Required"


def headers_of(exchange: Exchange) -> dict[str, str]:
    """Return the head of that answer; Amazon's SDKs take the code of an error from there."""
    return {"content-type": "application/json", "x-should-retry": "false", "x-amzn-errortype": _kind(exchange)}


def body_of(exchange: Exchange) -> bytes:
    """Write the answer to a request that is refused, in a shape that every SDK can read."""
    kind = _kind(exchange)
    message = f"refused by costmark: {kind}"
    error = {"type": kind, "code": kind, "status": kind, "message": message}
    return json.dumps({"error": error, "message": message, "type": "error", "__type": kind}).encode()


def _kind(exchange: Exchange) -> str:
    return str(exchange.facts.error.get("class", "Refused"))
