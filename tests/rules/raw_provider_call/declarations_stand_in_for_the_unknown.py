"""A declared type counts where nothing known was ever stored under that name, attribute or result."""
from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated, NewType, Protocol, TypeVar

import acme
from fastapi import Depends
from openai import OpenAI

from cost_lib import tagged

Bounded = TypeVar("Bounded", bound="OpenAI")
Own = NewType("Own", OpenAI)
Raw = Annotated[OpenAI, Depends(lambda: OpenAI())]
Good = Annotated[OpenAI, Depends(lambda: tagged(OpenAI(), feature="dep"))]
declared: OpenAI | None = None
assigned: OpenAI | None = None


def assign() -> None:
    global assigned
    assigned = tagged(OpenAI(), feature="global")


def use() -> None:
    declared.responses.create(input="x")  # finds: CMK101
    assigned.responses.create(input="x")  # ok: CMK101, CMK201


def parameters(bounded: Bounded, own: Own, raw: Raw, good: Good) -> None:
    bounded.responses.create(input="x")  # finds: CMK101
    own.responses.create(input="x")  # finds: CMK101
    raw.responses.create(input="x")  # finds: CMK101
    good.responses.create(input="x")  # ok: CMK101, CMK201


class HasClient(Protocol):
    client: OpenAI

    def get(self) -> OpenAI: ...


def protocol(given: HasClient) -> None:
    given.client.responses.create(input="x")  # finds: CMK101
    given.get().responses.create(input="x")  # finds: CMK101


class Base(ABC):
    @abstractmethod
    def get(self) -> OpenAI: ...

    def run(self) -> None:
        self.get().responses.create(input="x")  # ok: CMK101, CMK201


class Sub(Base):
    def get(self) -> OpenAI:
        return tagged(OpenAI(), feature="sub")


class Lazy:
    field: OpenAI | None = None

    def __init__(self) -> None:
        self.late: OpenAI | None = None
        self.unknown: OpenAI = acme.lookup()

    def fill(self) -> None:
        self.field = tagged(OpenAI(), feature="a")
        self.late = tagged(OpenAI(), feature="a")

    def run(self) -> None:
        self.field.responses.create(input="x")  # ok: CMK101, CMK201
        self.late.responses.create(input="x")  # ok: CMK101, CMK201
        self.unknown.responses.create(input="x")  # finds: CMK101


def local(many: list[str]) -> None:
    client: OpenAI | None = None
    for _ in many:
        client = client or tagged(OpenAI(), feature="local")
    client.responses.create(input="x")  # ok: CMK101, CMK201


def tagged_although_unknown() -> None:
    takes(tagged(acme.lookup(), feature="z"))


def takes(client: OpenAI) -> None:
    client.responses.create(input="x")  # ok: CMK101, CMK201


async def factory() -> OpenAI:
    return acme.lookup()


@asynccontextmanager
async def opened() -> AsyncIterator[OpenAI]:
    yield acme.lookup()


async def later() -> None:
    (await factory()).responses.create(input="x")  # finds: CMK101
    async with opened() as client:
        client.responses.create(input="x")  # finds: CMK101
