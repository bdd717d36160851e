"""Each row of the design's table of what a proxy keeps."""

from __future__ import annotations

import _thread
import asyncio
import copy
import functools
import inspect
import pickle
from collections.abc import Sized
from functools import singledispatch
from queue import Queue
from typing import TYPE_CHECKING, Any, Self, cast
from unittest.mock import AsyncMock, MagicMock, create_autospec

import pytest

from cost_lib import tagged, tags
from cost_lib.proxy import is_proxy, state_of
from cost_lib.scope import CURRENT
from cost_lib.testing import capture_events
from tests.runtime.replay import CHAT

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator


def now() -> dict[str, str]:
    return dict(CURRENT.get().tags)


class Answer(str):
    __slots__ = ()


class Completions:
    def create(self, model: str) -> dict[str, str]:
        """Create one."""
        return {"model": model, **now()}

    async def acreate(self) -> dict[str, str]:
        await asyncio.sleep(0)
        return now()

    def stream(self) -> Iterator[dict[str, str]]:
        yield now()
        yield now()

    async def astream(self) -> AsyncIterator[dict[str, str]]:
        yield now()

    def manager(self) -> Manager:
        return Manager()

    def answer(self) -> Answer:
        return Answer("hello")


class Manager:
    def __enter__(self) -> Iterator[dict[str, str]]:
        return Completions().stream()

    def __exit__(self, *_: object) -> None:
        pass


class Client:
    def __init__(self, name: str = "c") -> None:
        self.name = name
        self.completions = Completions()

    @classmethod
    def named(cls, name: str) -> Self:
        return cls(name)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Client) and self.name == other.name

    def __hash__(self) -> int:
        return hash(self.name)

    def __or__(self, other: object) -> Client:
        return Client(f"{self.name}|{other}")

    def __len__(self) -> int:
        return 3

    def __iter__(self) -> Iterator[dict[str, str]]:
        return Completions().stream()

    def __call__(self) -> dict[str, str]:
        return now()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        pass

    def close(self) -> None:
        pass

    def with_options(self) -> Client:
        return Client("other")


def test_isinstance_is_as_the_object() -> None:
    assert isinstance(tagged(Client(), feature="a"), Client)
    assert type(tagged(Client())) is not Client


def test_match_is_as_the_object() -> None:
    match tagged(Client()):
        case Client(name=name):
            assert "c" == name
        case _:
            raise AssertionError


def test_singledispatch_is_as_the_object() -> None:
    @singledispatch
    def seen(_: object) -> str:
        return "object"

    @seen.register
    def _(_: Client) -> str:
        return "client"

    assert "client" == seen(tagged(Client()))


def test_a_pydantic_field_takes_the_proxy_as_the_object() -> None:
    pydantic = pytest.importorskip("pydantic")
    model = pydantic.create_model("Model", __config__={"arbitrary_types_allowed": True}, client=(Client, ...))
    assert {"feature": "a"} == model(client=tagged(Client(), feature="a")).client()


def test_a_call_runs_under_the_tags_and_nothing_else_does() -> None:
    assert {"model": "m", "feature": "a"} == tagged(Client(), feature="a").completions.create("m")
    assert {} == now()


@pytest.mark.parametrize("make", [Client, Client.named])
def test_what_a_tagged_class_makes_is_tagged(make: type[Client]) -> None:
    assert {"feature": "a"} == tagged(make, feature="a")("c")()


def test_the_clients_of_a_tagged_module_are_tagged_and_its_errors_are_its_own() -> None:
    openai = pytest.importorskip("openai")
    module = tagged(openai, feature="a")
    client = module.OpenAI(api_key="k")
    assert {"feature": "a"} == state_of(client).tags
    assert isinstance(client, module.OpenAI)
    assert issubclass(openai.OpenAI, module.OpenAI)
    assert openai.APIError is module.APIError


def test_the_clients_of_boto3_are_those_of_botocore() -> None:
    boto3 = pytest.importorskip("boto3")
    given = {"region_name": "us-east-1", "aws_access_key_id": "k", "aws_secret_access_key": "k"}
    for client in (tagged(boto3.Session(), feature="a").client("sts", **given), tagged(boto3.client, feature="a")("sts", **given)):
        assert {"feature": "a"} == state_of(client).tags


def test_the_receiver_overrides_the_scope_key_by_key() -> None:
    with tags(feature="b", team="t"):
        assert {"feature": "a", "team": "t"} == tagged(Client(), feature="a")()


def test_copy_keeps_tags() -> None:
    assert {"feature": "a"} == copy.copy(tagged(Client(), feature="a"))()


def test_deepcopy_and_pickle_are_the_object_s_own_with_its_tags() -> None:
    client = tagged(Client(), feature="a")
    deep, back = copy.deepcopy(client), pickle.loads(pickle.dumps(client))  # noqa: S301
    assert deep.completions is not client.completions
    assert ({"feature": "a"}, {"feature": "a"}) == (deep(), back())


def test_what_cannot_be_pickled_cannot_be_when_tagged() -> None:
    client = Client()
    client.name = cast("Any", lambda: None)
    with pytest.raises((pickle.PicklingError, AttributeError)):
        pickle.dumps(tagged(client))


def test_equality_and_hash_delegate() -> None:
    assert tagged(Client()) == Client()
    assert tagged(Client()) == tagged(Client(), feature="a")
    assert tagged(Client()) != Client("d")
    assert hash(Client()) == hash(tagged(Client()))


def test_coroutine_functions_stay_coroutine_functions() -> None:
    create = tagged(Completions(), feature="a").acreate
    assert inspect.iscoroutinefunction(create)
    assert asyncio.iscoroutinefunction(create)
    assert {"feature": "a"} == asyncio.run(create())


def test_signatures_and_docs_are_kept() -> None:
    create = tagged(Completions()).create
    assert inspect.signature(Completions().create) == inspect.signature(create)
    assert ("Create one.", "create") == (create.__doc__, create.__name__)


def test_attributes_are_set_and_deleted_on_the_object() -> None:
    client = Client()
    tagged(client).name = "d"
    assert "d" == client.name
    del tagged(client).name
    assert not hasattr(client, "name")


def test_operators_are_forwarded_and_what_they_compose_is_tagged() -> None:
    composed = tagged(Client(), feature="a") | "x"
    assert "c|x" == composed.name
    assert {"feature": "a"} == composed()


def test_len_iteration_and_call_are_forwarded() -> None:
    client = tagged(Client(), feature="a")
    assert 3 == len(client)
    assert [{"feature": "a"}, {"feature": "a"}] == list(client)
    assert callable(client)
    assert not callable(tagged(Completions()))


def test_clones_and_entered_clients_stay_tagged() -> None:
    client = tagged(Client(), feature="a")
    assert {"feature": "a"} == client.with_options()()
    assert {"feature": "a"} == copy.copy(client)()
    with client as entered:
        assert {"feature": "a"} == entered()


def test_an_asynchronously_entered_client_stays_tagged() -> None:
    async def run() -> dict[str, str]:
        async with tagged(Client(), feature="a") as entered:
            return entered()

    assert {"feature": "a"} == asyncio.run(run())


def test_a_stream_runs_under_the_tags_of_its_call() -> None:
    with tags(team="then"):
        stream = tagged(Completions(), feature="a").stream()
    with tags(team="later"):
        assert [{"feature": "a", "team": "then"}] * 2 == list(stream)
        assert {"team": "later"} == now()


def test_a_managed_stream_runs_under_the_tags_of_its_call() -> None:
    with tags(team="then"):
        manager = tagged(Completions(), feature="a").manager()
    with manager as stream:
        assert {"feature": "a", "team": "then"} == next(stream)


def test_an_asynchronous_stream_runs_under_the_tags_of_its_call() -> None:
    async def run() -> list[dict[str, str]]:
        with tags(team="then"):
            stream = tagged(Completions(), feature="a").astream()
        return [item async for item in stream]

    assert [{"feature": "a", "team": "then"}] == asyncio.run(run())


def test_answers_are_never_wrapped() -> None:
    completions = tagged(Completions(), feature="a")
    assert type(completions.create("m")) is dict
    assert type(completions.answer()) is Answer


def test_mocks_and_autospec_work() -> None:
    mock = MagicMock()
    tagged(mock, feature="a").completions.create(model="m")
    mock.completions.create.assert_called_once_with(model="m")
    spec = create_autospec(Client, instance=True)
    assert isinstance(tagged(spec), Client)
    with pytest.raises(AttributeError):
        tagged(spec).nothing  # noqa: B018
    with pytest.raises(TypeError):
        tagged(spec).with_options(1)


def test_tagging_again_merges() -> None:
    client = tagged(tagged(Client(), feature="a", team="t"), feature="b")
    assert {"feature": "b", "team": "t"} == client()
    assert not is_proxy(state_of(client).target)


def test_a_function_can_be_tagged() -> None:
    assert {"feature": "a"} == tagged(now, feature="a")()


def test_tasks_with_one_client_do_not_mix_tags() -> None:
    async def run() -> list[dict[str, str]]:
        client = Completions()
        return await asyncio.gather(*(tagged(client, feature=str(number)).acreate() for number in range(10)))

    assert [{"feature": str(number)} for number in range(10)] == asyncio.run(run())


def test_a_runnable_chain_keeps_the_proxy() -> None:
    runnables = pytest.importorskip("langchain_core.runnables")
    chain = runnables.RunnableLambda(lambda x: x) | tagged(runnables.RunnableLambda(lambda _: now()), feature="a")
    assert {"feature": "a"} == chain.invoke(1)
    assert {"feature": "b"} == (tagged(runnables.RunnableLambda(lambda _: now()), feature="b") | (lambda x: x)).invoke(1)


def test_what_a_wrapper_wraps_is_kept() -> None:
    @functools.wraps(now)
    def wrapper() -> dict[str, str]:
        return now()

    assert now is tagged(wrapper, feature="a").__wrapped__


@pytest.mark.parametrize("answer", ["text", b"bytes", 1, None, {"a": 1}, [1], (1,)])
def test_plain_answers_are_handed_on_as_they_are(answer: object) -> None:
    assert answer is tagged(lambda: answer, feature="a")()


def test_models_are_answers() -> None:
    pydantic = pytest.importorskip("pydantic")
    model = pydantic.create_model("Reply", text=(str, ...))
    reply = model(text="hi")
    assert reply is tagged(lambda: reply, feature="a")()


def test_an_asynchronous_mock_is_awaited_and_seen() -> None:
    mock = AsyncMock()
    asyncio.run(tagged(mock, feature="a").completions.create(model="m"))
    mock.completions.create.assert_awaited_once_with(model="m")


def test_a_call_that_c_makes_has_no_line_and_is_made_all_the_same() -> None:
    seen: Queue[dict[str, str]] = Queue()
    _thread.start_new_thread(tagged(lambda: seen.put(now()), feature="a"), ())
    assert {"feature": "a"} == seen.get(timeout=10)
    assert [{"feature": "a"}] * 2 == list(map(tagged(lambda _: now(), feature="a"), range(2)))


def test_an_instance_check_against_an_abstract_class_is_as_the_object() -> None:
    assert isinstance(tagged(Client()), Sized)
    assert not isinstance(tagged(Completions()), Sized)


@pytest.mark.parametrize("way", ["with_options", "copy", "raw", "streaming", "parse"])
def test_every_way_of_a_real_client_keeps_its_tags(way: str) -> None:
    openai, httpx2 = pytest.importorskip("openai"), pytest.importorskip("httpx2")
    transport = httpx2.MockTransport(lambda _: httpx2.Response(200, json=CHAT))
    client = tagged(openai.OpenAI(api_key="k", http_client=httpx2.Client(transport=transport)), feature="a")
    asked: dict[str, Any] = {"model": "gpt-4o-mini", "messages": []}
    with capture_events() as events:
        if way == "with_options":
            client.with_options(max_retries=0).chat.completions.create(**asked)
        elif way == "copy":
            client.copy().chat.completions.create(**asked)
        elif way == "raw":
            client.chat.completions.with_raw_response.create(**asked).parse()
        elif way == "parse":
            client.chat.completions.parse(**asked)
        else:
            with client.chat.completions.with_streaming_response.create(**asked) as response:
                response.parse()
    assert ("a", 100) == (events.one()["feature"], events.one()["input_tokens"] + events.one()["cache_read_tokens"])
