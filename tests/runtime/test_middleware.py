"""Requests bring their tags, to the end of a streamed answer, and leave none behind; with the real frameworks."""

from __future__ import annotations

import asyncio
import io
import os
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from cost_lib import tags
from cost_lib.middleware.request_tags import AsyncBody, Source, scope_for
from cost_lib.scope import CURRENT

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

PLANS: Source = {"user_segment": lambda request: header(request, "x-plan"), "feature": "support"}


def header(request: Any, name: str) -> str:
    """Read a header of any framework's request."""
    if isinstance(request, dict) and "headers" in request:
        return str(dict(request["headers"]).get(name.encode(), b""), "ascii")
    if isinstance(request, dict):
        return str(request.get(f"HTTP_{name.upper().replace('-', '_')}", ""))
    return str(request.headers.get(name, ""))


def now() -> str:
    """Say which tags are in force."""
    found = CURRENT.get().tags
    return f"{found.get('feature')} {found.get('user_segment')} {found.get('chain_id')};"


@pytest.fixture(autouse=True)
def _no_tags() -> Iterator[None]:
    assert {} == CURRENT.get().tags
    yield
    assert {} == CURRENT.get().tags


@pytest.mark.parametrize("name", ["asgi", "wsgi", "django", "celery"])
def test_no_framework_is_imported_before_it_runs(name: str) -> None:
    script = f"import sys, cost_lib.middleware.{name}; print(*sys.modules)"
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2])}
    loaded = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, env=environment).stdout.split()
    assert set() == {"starlette", "flask", "django", "celery", "asgiref"} & set(loaded)


class Plan(Enum):
    PRO = "pro"


class TestSource:
    def test_a_mapping_has_values_that_are_fixed_or_made(self) -> None:
        found = scope_for(
            {"feature": "faq", "user_segment": Plan.PRO, "team": lambda request: request, "owner": None}, "core", chain="c-1"
        ).own
        assert {"chain_id": "c-1", "feature": "faq", "user_segment": "pro", "team": "core"} == found

    def test_a_function_makes_them_all(self) -> None:
        assert "core" == scope_for(lambda request: {"team": request}, "core", chain="").own["team"]

    @pytest.mark.parametrize("chain", ["", "two words", "x" * 200, "jane@example.com", "\n"])
    def test_a_chain_id_that_is_none_is_replaced(self, chain: str) -> None:
        assert 36 == len(scope_for({}, None, chain=chain).own["chain_id"])

    def test_a_source_that_fails_costs_its_tags_and_not_the_request(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delenv("PYTEST_CURRENT_TEST")
        assert ["chain_id"] == list(scope_for(lambda request: request.nothing, None, chain="").own)

    def test_a_source_that_fails_is_seen_under_test(self) -> None:
        with pytest.raises(AttributeError):
            scope_for(lambda request: request.nothing, None, chain="")


class TestStarlette:
    @pytest.fixture
    def client(self) -> Any:
        starlette = pytest.importorskip("starlette.applications")
        responses, routing = pytest.importorskip("starlette.responses"), pytest.importorskip("starlette.routing")
        testclient = pytest.importorskip("starlette.testclient")
        from cost_lib.middleware.asgi import TagsMiddleware

        async def pieces() -> AsyncIterator[str]:
            for _ in range(3):
                await asyncio.sleep(0)
                yield now()

        async def plain(_: Any) -> Any:
            return responses.PlainTextResponse(now())

        def threaded(_: Any) -> Any:
            return responses.PlainTextResponse(now())

        async def streamed(_: Any) -> Any:
            return responses.StreamingResponse(pieces())

        def from_threads(_: Any) -> Any:
            return responses.StreamingResponse(now() for _ in range(3))

        async def nearer(_: Any) -> Any:
            with tags(feature="own"):
                return responses.PlainTextResponse(now())

        async def socket(websocket: Any) -> None:
            await websocket.accept()
            await websocket.send_text(now())
            await websocket.close()

        views = (plain, threaded, streamed, from_threads, nearer)
        routes = [*(routing.Route(f"/{view.__name__}", view) for view in views), routing.WebSocketRoute("/socket", socket)]
        app = starlette.Starlette(routes=routes)
        app.add_middleware(TagsMiddleware, tags=PLANS)
        with testclient.TestClient(app) as found:  # runs the lifespan too
            yield found

    @pytest.mark.parametrize(("path", "times"), [("plain", 1), ("threaded", 1), ("streamed", 3), ("from_threads", 3)])
    def test_every_kind_of_answer_runs_under_the_tags(self, client: Any, path: str, times: int) -> None:
        assert "support pro r-1;" * times == client.get(f"/{path}", headers={"x-plan": "pro", "x-request-id": "r-1"}).text

    def test_tags_nearer_to_the_call_win(self, client: Any) -> None:
        assert client.get("/nearer").text.startswith("own ")

    def test_a_websocket_has_tags(self, client: Any) -> None:
        with client.websocket_connect("/socket", headers={"x-request-id": "w-1"}) as socket:
            assert "support None w-1;" == socket.receive_text()

    def test_each_request_has_a_chain_of_its_own(self, client: Any) -> None:
        assert client.get("/plain").text != client.get("/plain").text

    def test_requests_at_once_do_not_mix(self, client: Any) -> None:
        def ask(number: int) -> bool:
            headers = {"x-plan": f"p{number}", "x-request-id": f"r-{number}"}
            return bool(client.get("/streamed", headers=headers).text == f"support p{number} r-{number};" * 3)

        with ThreadPoolExecutor(8) as pool:
            assert all(pool.map(ask, range(40)))


class TestFlask:
    @pytest.fixture
    def app(self) -> Any:
        flask = pytest.importorskip("flask")
        from cost_lib.middleware.wsgi import TagsMiddleware

        app = flask.Flask("sample")

        def plain() -> str:
            return now()

        def streamed() -> Any:
            def pieces() -> Iterator[str]:
                for _ in range(3):
                    yield now()

            return flask.Response(pieces())

        app.add_url_rule("/plain", view_func=plain)
        app.add_url_rule("/streamed", view_func=streamed)
        app.wsgi_app = TagsMiddleware(app.wsgi_app, tags=PLANS)
        return app

    @pytest.mark.parametrize(("path", "times"), [("plain", 1), ("streamed", 3)])
    def test_every_kind_of_answer_runs_under_the_tags(self, app: Any, path: str, times: int) -> None:
        assert "support pro r-1;" * times == app.test_client().get(f"/{path}", headers={"x-plan": "pro", "x-request-id": "r-1"}).text

    def test_between_two_pieces_the_server_has_no_tags(self, app: Any) -> None:
        answer = app.test_client().get("/streamed", headers={"x-request-id": "r-1"}, buffered=False)
        for piece in answer.response:
            assert piece.startswith((b"support", "support"))
            assert {} == CURRENT.get().tags
        answer.close()

    def test_two_streams_in_one_thread_do_not_mix(self, app: Any) -> None:
        one, two = (app.test_client().get("/streamed", headers={"x-request-id": f"r-{n}"}, buffered=False).response for n in (1, 2))
        pieces = [str(next(body)) for _ in range(3) for body in (iter(one), iter(two))]
        assert ["r-1" in piece for piece in pieces] == [True, False] * 3

    def test_a_stream_that_is_given_up_is_closed_under_its_tags(self) -> None:
        from cost_lib.middleware.wsgi import TagsMiddleware

        seen = []

        class Pieces:
            def __iter__(self) -> Iterator[bytes]:
                yield b"one"

            def close(self) -> None:
                seen.append(now())

        body: Any = TagsMiddleware(lambda environ, start: Pieces(), {"feature": "x"})({"HTTP_X_REQUEST_ID": "r"}, None)  # noqa: ARG005
        body.close()
        assert ["x None r;"] == seen

    def test_lists_and_files_are_handed_on_as_they_are(self) -> None:
        from wsgiref.util import FileWrapper

        from cost_lib.middleware.wsgi import TagsMiddleware

        def answering(answer: Any) -> Any:
            return TagsMiddleware(lambda *_: answer)({"wsgi.file_wrapper": FileWrapper}, None)

        for answer in ([b"all"], FileWrapper(io.BytesIO())):
            assert answer is answering(answer)


class TestDjango:
    @pytest.fixture(autouse=True)
    def _project(self) -> None:
        django = pytest.importorskip("django")
        from django.conf import settings

        if not settings.configured:
            settings.configure(
                ROOT_URLCONF=__name__ + "_urls",
                ALLOWED_HOSTS=["*"],
                MIDDLEWARE=["cost_lib.middleware.django.TagsMiddleware"],
                COSTMARK_TAGS=PLANS,
                LOGGING_CONFIG=None,
            )
            django.setup()
        sys.modules[__name__ + "_urls"] = urls()

    @pytest.mark.parametrize(("path", "times"), [("plain", 1), ("streamed", 3), ("awaited", 1)])
    def test_every_kind_of_answer_runs_under_the_tags(self, path: str, times: int) -> None:
        from django.test import Client

        response = Client().get(f"/{path}", headers={"x-plan": "pro", "x-request-id": "r-1"})
        assert "support pro r-1;" * times == response.getvalue().decode()

    @pytest.mark.parametrize(("path", "times"), [("plain", 1), ("awaited", 1), ("streamed_async", 3)])
    def test_asynchronous_servers_too(self, path: str, times: int) -> None:
        from django.test import AsyncClient

        async def ask() -> str:
            response: Any = await AsyncClient().get(f"/{path}", headers={"x-plan": "pro", "x-request-id": "r-1"})
            if response.streaming:
                return b"".join([piece async for piece in response.streaming_content]).decode()
            return str(response.content.decode())

        assert "support pro r-1;" * times == asyncio.run(ask())


def urls() -> Any:
    from types import ModuleType

    from django.http import HttpResponse, StreamingHttpResponse
    from django.urls import path

    def plain(_: Any) -> Any:
        return HttpResponse(now())

    def streamed(_: Any) -> Any:
        return StreamingHttpResponse(now() for _ in range(3))

    async def awaited(_: Any) -> Any:
        return HttpResponse(now())

    async def streamed_async(_: Any) -> Any:
        async def pieces() -> AsyncIterator[str]:
            for _ in range(3):
                await asyncio.sleep(0)
                yield now()

        return StreamingHttpResponse(pieces())

    module = ModuleType("urls")
    module.__dict__["urlpatterns"] = [path(view.__name__, view) for view in (plain, streamed, awaited, streamed_async)]
    return module


def test_an_asynchronous_stream_that_is_given_up_is_closed_under_its_tags() -> None:
    seen = []

    async def pieces() -> AsyncIterator[str]:
        try:
            yield now()
        finally:
            seen.append(now())

    async def run() -> None:
        body = AsyncBody(pieces(), scope_for({"feature": "x"}, None, chain="r"))
        async for piece in body:
            seen.append(piece)
            break
        assert {} == CURRENT.get().tags
        await body.aclose()

    asyncio.run(run())
    assert ["x None r;"] * 2 == seen


class TestCelery:
    @pytest.fixture
    def app(self) -> Iterator[Any]:
        celery = pytest.importorskip("celery")
        from cost_lib.middleware.celery import unwatch_tasks, watch_tasks

        app = celery.Celery("sample", broker="memory://", backend="cache+memory://", set_as_current=False)
        watch_tasks({"request_type": lambda task: task.name.rpartition(".")[2]})
        yield app
        unwatch_tasks()

    def test_a_task_run_at_once_has_the_tags_of_its_caller_and_its_own(self, app: Any) -> None:
        def summary() -> str:
            return f"{now()}{CURRENT.get().tags.get('request_type')}"

        task = app.task(name="jobs.summary")(summary)
        with tags(feature="faq", chain_id="c-1"):
            assert "faq None c-1;summary" == task.apply().get()

    def test_a_task_keeps_the_chain_of_its_sender_whatever_it_is_called(self, app: Any) -> None:
        def chained() -> str:
            return CURRENT.get().tags["chain_id"]

        task = app.task(name="jobs.chain")(chained)
        with tags(chain_id="order 17/2"):
            assert "order 17/2" == task.apply().get()

    def test_a_task_in_a_worker_has_the_tags_of_who_sent_it(self, app: Any) -> None:
        testing = pytest.importorskip("celery.contrib.testing.worker")
        threads = []

        def digest() -> str:
            threads.append(threading.current_thread())
            return f"{now()}{CURRENT.get().tags.get('request_type')}"

        task = app.task(name="jobs.digest")(digest)
        with testing.start_worker(app, pool="solo", perform_ping_check=False, loglevel="ERROR"):
            with tags(feature="faq", user_segment="pro", chain_id="c-1"):
                first = task.delay()
            second = task.delay()
            assert "faq pro c-1;digest" == first.get(timeout=20)
            assert f"None None {second.id};digest" == second.get(timeout=20)
        assert threading.main_thread() not in threads

    def test_a_task_that_fails_leaves_no_tags(self, app: Any) -> None:
        def failing() -> None:
            raise ValueError("no")

        with pytest.raises(ValueError, match="no"):
            app.task(name="jobs.failing")(failing).apply(throw=True)
        assert {} == CURRENT.get().tags
