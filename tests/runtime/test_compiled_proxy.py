"""What the compiled proxy, call and ``send`` could get wrong; the same must hold where they run as Python."""

from __future__ import annotations

import asyncio
import copy
import functools
import gc
import inspect
import operator
import os
import pickle
import subprocess
import sys
import threading
import types
import weakref
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest import mock

import pytest

import cost_lib.proxy
from cost_lib import tagged, tags
from cost_lib.compiled import PURE, SPEEDUPS
from cost_lib.operation import SITES, Operation
from cost_lib.proxy import Tagged, state_of
from cost_lib.scope import CURRENT, NOTHING
from cost_lib.testing import capture_events
from tests.runtime.replay import CHAT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

HERE = Path(__file__)
compiled_only = pytest.mark.skipif(SPEEDUPS is None, reason="nothing is compiled here")


def now() -> dict[str, str]:
    return dict(CURRENT.get().tags)


class RefusedError(Exception):
    pass


class Completions:
    def create(self, *args: object, **options: object) -> dict[str, Any]:
        return {"args": args, **options, **now()}

    def fail(self, problem: BaseException) -> None:
        raise problem

    def refuse(self, problem: Exception | None = None) -> dict[str, str]:
        operation = CURRENT.get().operation
        assert operation is not None
        operation.refusal = RefusedError()
        if problem is not None:
            raise problem
        return {}

    def again(self, depth: int) -> int:
        return depth if depth == 0 else int(tagged(self, feature=str(depth)).again(depth - 1))

    def operation(self) -> tuple[Operation | None]:
        return (CURRENT.get().operation,)

    def __getattr__(self, name: str) -> object:
        if name == "broken":
            raise ValueError(name)
        raise AttributeError(name)


class Client:
    Capital = 1

    def __init__(self) -> None:
        self.completions = Completions()
        self.own: object = None
        self._hidden = Completions()

    def __call__(self) -> dict[str, str]:
        return now()


def faq() -> Any:
    return tagged(Client(), feature="faq")


def test_arguments_reach_the_target_in_whatever_form_they_come() -> None:
    create, given, expected = faq().completions.create, {"model": "m"}, {"args": (1, 2), "model": "m", "feature": "faq"}
    partial = functools.partial(create, 1)
    assert [expected] * 4 == [create(1, 2, model="m"), create(*(1, 2), **given), partial(2, model="m"), create.__call__(1, 2, model="m")]


@pytest.mark.parametrize("problem", [ValueError("x"), KeyboardInterrupt(), GeneratorExit(), StopIteration(1)])
def test_what_a_call_raises_reaches_the_caller_and_its_tags_go(problem: BaseException) -> None:
    with pytest.raises(type(problem)) as found:
        faq().completions.fail(problem)
    assert (problem, NOTHING) == (found.value, CURRENT.get())


def test_a_refusal_takes_the_place_of_what_was_raised() -> None:
    problem = ValueError("of the SDK")
    with pytest.raises(RefusedError) as found:
        faq().completions.refuse(problem)
    assert (problem, None, True) == (found.value.__context__, found.value.__cause__, found.value.__suppress_context__)
    assert NOTHING is CURRENT.get()


def test_a_refusal_takes_the_place_of_an_answer() -> None:
    with pytest.raises(RefusedError):
        faq().completions.refuse()


@pytest.mark.parametrize(("name", "problem"), [("nothing", AttributeError), ("broken", ValueError), ("Nothing", AttributeError)])
def test_what_looking_up_an_attribute_raises_reaches_the_caller(name: str, problem: type[Exception]) -> None:
    with pytest.raises(problem, match=name):
        getattr(faq().completions, name)


@pytest.mark.parametrize("name", ["", "ä", "Capital", "_hidden", "own"])
def test_names_of_every_kind_are_looked_up_on_the_target(name: str) -> None:
    client = Client()
    setattr(client, name, 7)
    assert 7 == getattr(tagged(client, feature="faq"), name)


@pytest.mark.parametrize("name", [5, None, b"own", object()])
def test_what_is_no_name_is_no_attribute(name: Any) -> None:
    with pytest.raises(TypeError):
        Tagged.__getattribute__(faq(), name)
    with pytest.raises(TypeError):
        getattr(faq(), name)


def test_tags_that_say_nothing_are_left_out_and_others_made_text() -> None:
    assert {"feature": "faq", "prompt_version": "1"} == tagged(Client(), feature="faq", team=None, prompt_version=1, user_segment=" ")()  # type: ignore[arg-type]
    assert {} == tagged(Client())()


@pytest.mark.parametrize("given", [(), (1, 2)])
def test_tagged_takes_one_object(given: tuple[object, ...]) -> None:
    with pytest.raises(TypeError, match="tagged"):
        tagged(*given)


def test_tagged_passes_for_a_function() -> None:
    assert ("tagged", "cost_lib.proxy", ["obj", "tags"]) == (tagged.__name__, tagged.__module__, list(inspect.signature(tagged).parameters))
    assert tagged.__doc__ is not None
    assert tagged is copy.deepcopy(tagged)
    assert tagged is pickle.loads(pickle.dumps(tagged))  # noqa: S301 - our own


def test_calls_within_calls_have_each_their_tags_and_a_depth() -> None:
    assert 0 == tagged(Completions(), feature="outer").again(50)
    with pytest.raises(RecursionError):
        tagged(Completions(), feature="outer").again(100_000)
    assert NOTHING is CURRENT.get()


def test_a_proxy_that_leads_back_to_itself_ends_in_an_error() -> None:
    loop: list[Any] = []
    loop.append(tagged(functools.partial(lambda: operator.call(loop[0])), feature="a"))
    with pytest.raises(RecursionError):
        loop[0]()


def test_a_line_is_one_call_site_and_each_call_an_operation() -> None:
    operations = [tagged(Completions(), feature="a").operation()[0] for _ in range(3)]
    sites = {id(operation.call_site) for operation in operations if operation is not None}
    assert (3, 1) == (len({id(operation) for operation in operations}), len(sites))
    assert operations[0] is not None
    assert operations[0].call_site in SITES.values()
    assert str(HERE) == getattr(operations[0].call_site, "file", None)


def test_a_line_forgotten_is_found_again() -> None:
    def ask() -> Any:
        return tagged(Completions(), feature="a").operation()[0]

    before = ask().call_site
    SITES.clear()
    after = ask().call_site
    assert (before.file, before.line) == (after.file, after.line)


def test_scopes_and_receivers_are_merged() -> None:
    with tags(feature="outer", team="t"):
        assert [{"feature": "faq", "team": "t"}] * 2 == [faq()() for _ in range(2)]


def test_circles_through_proxies_are_collected() -> None:
    client = Client()
    client.own = tagged(client, feature="faq")
    watched = weakref.ref(client), weakref.ref(client.own)
    del client
    gc.collect()
    assert (None, None) == (watched[0](), watched[1]())


def test_proxies_keep_nothing_alive() -> None:
    client = Client()
    before = sys.getrefcount(client), sys.getrefcount(client.completions)
    for _ in range(100):
        with pytest.raises(ValueError, match="x"):
            tagged(client, feature="faq").completions.fail(ValueError("x"))
        tagged(client, feature="faq").completions.create()
    gc.collect()  # what was raised knows where
    assert before == (sys.getrefcount(client), sys.getrefcount(client.completions))


def test_threads_call_one_proxy_each_under_its_own_scope() -> None:
    client, seen = faq(), []

    def ask(number: int) -> None:
        for _ in range(300):
            with tags(team=str(number)):
                seen.append((number, client()["team"]))

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {(number, str(number)) for number in range(4)} == set(seen)


def test_a_type_of_proxies_can_be_derived_from() -> None:
    kind: Any = type("Mine", (type(faq()),), {"mine": 1, "__slots__": ("more",)})
    assert issubclass(kind, Tagged)
    with pytest.raises(AttributeError, match="_costmark_state"):
        kind().completions  # noqa: B018 - what is not filled stands for nothing


def test_a_proxy_that_was_never_filled_says_so() -> None:
    with pytest.raises(AttributeError, match="_costmark_state"):
        type(faq())().own  # noqa: B018


def test_a_result_that_bills_is_handed_out_tagged_and_data_is_not() -> None:
    other = Client()
    ask: Any = tagged(types.SimpleNamespace(client=lambda: other, data=lambda: (1,)), feature="a")
    function: Callable[[], Any] = tagged(lambda: other, feature="a")
    assert ((1,), {"feature": "a"}) == (ask.data(), function()())


def test_coroutines_and_generators_run_under_the_tags_of_their_call() -> None:
    async def ask() -> dict[str, str]:
        await asyncio.sleep(0)
        return now()

    def stream() -> Iterator[dict[str, str]]:
        yield now()

    assert {"feature": "a"} == asyncio.run(tagged(ask, feature="a")())
    assert [{"feature": "a"}] == list(tagged(stream, feature="a")())


@compiled_only
def test_the_compiled_part_is_in_use_and_takes_types_of_its_own_alone() -> None:
    assert type(tagged).__module__ == "cost_lib._speedups"
    assert SPEEDUPS is not None
    assert issubclass(Tagged, SPEEDUPS.Proxy)
    tagger: Any = tagged
    state = state_of(faq())
    for wrong in (int, Tagged, type("Mine", (type(faq()),), {})):
        with pytest.raises(TypeError):
            tagger.make(wrong, *state)
    calls: list[tuple[Any, tuple[Any, ...]]] = [
        (tagger.prepare, (int,)),
        (tagger.make, (1,)),
        (SPEEDUPS.Tagger, ({},)),
        (SPEEDUPS.Sender, (1,)),
    ]
    for call, args in calls:
        with pytest.raises((TypeError, NameError)):
            call(*args)


@compiled_only
def test_proxies_have_no_settable_state() -> None:
    with pytest.raises(AttributeError):
        cost_lib.proxy._set_state(faq(), ())


# ---------------------------------------------------------------- send


def client_of(respond: Callable[[Any], Any]) -> Any:
    httpx2 = pytest.importorskip("httpx2")
    return httpx2.Client(transport=httpx2.MockTransport(respond), base_url="https://api.openai.com/v1")


def post(client: Any) -> Any:
    return client.post("/chat/completions", json={"model": "gpt-4o-mini", "messages": []})


def chat(_: Any) -> Any:
    return pytest.importorskip("httpx2").Response(200, json=CHAT)


def test_send_is_a_method_and_says_what_it_stands_for() -> None:
    httpx2 = pytest.importorskip("httpx2")
    tagged(Client())
    send, client = httpx2.Client.send, client_of(chat)
    assert ("send", True, send.__wrapped__.__doc__) == (send.__name__, inspect.ismethod(client.send), send.__doc__)
    assert ["self", "request"] == list(inspect.signature(send).parameters)[:2]
    assert (client, send) == (client.send.__self__, client.send.__func__)
    assert inspect.isfunction(send)
    with mock.patch.object(httpx2.Client, "send", autospec=True) as standing_in:
        client.send("request")
    standing_in.assert_called_once_with(client, "request")


@pytest.mark.parametrize("turns", [1, 5])
def test_requests_are_recorded_however_send_is_called(turns: int) -> None:
    client = client_of(chat)

    def ask() -> None:
        request = client.build_request("POST", "/chat/completions", json={"model": "gpt-4o-mini", "messages": []})
        send: Any = tagged(client, feature="a").send
        send(request)
        send(request=request)
        send(request, stream=False, auth=None)

    with capture_events() as events:
        for _ in range(turns):
            ask()
    assert [("a", "ok")] * 3 * turns == [(event["feature"], event["status"]) for event in events.all()]


def test_a_request_that_fails_on_a_known_way_is_recorded_and_raised() -> None:
    problem: list[BaseException] = []

    def respond(request: Any) -> Any:
        if problem:
            raise problem[0]
        return chat(request)

    client = client_of(respond)

    def ask() -> Any:
        return post(tagged(client, feature="a"))

    with capture_events() as events:
        for _ in range(4):
            ask()
        for given in (ValueError("x"), KeyboardInterrupt()):
            problem[:] = [given]
            with pytest.raises(type(given)) as found:
                ask()
            assert given is found.value
            assert NOTHING is CURRENT.get()
        problem.clear()
        ask()
    assert ["ok"] * 5 == [event["status"] for event in events.all() if event["status"] == "ok"]
    assert 7 == len(events.all())


def test_what_is_inside_a_request_is_not_recorded_twice() -> None:
    inner = client_of(chat)
    outer = client_of(lambda request: (post(inner), chat(request))[1])
    with capture_events() as events:
        for _ in range(4):
            post(tagged(outer, feature="a"))
    assert 4 == len(events.all())


def test_a_stream_on_a_known_way_is_recorded_at_its_end() -> None:
    client = client_of(chat)

    def ask(*, is_stream: bool) -> None:
        request = client.build_request("POST", "/chat/completions", json={"model": "gpt-4o-mini", "messages": []})
        response = tagged(client, feature="a").send(request, stream=is_stream)
        response.read()

    with capture_events() as events:
        for number in range(6):
            ask(is_stream=number > 3)
    assert [100] * 6 == [event["input_tokens"] + event["cache_read_tokens"] for event in events.all()]


# ---------------------------------------------------------------- both


@compiled_only
def test_all_this_holds_in_python_alone() -> None:
    places = {**os.environ, PURE: "1"}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(HERE), str(HERE.with_name("test_proxy.py"))]
    done = subprocess.run(command, env=places, cwd=HERE.parents[2], capture_output=True, text=True, check=False, timeout=120)
    assert 0 == done.returncode, done.stdout[-3000:]
