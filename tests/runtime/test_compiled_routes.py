"""The compiled part of routes against what programs and threads may do to it in its midst."""

from __future__ import annotations

import gc
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from cost_lib import attribution, record, tagged
from cost_lib.compiled import SPEEDUPS
from cost_lib.metering import httpx_family, routes
from cost_lib.metering.route_learning import learn
from cost_lib.operation import SITES, CallSite, Operation
from cost_lib.scope import NOTHING, framed
from tests.runtime.replay import CHAT, Replay

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cost_lib.testing import Events

httpx2 = pytest.importorskip("httpx2")
pytestmark = pytest.mark.skipif(SPEEDUPS is None, reason="nothing is compiled here")
CHATS = "https://api.openai.com/v1/chat/completions"
HEADERS = {"x-stainless-retry-count": "0"}
TAGS = {"feature": "faq"}


@pytest.fixture(autouse=True)
def handed_over() -> Iterator[None]:
    yield
    assert SPEEDUPS is not None
    SPEEDUPS.use_routes(**routes.PARTS)
    record.STATE.forget()


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch, events: Events) -> CallSite:
    """A line that has learned its route."""
    monkeypatch.setattr(
        httpx_family, "_learn", lambda exchange, sent, answer: learn(exchange, sent.client, sent.request, answer, sent.frame)
    )
    SITES.clear()
    tagged(client(), feature="faq").post(CHATS, json={"messages": [], "model": "gpt-4o-mini"}, headers=HEADERS)
    events.lines.clear()
    return next(found for found in SITES.values() if found.routes)


def client() -> Any:
    return httpx2.Client(transport=Replay(httpx2, (200, CHAT)).transport())


def asked() -> tuple[Any, Any]:
    """A request of that line, and its answer."""
    http = client()
    request = http.build_request("POST", CHATS, json={"messages": [], "model": "gpt-4o-mini"}, headers=HEADERS)
    return request, http.send(request)


def lines_alive() -> int:
    return sum(type(one).__name__ == "Line" for one in gc.get_objects())


def test_before_anything_was_handed_over_it_says_so() -> None:
    settled = "try:\n    _speedups.settle(1, (1, 2), 3, 4, 5)\nexcept RuntimeError as problem:\n    print(problem)"
    program = f"from cost_lib import _speedups\n{settled}"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "nothing was handed over yet\n"


def test_what_is_known_of_a_route_is_held_while_a_request_is_looked_at(site: CallSite) -> None:
    alive = []

    class Asked:
        stream, method, _content = asked()[0].stream, "POST", b""

        @property
        def url(self) -> Any:
            before = lines_alive()
            site.routes[0].line = None
            alive.append(lines_alive() == before)
            return asked()[0].url

    routes.route_for(client(), Asked(), framed(NOTHING, TAGS, Operation(site.routes[0].key[0], site)))
    assert [True] == alive


def test_what_is_known_of_a_route_is_held_while_tags_are_written(site: CallSite, events: Events) -> None:
    alive = []
    request, response = asked()

    def told_of(*given: Any) -> Any:
        before = lines_alive()
        site.routes[0].line = None
        alive.append(lines_alive() == before)
        return attribution.told_of(*given)

    assert SPEEDUPS is not None
    SPEEDUPS.use_routes(**{**routes.PARTS, "told_of": told_of})
    frame = framed(NOTHING, {**TAGS, "team": "a"}, Operation(site.routes[0].key[0], site))
    assert routes.settle(site.routes[0], frame, request, response, 1)
    assert [True] == alive
    assert "a" == events.one()["team"]


@pytest.mark.parametrize("settle", [routes.settle, routes._settle])
def test_attempts_that_are_no_table_are_told_as_what_they_are(settle: Any, site: CallSite) -> None:
    request, response = asked()
    operation: Any = Operation(site.routes[0].key[0], site)
    operation.attempts = 5
    with pytest.raises(TypeError, match="'int' object does not support item assignment"):
        settle(site.routes[0], framed(NOTHING, TAGS, operation), request, response, 1)
