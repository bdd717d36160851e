"""Know a request again that was made before from the same line: what stays is put together once, what changes is written into it.

The long way, through ``beginning``, ``exchange`` and ``record``, is the one authority. A route is learned from an event that came
about on it, where reading the answer quickly gave the very same counts, and is taken only while all that decided about that event
is as it was: line, tags, policy, client, URL, headers, the model asked for and the one that answered, and the time of its price.
All else goes the long way: refusals, budgets, streams, errors, retries, deferred work. Routes do not
change once they can be seen, and each is put in its place by one assignment, so threads need no lock, with or without the
interpreter's own.
"""

from __future__ import annotations

from time import perf_counter, time_ns
from typing import TYPE_CHECKING, Any, Final

import msgspec

from cost_lib.attribution import OF_REQUEST, text_of
from cost_lib.event import CLOCK, MOST_BYTES, shortened, spell
from cost_lib.families.around import EDGE, SHORT
from cost_lib.families.plausibility import MOST
from cost_lib.in_force import HELD
from cost_lib.json_text import quoted
from cost_lib.metering.exchange import REQUEST_IDS
from cost_lib.operation import IDS, MILLI, Attempt
from cost_lib.record import STATE, forgive, present_sink

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from cost_lib.families.plain import Counts
    from cost_lib.in_force import InForce
    from cost_lib.operation import Operation
    from cost_lib.price_plans import Rates
    from cost_lib.scope import Frame

AGENT: Final = b"user-agent"
RETRIES: Final = b"x-stainless-retry-count"
AWS_RETRIES: Final = b"amz-sdk-request"
COUNTERS: Final = frozenset((RETRIES, AWS_RETRIES))
FIRST_TRY: Final = b"0"
CONTENT_TYPE: Final = len(REQUEST_IDS)
HEADERS: Final = {name.encode(): place for place, name in enumerate((*REQUEST_IDS, "content-type"))}
FORM: Final = (
    '{{"v":1,"ts":"%s.%06dZ","event_id":"%s-%04x%s%012x","operation_id":"%s-%04x%s%012x","attempt":1,"kind":"call"{what},"input_tokens":%d'
    ',"cache_read_tokens":%d,"cache_write_5m_tokens":%d,"cache_write_1h_tokens":%d,"output_tokens":%d,"reasoning_tokens":%d'
    ',"usage_source":"reported","cost_nano_usd":%d,"cost_split":{{%s}}{tail},"latency_ms":%d.%03d,"status":"ok"%s{who}%s}}\n'
)
_before: Final = 36 + len('{"v":1,"ts":"2026-01-01T00:00:00.000000Z","event_id":"","operation_id":"')
OPERATION_ID: Final = slice(_before, _before + 36)  # where it stands in a line
_of_request: Final = frozenset(OF_REQUEST)
_make: Final = object.__new__


class Answered:
    """What events of one route have in common when a model has answered at a price."""

    __slots__ = ("asked", "end", "first", "form", "gaps", "last", "model", "place", "rates", "start", "tier", "tiers", "unless")

    asked: str  # the model that was asked for
    first: bytes  # how a request for it may begin,
    last: bytes  # or end
    model: str
    tier: str
    place: str
    unless: tuple[bytes, ...]  # what the request must not hold: it would say what the answer does not
    start: int  # of the time in which the price holds, in nanoseconds since the epoch
    end: int
    rates: Rates
    tiers: tuple[tuple[int, bool, Rates], ...]
    gaps: tuple[int, ...]  # counts that have no rate
    form: str  # the event, but for what changes


class Route:
    """What requests of one line have in common."""

    __slots__ = (
        *("agent", "agent_at", "answered", "barred", "client", "count", "is_asked", "kind", "packages", "plain"),
        *("read", "retry_at", "rules", "tags", "uri", "url", "who"),
    )

    client: type
    tags: Mapping[str, str | None]  # None for those that differ from request to request
    packages: frozenset[str]
    rules: InForce
    uri: Any  # the parts of the URL
    url: str
    plain: type  # of request bodies that are whole
    barred: bytes  # what only a request holds that goes another way
    is_asked: bool  # by its body, not by its URL, for the model
    count: int  # of the request's headers
    agent_at: int
    agent: bytes
    retry_at: int  # -1: this client does not count
    kind: bytes  # content type of the answer
    read: Callable[[bytes], Counts | None]
    who: str | None  # members of the event; None where they differ from request to request
    answered: tuple[Answered, ...]


def route_for(client: object, request: Any, frame: Frame) -> Route | None:
    """Return the route of a request that is about to be sent; None where it has to go the long way."""
    tags, operation, _, _, _, _ = frame
    site = operation.call_site if operation is not None else None
    if site is None or operation is None:
        return None
    route: Route
    for route in site.routes:
        if (
            (route.tags == tags or (route.who is None and route.tags == lasting(tags)))
            and operation.packages is route.packages
            and route.client is type(client)
            and route.rules is HELD.in_force
            and route.uri == request.url._uri_reference  # noqa: SLF001 - as text it would be put together anew
            and request.method == "POST"
            and type(request.stream) is route.plain
            and not (route.barred and holds(request.content, route.barred))
        ):
            return route
    return None


def settle(route: Route, frame: Frame, request: Any, response: Any, started: float) -> bool:
    """Record an answer that is like one before; False, and nothing done, where it has to go the long way."""
    data = b""
    try:
        tags, operation, _, _, _, _ = frame
        found = _found(route, operation, request, response) if operation is not None else None
        if found is None or operation is None:
            return False
        (spent, read, written, hour, made, reasoned, _, _, _), one, given, at = found
        rates = one.rates
        for tokens, cached, above in one.tiers:
            if (spent + read + written + hour if cached else spent) > tokens:
                rates = above
                break
        of_input, of_read, of_5m, of_1h, of_output = rates
        cost = of_input * spent + of_output * made
        split = f'"input":{of_input * spent},' if spent else ""
        if read or written or hour:
            cost += of_read * read + of_5m * written + of_1h * hour
            split += f'"cache_read":{of_read * read},' if read else ""
            split += f'"cache_write_5m":{of_5m * written},' if written else ""
            split += f'"cache_write_1h":{of_1h * hour},' if hour else ""
        split = f'{split}"output":{of_output * made}' if made else split[:-1]
        second, rest = divmod(at // 1000, 1_000_000)
        known, text = CLOCK.second
        if known != second:
            text = spell(second)
        milli, number = at // MILLI, IDS.next() & 0xFFFF_FFFF_FFFF
        era, head = IDS.era
        if era != milli >> 16:
            head = IDS.begin_era(milli >> 16)
        low, taken = milli & 0xFFFF, int((perf_counter() - started) * 1_000_000)
        line = one.form % (
            *(text, rest, head, low, IDS.middle, number, head, low, IDS.other, number),
            *(spent, read, written, hour, made, reasoned, cost, split, taken // 1000, taken % 1000),
            f',"provider_request_id":{quoted(given.decode("latin-1"))}' if given else "",
            text_of(tags, operation.call_site) if route.who is None else "",
        )
        attempt = _make(Attempt)
        attempt.operation_id, attempt.number, attempt.is_failed = line[OPERATION_ID], 1, False
        if operation.attempts is None:
            operation.attempts = {route.url: attempt}
        else:
            operation.attempts[route.url] = attempt
        data = line.encode("utf-8", "replace")
        if len(data) > MOST_BYTES:
            data = shortened(data)
        (STATE.sink or present_sink()).write(data, at)
    except BaseException as problem:
        if forgive(problem, is_written=bool(data)):
            return bool(data)
        raise
    return True


def _found(route: Route, operation: Operation, request: Any, response: Any) -> tuple[Counts, Answered, bytes, int] | None:  # noqa: C901, PLR0912
    """Hold a request and its answer against what is known of their kind; one function, because each more costs a microsecond."""
    headers = request.headers._list  # noqa: SLF001 - a tenth of what the public way takes; a test watches for the name
    if response.status_code != 200 or len(headers) != route.count or STATE.lost:
        return None
    _, name, value = headers[route.agent_at]
    if name != AGENT or value != route.agent:
        return None
    if route.retry_at >= 0:
        _, name, value = headers[route.retry_at]
        if name != RETRIES or value != FIRST_TRY:
            return None
    elif any(name in COUNTERS for _, name, _ in headers) or (
        operation.attempts is not None and route.url in operation.attempts and operation.attempts[route.url].is_failed
    ):
        return None
    given, rank, kind = b"", CONTENT_TYPE, b""
    for _, name, value in response.headers._list:  # noqa: SLF001
        if name in HEADERS:
            place = HEADERS[name]
            if place == CONTENT_TYPE:
                kind = value
            elif place <= rank:
                given, rank = value, place
    counts = route.read(response._content) if kind == route.kind else None  # noqa: SLF001
    if counts is None:
        return None
    spent, read, written, hour, made, reasoned, model, tier, area = counts
    if not 0 < spent + read + written + hour + made <= MOST or (spent | read | written | hour | made | reasoned) < 0:
        return None
    content, at = request._content, time_ns()  # noqa: SLF001
    for one in route.answered:
        if (
            one.model == model
            and one.tier == tier
            and one.place == area
            and one.start <= at < one.end
            and (not route.is_asked or content.endswith(one.last) or content.startswith(one.first) or asked_model(content) == one.asked)
        ):
            if one.unless and any(holds(content, word) for word in one.unless):
                return None
            return (counts, one, given, at) if not one.gaps or not any(counts[gap] for gap in one.gaps) else None
    return None


def lasting(tags: Mapping[str, str]) -> dict[str, str | None]:
    """Leave out what differs from request to request; that a tag is there decides about a request too."""
    return {name: None if name in _of_request else value for name, value in tags.items()}


def holds(content: bytes, word: bytes) -> bool:
    """Say whether a request, of a long one its ends, has a word."""
    return word in content if len(content) <= SHORT else word in content[:EDGE] or word in content[-EDGE:]


class _Asked(msgspec.Struct):
    model: str = ""


_asked: Final = msgspec.json.Decoder(_Asked).decode


def asked_model(content: bytes) -> str:
    """Return the model that a request asks for; empty where it is not said plainly."""
    try:
        return _asked(content).model
    except (ValueError, RecursionError):
        return ""
