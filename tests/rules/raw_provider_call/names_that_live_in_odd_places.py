"""Class bodies, defaults, lambdas, walrus, deletion, exceptions, globals and nonlocals."""
from fakes import Fake
from openai import OpenAI

from cost_lib import tagged

client = Fake()


class Body:
    client = OpenAI()
    first = client.responses.create(model="gpt-4o-mini", input="x")  # finds: CMK101
    good = tagged(client, feature="body").responses.create(model="gpt-4o-mini", input="x")  # ok: CMK101, CMK201

    def method(self) -> None:
        client.responses.create(model="gpt-4o-mini", input="x")  # ok: CMK101
        self.client.responses.create(model="gpt-4o-mini", input="x")  # finds: CMK101


def default(prompt, llm=OpenAI(), reply=OpenAI().responses.create(model="gpt-4o-mini", input="x")):  # finds: CMK101
    return llm.responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK101


act = lambda prompt, llm=OpenAI(): llm.responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK101  # noqa: E731
safe = lambda prompt, llm=tagged(OpenAI(), feature="a"): llm.responses.create(input=prompt)  # ok: CMK101, CMK201  # noqa: E731


def walrus(prompts: list[str]) -> None:
    if (llm := OpenAI()) and prompts:
        llm.responses.create(model="gpt-4o-mini", input="x")  # finds: CMK101
    replies = [(inner := OpenAI()).responses.create(input=p) for p in prompts]  # finds: CMK101
    inner.responses.create(model="gpt-4o-mini", input=replies)  # finds: CMK101


def rebound_by_global() -> None:
    global late
    late = OpenAI()


def uses_late() -> None:
    late.responses.create(model="gpt-4o-mini", input="x")  # finds: CMK101


def outer() -> None:
    llm = Fake()

    def connect() -> None:
        nonlocal llm
        llm = OpenAI()

    connect()
    llm.responses.create(model="gpt-4o-mini", input="x")  # finds: CMK101


def handler() -> None:
    llm = OpenAI()
    try:
        llm.models.list()  # ok: CMK101
    except ValueError as client:
        client.responses.create(model="gpt-4o-mini", input="x")  # ok: CMK101
    assert llm.responses.create(model="gpt-4o-mini", input="x"), "no reply"  # finds: CMK101
    raise RuntimeError(f"{llm.responses.create(model='gpt-4o-mini', input='x')}")  # finds: CMK101
