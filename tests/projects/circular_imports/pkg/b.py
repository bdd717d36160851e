"""The other half of the circle."""
from anthropic import Anthropic

from pkg import a
from pkg.a import client as back
from pkg.a import from_a

claude = Anthropic()


def from_b():
    return claude


def calls(prompt: str) -> None:
    from_a().responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK101
    a.client.responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK101
    back.responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK101


def pong(llm, depth: int):
    return a.ping(llm, depth)


def start() -> None:
    pong(a.client, 3)
