"""Know a request again that was made before from the same line: what stays is put together once, what changes is written into it.

The long way, through ``beginning``, ``exchange`` and ``record``, is the one authority. A route is learned from an event that came
about on it, where reading the answer quickly gave the very same counts, and is taken only while all that decided about that event
is as it was: line, policy, client, URL, headers, the model asked for and the one that answered, and the time of its price. Tags may
differ from request to request; those of the last one are kept with what was written of them.
All else goes the long way: refusals, budgets, streams, errors, retries, deferred work. What a route knows is
put in its place by one assignment each, so threads need no lock, with or without the interpreter's own.

``speedups/routes.c`` does the most usual of it, and calls the functions here for all else.

Between two calls the SDK drives all this out of the processor's caches: what counts is how many functions, objects and steps are
passed through, hence the few and long functions.
"""

from __future__ import annotations

from time import perf_counter_ns, time_ns
from typing import TYPE_CHECKING, Any, Final

import msgspec

from cost_lib.attribution import Told, is_told, own_text, told_of
from cost_lib.compiled import SPEEDUPS
from cost_lib.event import MOST_BYTES, shortened
from cost_lib.families.around import EDGE, SHORT
from cost_lib.families.plausibility import MOST
from cost_lib.in_force import HELD
from cost_lib.json_text import quoted
from cost_lib.metering.exchange import REQUEST_IDS
from cost_lib.operation import IDS, CallSite, Operation
from cost_lib.pricing import TOKENS
from cost_lib.record import STATE, forgive, judge, present_sink

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from cost_lib.families.layouts import Layout
    from cost_lib.families.plain import Counts
    from cost_lib.price_plans import Rates
    from cost_lib.scope import Frame

AGENT: Final = b"user-agent"
RETRIES: Final = b"x-stainless-retry-count"
AWS_RETRIES: Final = b"amz-sdk-request"
COUNTERS: Final = frozenset((RETRIES, AWS_RETRIES))
FIRST_TRY: Final = b"0"
CONTENT_TYPE: Final = len(REQUEST_IDS)
HEADERS: Final = {name.encode(): place for place, name in enumerate((*REQUEST_IDS, "content-type"))}
TIER: Final = b'"service_tier"'
FOREVER: Final = 2**63 - 1  # nanoseconds since the epoch, in the year 2262


class Answered:
    """What events of one route have in common when a model has answered at a price."""

    __slots__ = (
        *("after", "asked", "before", "end", "first", "gaps", "last", "layout", "model", "place", "rates", "start", "tier", "tiers"),
        "unless",
    )

    asked: str  # the model that was asked for
    first: bytes  # how a request for it may begin,
    last: bytes  # or end
    model: str
    tier: str
    place: str
    layout: Layout | None  # of the answer, if it can be known again
    unless: tuple[bytes, ...]  # what the request must not hold: it would say what the answer does not
    start: int  # of the time in which the price holds, in nanoseconds since the epoch
    end: int
    rates: Rates
    tiers: tuple[tuple[int, bool, Rates], ...]
    gaps: tuple[int, ...]  # counts that have no rate
    before: str  # of the event, what stands before its counts
    after: str  # and behind its cost


class Route:
    """What requests of one line have in common."""

    __slots__ = ("answered", "at", "barred", "count", "heads", "is_asked", "key", "kind", "line", "read", "told", "triples", "url")

    key: tuple[Any, ...]  # packages, class of client, rules, parts of the URL, method, class of the body: one that is whole
    url: str
    barred: bytes  # what only a request holds that goes another way
    is_asked: bool  # by its body, not by its URL, for the model
    count: int  # of the request's headers
    at: tuple[int, int]  # where those stand that name the client and count its tries; -1: this client does not count
    triples: tuple[Any, Any]  # and what they are
    kind: bytes  # content type of the answer
    heads: tuple[int, int, Any, int, bytes]  # of the answer's headers: count, the type's place, the type, the id's place and name
    read: Callable[[bytes], Counts | None]
    told: Told  # of the last tags
    answered: tuple[Answered, ...]
    line: object  # all this as the compiled part has it, once it is known what answers; None: there is none


def _route_for(client: object, request: Any, frame: Frame) -> Route | None:
    """Return the route of a request that is about to be sent; None where it has to go the long way."""
    tags, operation, _, _, _, _ = frame
    site = operation.call_site if operation is not None else None
    if site is None or operation is None or not site.routes:
        return None
    # as text the URL would be put together anew
    key = (operation.packages, type(client), HELD.in_force, request.url._uri_reference, request.method, type(request.stream))  # noqa: SLF001
    route: Route
    for route in site.routes:
        if route.key == key:
            if route.barred:
                content = request._content  # noqa: SLF001 - a test watches for the name
                if (
                    content.rfind(route.barred) >= 0 if len(content) <= SHORT else holds(content, route.barred)
                ):  # ``in`` takes twice as long
                    return None
            return route if is_told(route.told, tags) or judge(tags, site) is None else None
    return None


def _settle(route: Route, frame: Frame, request: Any, response: Any, started: int) -> bool:  # noqa: C901, PLR0912, PLR0915
    """Record an answer that is like one before; False, and nothing done, where it has to go the long way."""
    data = b""
    try:
        tags, operation, _, _, _, _ = frame
        if operation is None or response.status_code != 200 or STATE.lost:
            return False
        headers, (agent_at, retry_at), (agent, first_try) = request.headers._list, route.at, route.triples  # noqa: SLF001
        if (
            len(headers) != route.count
            or headers[agent_at] != agent
            or (headers[retry_at] != first_try if retry_at >= 0 else is_counted(headers) or operation.has_failed(route.url))
        ):
            return False
        headers = response.headers._list  # noqa: SLF001
        count, kind_at, kind, id_at, id_name = route.heads
        if len(headers) == count and headers[kind_at] == kind and headers[id_at][1] == id_name:
            given = headers[id_at][2]
        else:
            kind, given = head_of(headers)
            if kind != route.kind:
                return False
        asked, answer, at = request._content, response._content, time_ns()  # noqa: SLF001
        counted = _counted(route, asked, answer, at)
        if counted is None:
            return False
        one, spent, read, written, hour, made, reasoned = counted
        if (one.unless and any(holds(asked, word) for word in one.unless)) or (
            one.gaps and any((spent, read, written, hour, made)[gap] for gap in one.gaps)
        ):
            return False
        of_input, of_read, _, _, of_output = one.rates
        if one.tiers or written or hour or not spent or not made:
            cost, split = _cost(one, (spent, read, written, hour, made))
        elif read:
            split = f'"input":{of_input * spent},"cache_read":{of_read * read},"output":{of_output * made}'
            cost = of_input * spent + of_read * read + of_output * made
        else:
            split = f'"input":{of_input * spent},"output":{of_output * made}'
            cost = of_input * spent + of_output * made
        told = route.told
        if not is_told(told, tags):
            told = route.told = told_of(tags, operation.call_site)
        who = told.text if told.text is not None else f"{own_text(tags, told.settings)}{told.lasting}"
        digits, taken, number = str(at), str(perf_counter_ns() - started), IDS.next()
        last, text, event, name = IDS.now
        if last != digits[:-9]:
            last, text, event, name = IDS.begin(digits[:-9])
        name = f"{name}{number}"
        if len(taken) < 7:  # nanoseconds
            taken = f"{taken:0>7}"
        rare = f',"provider_request_id":{quoted(given.decode("latin-1"))}' if given else ""
        data = (
            f'{{"v":1,"ts":"{text}{digits[-9:-3]}Z","event_id":"{event}{number}","operation_id":"{name}{one.before}{spent}'
            f',"cache_read_tokens":{read},"cache_write_5m_tokens":{written},"cache_write_1h_tokens":{hour},"output_tokens":{made}'
            f',"reasoning_tokens":{reasoned},"usage_source":"reported","cost_nano_usd":{cost},"cost_split":{{{split}{one.after}'
            f'{taken[:-6]}.{taken[-6:-3]},"status":"ok"{rare}{who}}}\n'
        ).encode("utf-8", "replace")
        if operation.attempts is None:
            operation.attempts = {route.url: name}
        else:
            operation.attempts[route.url] = name
        if len(data) > MOST_BYTES:
            data = shortened(data)
        (STATE.sink or present_sink()).write(data, at)
    except BaseException as problem:
        if forgive(problem, is_written=bool(data)):
            return bool(data)
        raise
    return True


def _counted(route: Route, asked: bytes, answer: bytes, at: int) -> tuple[Answered, int, int, int, int, int, int] | None:
    """Count what an answer used, by its layout where that is known; None where the long way is needed."""
    for one in route.answered:
        if (
            (layout := one.layout) is not None
            and one.start <= at < one.end
            and (not route.is_asked or asked.endswith(one.last) or asked.startswith(one.first))
            and (found := layout.tail(answer, answer.rfind(layout.mark))) is not None
            and (layout.head is None or layout.head(answer) is not None)
            and not (layout.is_bare and TIER in answer)
        ):
            words = found.group(*layout.order)
            spent, made, read = int(words[0]), int(words[1] or 0), int(words[2] or 0)
            if layout.is_message:
                hour, reasoned = int(words[4] or 0), 0
                written = int(words[3] or 0) - hour
                is_sound = written >= int(words[5] or 0)
            else:
                written, hour, reasoned = 0, 0, int(words[4] or 0)
                is_sound = spent + made == int(words[3]) and reasoned <= made and read <= spent
                spent -= read
            if is_sound and 0 < spent + read + written + hour + made <= MOST:
                return one, spent, read, written, hour, made, reasoned
    return _counted_anew(route, asked, answer, at)


def _counted_anew(route: Route, asked: bytes, answer: bytes, at: int) -> tuple[Answered, int, int, int, int, int, int] | None:
    """Count what is laid out otherwise than before; None where the long way is needed."""
    counts = route.read(answer)
    if counts is None:
        return None
    spent, read, written, hour, made, reasoned, model, tier, place = counts
    if not 0 < spent + read + written + hour + made <= MOST or (spent | read | written | hour | made | reasoned) < 0:
        return None
    for one in route.answered:
        if (
            one.model == model
            and one.tier == tier
            and one.place == place
            and one.start <= at < one.end
            and (not route.is_asked or asked.endswith(one.last) or asked.startswith(one.first) or asked_model(asked) == one.asked)
        ):
            return one, spent, read, written, hour, made, reasoned
    return None


def _cost(one: Answered, counts: tuple[int, int, int, int, int]) -> tuple[int, str]:
    """Give what counts of any kind cost, and its parts as members of the event."""
    spent, read, written, hour, _ = counts
    rates = one.rates
    for tokens, cached, above in one.tiers:
        if (spent + read + written + hour if cached else spent) > tokens:
            rates = above
            break
    amounts = [rate * count for rate, count in zip(rates, counts, strict=True)]
    parts = zip(TOKENS, amounts, counts, strict=True)
    return sum(amounts), ",".join([f'"{meter}":{part}' for meter, part, count in parts if count])


def head_of(headers: list[tuple[bytes, bytes, bytes]]) -> tuple[bytes, bytes]:
    """Find the type of an answer and its id among its headers."""
    given, rank, kind = b"", CONTENT_TYPE, b""
    for _, name, value in headers:
        if name in HEADERS:
            place = HEADERS[name]
            if place == CONTENT_TYPE:
                kind = value
            elif place <= rank:
                given, rank = value, place
    return kind, given


def is_counted(headers: list[tuple[bytes, bytes, bytes]]) -> bool:
    """Say whether a request tells which try it is."""
    return any(name in COUNTERS for _, name, _ in headers)


def holds(content: bytes, word: bytes) -> bool:
    """Say whether a request, of a long one its ends, has a word."""
    return word in content if len(content) <= SHORT else word in content[:EDGE] or word in content[-EDGE:]


def compiled_line(route: Route) -> object:
    """Give the compiled part what it needs to know of a route; None where it is not there, or not made for such a route."""
    if SPEEDUPS is None:
        return None
    known = [(one, one.layout) for one in route.answered if one.layout is not None]
    answers = tuple(
        (
            *(max(one.start, 0), min(one.end, FOREVER), one.first, one.last, one.unless, tuple(one.rates), one.tiers, one.gaps),
            *(one.before.encode(), one.after.encode(), layout.mark, layout.tail_pieces, layout.head_pieces, layout.order),
            *(layout.is_message, layout.is_bare),
        )
        for one, layout in known
    )
    try:
        return SPEEDUPS.Line(
            *(route.key, route.url, route.barred, route.is_asked, route.count, *route.at, *route.triples, route.heads, answers)
        )
    except (ValueError, TypeError, OverflowError):
        return None


class _Asked(msgspec.Struct):
    model: str = ""


_asked: Final = msgspec.json.Decoder(_Asked).decode


def asked_model(content: bytes) -> str:
    """Return the model that a request asks for; empty where it is not said plainly."""
    try:
        return _asked(content).model
    except (ValueError, RecursionError):
        return ""


route_for: Final[Callable[[object, Any, Frame], Route | None]] = SPEEDUPS.route_for if SPEEDUPS is not None else _route_for
settle: Final[Callable[[Route, Frame, Any, Any, int], bool]] = SPEEDUPS.settle if SPEEDUPS is not None else _settle
PARTS: Final[Mapping[str, Any]] = {  # what the compiled part works with
    "ids": IDS,
    "held": HELD,
    "python_route_for": _route_for,
    "python_settle": _settle,
    "judge": judge,
    "told_of": told_of,
    "own_text": own_text,
    "route": Route,
    "operation": Operation,
    "site": CallSite,
}
if SPEEDUPS is not None:
    SPEEDUPS.use_routes(**PARTS)
