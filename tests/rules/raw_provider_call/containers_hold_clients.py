"""Clients in dicts, lists, tuples, comprehensions and loops."""
from collections import defaultdict

from anthropic import Anthropic
from openai import AzureOpenAI, OpenAI

from cost_lib import tagged

CLIENTS = {"openai": OpenAI(), "azure": AzureOpenAI(), "tagged": tagged(OpenAI(), feature="chat")}
TAGGED = {"a": tagged(OpenAI(), feature="a"), "b": tagged(AzureOpenAI(), feature="b")}
POOL = [OpenAI(api_key=key) for key in ("k1", "k2")]
FACTORIES = {"claude": Anthropic, "openai": OpenAI}
primary, secondary = OpenAI(), tagged(OpenAI(), feature="second")


def by_constant_key(prompt: str) -> None:
    CLIENTS["openai"].chat.completions.create(model="gpt-4o-mini", messages=[])  # finds: CMK101
    CLIENTS["tagged"].chat.completions.create(model="gpt-4o-mini", messages=[])  # ok: CMK101, CMK201


def by_unknown_key(name: str) -> None:
    CLIENTS[name].chat.completions.create(model="gpt-4o-mini", messages=[])  # finds: CMK101
    TAGGED[name].chat.completions.create(model="gpt-4o-mini", messages=[])  # ok: CMK101, CMK201
    CLIENTS.get("azure").chat.completions.create(model="gpt-4o-mini", messages=[])  # finds: CMK101
    POOL[0].chat.completions.create(model="gpt-4o-mini", messages=[])  # finds: CMK101


def by_factory(prompt: str) -> None:
    FACTORIES["claude"]().messages.create(model="claude-sonnet-4-5", max_tokens=9, messages=[])  # finds: CMK101
    tagged(FACTORIES["claude"](), feature="x").messages.create(model="claude-sonnet-4-5", max_tokens=9, messages=[])  # ok: CMK101


def by_unpacking(prompt: str) -> None:
    primary.chat.completions.create(model="gpt-4o-mini", messages=[])  # finds: CMK101
    secondary.chat.completions.create(model="gpt-4o-mini", messages=[])  # ok: CMK101, CMK201


def by_loop(prompt: str) -> None:
    for client in POOL:
        client.chat.completions.create(model="gpt-4o-mini", messages=[])  # finds: CMK101
    for name, client in TAGGED.items():
        client.chat.completions.create(model="gpt-4o-mini", messages=[])  # ok: CMK101, CMK201
    for number, client in enumerate(POOL):
        client.chat.completions.create(model="gpt-4o-mini", messages=[])  # finds: CMK101
    replies = [client.chat.completions.create(model="gpt-4o-mini", messages=[]) for client in POOL]  # finds: CMK101
    replies += [client.chat.completions.create(model="gpt-4o-mini", messages=[]) for client in TAGGED.values()]  # ok: CMK101


def filled_later() -> None:
    clients = {}
    clients["a"] = OpenAI()
    clients["a"].chat.completions.create(model="gpt-4o-mini", messages=[])  # finds: CMK101
    pool = []
    pool.append(OpenAI())
    pool[0].chat.completions.create(model="gpt-4o-mini", messages=[])  # finds: CMK101
    numbers = defaultdict(list)
    numbers["a"].chat.completions.create(messages=[])  # ok: CMK101
