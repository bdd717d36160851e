"""Two objects of one class, made with different clients, are told apart where their attributes are read."""

from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

from openai import OpenAI

from cost_lib import tagged

T = TypeVar("T")


class Holder:
    def __init__(self, client: OpenAI, *, name: str = "") -> None:
        self.client = client
        self.name = name

    def ask(self, prompt: str) -> object:
        return self.client.responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK101


class Box(Generic[T]):
    def __init__(self, item: T) -> None:
        self.item = item


@dataclass
class Context:
    name: str
    client: OpenAI


class Pair(NamedTuple):
    client: OpenAI
    size: int = 3


class Changing:
    def __init__(self, client: OpenAI) -> None:
        self.client = client

    def reset(self) -> None:
        self.client = OpenAI(timeout=3)


class Normalising:
    def __init__(self, client: OpenAI) -> None:
        client = OpenAI()
        self.client = client


GOOD = Holder(tagged(OpenAI(), feature="faq"))
BAD = Holder(OpenAI())


def holders(prompt: str) -> None:
    GOOD.client.responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK101, CMK201
    BAD.client.responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK101
    GOOD.ask(prompt)
    by_name = Holder(client=tagged(OpenAI()), name="x")
    by_name.client.responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK201
    either = GOOD if prompt else BAD
    either.client.responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK101


def boxes(prompt: str) -> None:
    Box(OpenAI()).item.responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK101
    Box(tagged(OpenAI(), feature="faq")).item.responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK101, CMK201


def fields(prompt: str) -> None:
    bad, good = Context("a", OpenAI()), Context("b", client=tagged(OpenAI(), feature="faq"))
    bad.client.responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK101
    good.client.responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK101, CMK201
    good.client = OpenAI()
    good.client.responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK101
    Pair(tagged(OpenAI(), feature="faq")).client.responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK101, CMK201
    Pair(OpenAI(), 3).client.responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK101


def not_as_they_were_given(prompt: str) -> None:
    Changing(tagged(OpenAI(), feature="faq")).client.responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK101
    Normalising(tagged(OpenAI(), feature="faq")).client.responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK101
