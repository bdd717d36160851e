"""Callables, iterators, classes as values, generics, private names, nested classes and calls of instances."""
from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator, Mapping
from contextvars import ContextVar
from functools import partial
from typing import ClassVar, Final, Generic, Self, TypeVar

from openai import AsyncOpenAI, AzureOpenAI, OpenAI

from cost_lib import tagged

T = TypeVar("T")
current: ContextVar[OpenAI] = ContextVar("current")
CLIENT: Final = OpenAI()
first = second = OpenAI()
make_azure = partial(AzureOpenAI, api_version="2024-10-21")
make_later = lambda: OpenAI()  # noqa: E731
Alias = OpenAI


def clients() -> Iterator[OpenAI]:
    yield OpenAI()
    yield AzureOpenAI()


async def aclients():
    yield AsyncOpenAI()


class Factory:
    __made: ClassVar[OpenAI | None] = None

    class Inner:
        client = OpenAI()

    def __init__(self) -> None:
        self.__private = OpenAI()
        self.table: dict[str, OpenAI] = {}
        self.pool: list[OpenAI] = []

    def __call__(self) -> object:
        return self.__private.responses.create(input="x")  # finds: CMK101

    def chained(self) -> Self:
        return self

    def run(self) -> None:
        self.chained().table["a"].responses.create(input="x")  # finds: CMK101
        self.pool[0].responses.create(input="x")  # finds: CMK101
        type(self).Inner.client.responses.create(input="x")  # finds: CMK101
        self.__class__.Inner.client.responses.create(input="x")  # finds: CMK101


class Maker:
    def __call__(self):
        return OpenAI()


def typed(
    make: Callable[[], OpenAI], kind: type[OpenAI], many: Iterable[OpenAI], table: Mapping[str, OpenAI], other: Callable[[], str]
) -> None:
    make().responses.create(input="x")  # finds: CMK101
    kind().responses.create(input="x")  # finds: CMK101
    for one in many:
        one.responses.create(input="x")  # finds: CMK101
    table["a"].responses.create(input="x")  # finds: CMK101
    other().responses.create(input="x")  # ok: CMK101


async def typed_async(later: Awaitable[AsyncOpenAI], many: AsyncIterator[AsyncOpenAI]) -> None:
    await (await later).responses.create(input="x")  # finds: CMK101
    async for one in many:
        await one.responses.create(input="x")  # finds: CMK101
    async for one in aclients():
        await one.responses.create(input="x")  # finds: CMK101


def values() -> None:
    CLIENT.responses.create(input="x")  # finds: CMK101
    first.responses.create(input="x")  # finds: CMK101
    second.responses.create(input="x")  # finds: CMK101
    make_azure().responses.create(input="x")  # finds: CMK101
    make_later().responses.create(input="x")  # finds: CMK101
    Alias().responses.create(input="x")  # finds: CMK101
    current.get().responses.create(input="x")  # finds: CMK101
    Factory.Inner.client.responses.create(input="x")  # finds: CMK101
    Maker()().responses.create(input="x")  # finds: CMK101
    for one in clients():
        one.responses.create(input="x")  # finds: CMK101
    next(clients()).responses.create(input="x")  # finds: CMK101
    tagged(make_azure(), feature="a").responses.create(input="x")  # ok: CMK101, CMK201
    tagged(Maker()(), feature="a").responses.create(input="x")  # ok: CMK101, CMK201
    Factory()()  # ok: CMK101
