"""Learn a route from an event that came about on the long way."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from cost_lib.attribution import told_of
from cost_lib.billing import ready_for
from cost_lib.event import what_text
from cost_lib.families.around import Around
from cost_lib.families.layouts import layout_of
from cost_lib.families.plain import COUNTS
from cost_lib.in_force import rules_in_force
from cost_lib.metering.exchange import Exchange
from cost_lib.metering.routes import (
    AGENT,
    AWS_RETRIES,
    FIRST_TRY,
    HEADERS,
    RETRIES,
    Answered,
    Route,
    asked_model,
    compiled_line,
    head_of,
    holds,
)
from cost_lib.model import Usage

if TYPE_CHECKING:
    from cost_lib.facts import Facts
    from cost_lib.metering.target import Target
    from cost_lib.scope import Frame

KINDS: Final = 8  # routes kept for one line, and answers for one route
CONTENT_TYPE: Final = b"content-type"
MODEL: Final = b',"model":"'
NEVER: Final = b"\0"  # begins and ends no document
# after a model's name nothing but plain members up to the end of a document: then the name stands in the document itself
PLAIN_END: Final = re.compile(rb',"model":"([^"\\]*)"(?:,"\w+":(?:-?[0-9.eE+-]+|true|false|null|"[^"\\]*"))*\}')
LONGEST_END: Final = 512
WHOLE: Final = "ByteStream"  # the class of bodies that may be read again
NANO: Final = 1_000_000_000
EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


def learn(exchange: Exchange, client: object, request: Any, response: Any, frame: Frame) -> None:
    """Remember what the next request of this line will have in common with one that is recorded."""
    facts, operation, target = exchange.facts, frame.operation, exchange.target
    if operation is None or operation.call_site is None or target is None or not _is_usual(exchange, facts):
        return
    if type(request.stream).__name__ != WHOLE or request.method != "POST" or response.status_code != 200:
        return
    route = _route(client, request, response, frame, target)
    one = _answered(route, request.content, response.content, facts, target) if route is not None else None
    if route is None or one is None:
        return
    site = operation.call_site
    known: tuple[Route, ...] = site.routes
    # others stay behind the new ones, up to so many; nothing is changed that another thread may be looking at
    same = [answered for other in known if _kind(other) == _kind(route) for answered in other.answered]
    route.answered = (one, *[other for other in same if _said(other) != _said(one)])[:KINDS]
    route.line = compiled_line(route)
    site.routes = (route, *[other for other in known if other.key != route.key])[:KINDS]


def _is_usual(exchange: Exchange, facts: Facts) -> bool:
    """Say whether an event had nothing that few events have."""
    usage = facts.usage
    return (
        type(exchange) is Exchange
        and exchange.body is None
        and (facts.kind, facts.status, facts.transport, facts.event_id, facts.usage_source) == ("call", "ok", "http", "", "")
        and isinstance(usage, Usage)
        and not (usage.units or facts.passes or facts.error or facts.others or facts.is_stream or facts.first_chunk)
        and facts.is_charged
        and facts.reported_cost is None
        and facts.reservation is None
        and not rules_in_force().has_budgets
    )


def _route(client: object, request: Any, response: Any, frame: Frame, target: Target) -> Route | None:
    """Note what holds before a request is sent, and of its head."""
    tags, operation = frame.tags, frame.operation
    names = [name for _, name, _ in request.headers._list]  # noqa: SLF001 - a test watches for the name
    quick = target.family.quick
    if operation is None or names.count(AGENT) != 1 or names.count(RETRIES) > 1 or AWS_RETRIES in names or quick not in COUNTS:
        return None
    route, given = Route(), response.headers._list  # noqa: SLF001 - as above
    path, uri = request.url.path, request.url._uri_reference  # noqa: SLF001
    route.key = (operation.packages, type(client), rules_in_force(), uri, request.method, type(request.stream))
    route.told = told_of(tags, operation.call_site)
    route.url = str(request.url)
    route.barred = b'"stream"' if target.asks else b'"background"' if path.endswith("/responses") else b""
    route.is_asked = not Around(target.provider, request.url.host, path).model()
    route.at = (names.index(AGENT), names.index(RETRIES) if RETRIES in names else -1)
    if route.at[1] >= 0 and request.headers._list[route.at[1]][2] != FIRST_TRY:  # noqa: SLF001
        return None
    agent, first_try = (request.headers._list[place] for place in route.at)  # noqa: SLF001
    route.count, route.triples = len(names), (agent, first_try)
    route.kind, route.heads, route.read = head_of(given)[0], _heads(given), COUNTS[quick]
    return None if route.barred and holds(request.content, route.barred) else route


def _heads(headers: list[tuple[bytes, bytes, bytes]]) -> tuple[int, int, Any, int, bytes]:
    """Note where an answer's type and id stand among its headers; no place is that of one that has not one of each."""
    kinds = [place for place, (_, name, _) in enumerate(headers) if name == CONTENT_TYPE]
    ids = [place for place, (_, name, _) in enumerate(headers) if name in HEADERS and name != CONTENT_TYPE]
    if len(kinds) != 1 or len(ids) != 1:
        return -1, 0, None, 0, b""
    return len(headers), kinds[0], headers[kinds[0]], ids[0], headers[ids[0]][1]


def _answered(route: Route, content: bytes, data: bytes, facts: Facts, target: Target) -> Answered | None:
    """Note what holds for the model that has answered, if the quick way says the very same of this answer."""
    around = Around(facts.provider, facts.host, route.key[3].path, body=lambda: content)
    counts, quick = route.read(data), target.family.quick
    found = quick(data, around) if quick is not None else None
    now = datetime.now(UTC)
    ready = ready_for(facts, now)
    if counts is None or found is None or ready.plan is None or (route.is_asked and asked_model(content) != facts.model_requested):
        return None
    *numbers, model, tier, place = counts
    said = (tuple(numbers), model, tier, found.context)
    if not isinstance(facts.usage, Usage) or said != (facts.usage[:6], facts.model, facts.service_tier, facts.price_context):
        return None
    one = Answered()
    one.model, one.tier, one.place, one.asked = model, tier, place, facts.model_requested
    words = [b'"service_tier"'] if not tier else []
    if facts.endpoint == "messages":
        words += [b'"speed"', b'"inference_geo"'] if not place else [b'"speed"']
    one.unless = tuple(words)
    one.first, one.last = _edges(content, one.asked)
    one.start, one.end = (int((edge - EPOCH).total_seconds()) * NANO for edge in (ready.start, ready.end))
    one.rates, one.tiers = ready.plan.rates, ready.plan.tiers
    rates = [one.rates, *(found for _, _, found in one.tiers)]
    one.gaps = tuple(place for place in range(len(one.rates)) if any(found[place] < 0 for found in rates))
    one.before = f'","attempt":1,"kind":"call"{what_text(facts)},"input_tokens":'
    one.after = f'}}{ready.tail},"latency_ms":'
    one.layout = layout_of(data, route.read, model, tier)
    return None if any(holds(content, word) for word in one.unless) else one


def _edges(content: bytes, model: str) -> tuple[bytes, bytes]:
    """Return how a request for a model begins, or how it ends, where that alone proves what it asks for."""
    first = b'{"model":' + json.dumps(model, ensure_ascii=False).encode()
    place = content.rfind(MODEL)
    last = content[place:] if 0 <= place and len(content) - place <= LONGEST_END else b""
    end = PLAIN_END.fullmatch(last)
    is_named = end is not None and end[1] == model.encode()
    return (first if content.startswith(first) else NEVER), (last if is_named else NEVER)


def _kind(route: Route) -> tuple[Any, ...]:
    """Return what tells routes of a line apart: by its key a route is chosen, by the rest it holds."""
    return *route.key, route.count, route.triples, route.kind


def _said(one: Answered) -> tuple[str, ...]:
    return one.asked, one.model, one.tier, one.place
