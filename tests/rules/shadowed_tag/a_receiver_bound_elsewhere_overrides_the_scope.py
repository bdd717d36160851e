"""A receiver bound outside the scope's block, with another value, overrides the scope around the call.

Reading: reported at the call; a decorator is a scope like a ``with``.
"""
from anthropic import Anthropic
from openai import OpenAI

from cost_lib import tagged, tags

client = OpenAI()
chat = tagged(client, feature="chat")
bare = tagged(client)


def other_value(prompt: str) -> None:
    with tags(feature="search"):
        chat.responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK209  # ok: CMK201
        for _ in range(2):
            chat.responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK209
    local = tagged(Anthropic(), feature="local")
    with tags(feature="search"):
        local.messages.create(max_tokens=9, messages=[])  # finds: CMK209


def same_value(prompt: str) -> None:
    with tags(feature="chat"):
        chat.responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK201, CMK209
    chat.responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK201, CMK209


def other_tag(prompt: str) -> None:
    with tags(team="search"):
        chat.responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK201, CMK209
    with tags(feature="search"):
        bare.responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK201, CMK209


def bound_inside(prompt: str) -> None:
    with tags(feature="search"):
        tagged(client, feature="rerank").responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK201, CMK209
        inner = tagged(client, feature="rerank")
        inner.responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK201, CMK209


def merges(prompt: str) -> None:
    with tags(feature="search"):
        tagged(chat, team="growth").responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK209
        tagged(chat, feature="search").responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK209
        tagged(chat, feature="rerank").responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK209


@tags(feature="search")
def under_decorator(prompt: str) -> None:
    chat.responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK209
    bare.responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK209


class Service:
    def __init__(self) -> None:
        self.llm = tagged(OpenAI(), feature="service")

    def run(self, prompt: str) -> None:
        with tags(feature="run"):
            self.llm.responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK209
        with tags(feature="service"):
            self.llm.responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK209


def outer_scope_does_not_count_where_an_inner_one_agrees(prompt: str) -> None:
    with tags(feature="search"):
        with tags(feature="chat"):
            chat.responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK209
