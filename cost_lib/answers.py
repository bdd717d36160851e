"""Price an answer that was recorded elsewhere: for backfills, for audits, and to hold the prices against a provider's own words."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from cost_lib.billing import money
from cost_lib.catalog.prices import context_key
from cost_lib.facts import Facts
from cost_lib.families import any_family, family_of
from cost_lib.families.around import Around
from cost_lib.metering.asked import Asked
from cost_lib.metering.decoding import Undecodable
from cost_lib.metering.framing import framing_of, is_stream, sniffed
from cost_lib.metering.target import find_target
from cost_lib.model import Unknown

Content = bytes | str | Mapping[str, Any] | list[Any] | None


def price_answer(  # noqa: PLR0913 - what is known of an exchange, all of it optional
    response: Content,
    *,
    provider: str = "",
    model: str = "",
    url: str = "",
    request: Content = None,
    headers: Mapping[str, str] | None = None,
    status: int = 200,
    context: str = "",
    at: datetime | None = None,
) -> dict[str, Any]:
    """Return what an event would say of an answer: model, meters, cost, and where the cost is from.

    ``provider`` and the shape of the answer are told by ``url`` where one is given, else by ``provider`` and the answer itself.
    ``context`` adds what only the caller knows: ``"batch"`` for an answer taken out of a batch. ``at`` is now by default.
    """
    facts = read_answer(response, provider=provider, model=model, url=url, request=request, headers=headers, status=status, context=context)
    told = money(facts, at or datetime.now(UTC))
    names = {"provider": facts.provider, "model": facts.model or facts.model_requested, "model_class": facts.model_class}
    known = {
        **names,
        "service_tier": facts.service_tier,
        "batch": facts.is_batch,
        "status": facts.status,
        "error": dict(facts.error),
        **told,
    }
    return {name: value for name, value in known.items() if value not in ("", None, {}, [])}


def read_answer(  # noqa: PLR0913 - as above
    response: Content,
    *,
    provider: str = "",
    model: str = "",
    url: str = "",
    request: Content = None,
    headers: Mapping[str, str] | None = None,
    status: int = 200,
    context: str = "",
) -> Facts:
    """Read whose an answer is and what it used, without a price."""
    address = urlsplit(url)
    body, sent = _bytes(response), _bytes(request)
    asked = Asked("POST", address.hostname or "", address.port, address.path, url, {}, lambda: sent, "")
    target = find_target(asked, frozenset()) if url else None
    found = family_of(address.path.rstrip("/"))
    payee = provider or (target.provider if target is not None else "")
    endpoint = found[0] if found is not None else ""
    facts = Facts({}, provider=payee, host=asked.host, endpoint=endpoint, model_requested=model)
    reader = (found[1] if found is not None else any_family()).reader()
    head = {name.lower(): value for name, value in (headers or {}).items()}
    reader.around = Around(
        facts.provider, asked.host, asked.path, body=asked.body, content_type=_type_of(request), headers=head, query=address.query
    )
    if target is not None and target.is_free:
        facts.is_charged = False
    if status >= 400:
        facts.status, facts.is_charged, facts.error = "error", False, {"status": status}
    kind = head.get("content-type", "")
    if not kind or ("json" in kind and body[:1] == b"\0"):  # recorders guess: no document begins with a zero
        kind = sniffed(body)
    reader.is_stream = facts.is_stream = is_stream(kind)
    framing = framing_of(kind)
    try:
        reader.feed(body if framing is None else framing(body + b"\n"))
        reader.tell(facts)
    except Undecodable as problem:
        facts.usage = Unknown(str(problem))
    facts.price_context = context_key(facts.price_context, context)
    return facts


def _bytes(content: Content) -> bytes:
    if content is None:
        return b""
    return content if isinstance(content, bytes) else content.encode() if isinstance(content, str) else json.dumps(content).encode()


def _type_of(request: Content) -> str:
    data = _bytes(request)
    if data[:2] != b"--":
        return "application/json"
    return "multipart/form-data"
