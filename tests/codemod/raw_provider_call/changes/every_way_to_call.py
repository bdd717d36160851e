"""Receivers, streams, with items, chained constructors, bound methods, modules and calls inside f-strings."""

from __future__ import annotations

import asyncio
from functools import partial

import openai
from openai import AsyncOpenAI, OpenAI

client = OpenAI()
clients = {"fast": client}
create = client.responses.create


def make():
    return OpenAI()


def calls(text, primary, fallback=client):
    OpenAI(api_key="x").chat.completions.create(model="gpt-4o-mini", messages=[])
    make().chat.completions.create(model="gpt-4o-mini", messages=[])
    clients["fast"].chat.completions.create(model="gpt-4o-mini", messages=[])
    (client or fallback).chat.completions.create(model="gpt-4o-mini", messages=[])
    openai.chat.completions.create(model="gpt-4o-mini", messages=[])
    client.with_options(timeout=5).responses.create(model="gpt-4o-mini", input=text)
    client.chat.completions.with_raw_response.create(model="gpt-4o-mini", messages=[])
    completions = client.chat.completions
    completions.create(model="gpt-4o-mini", messages=[])
    create(model="gpt-4o-mini", input=text)
    print(f"{client.responses.create(model='gpt-4o-mini', input=text)}")
    with client.responses.stream(model="gpt-4o-mini", input=text) as stream:
        list(stream)
    return [chunk for chunk in client.responses.create(model="gpt-4o-mini", input=text, stream=True)]


async def wait(text):
    async with AsyncOpenAI() as own:
        await own.responses.create(model="gpt-4o-mini", input=text)
    await asyncio.to_thread(client.responses.create, model="gpt-4o-mini", input=text)
    return (
        client  # the shared one
        .responses
        .create(model="gpt-4o-mini", input=text)
    )


class Bot:
    def __init__(self):
        self.client = OpenAI()
        self.ask = partial(self.client.responses.create, model="gpt-4o-mini")

    def answer(self, text):
        return self.client.responses.create(model="gpt-4o-mini", input=text), self.ask(input=text)
# output
"""Receivers, streams, with items, chained constructors, bound methods, modules and calls inside f-strings."""

from __future__ import annotations

import asyncio
from functools import partial

import openai
from cost_lib import tagged
from openai import AsyncOpenAI, OpenAI

client = OpenAI()
clients = {"fast": client}
create = client.responses.create


def make():
    return OpenAI()


def calls(text, primary, fallback=client):
    tagged(OpenAI(api_key="x"), feature="every_way_to_call").chat.completions.create(model="gpt-4o-mini", messages=[])
    tagged(make(), feature="every_way_to_call").chat.completions.create(model="gpt-4o-mini", messages=[])
    tagged(clients["fast"], feature="every_way_to_call").chat.completions.create(model="gpt-4o-mini", messages=[])
    tagged(client or fallback, feature="every_way_to_call").chat.completions.create(model="gpt-4o-mini", messages=[])
    tagged(openai.chat.completions, feature="every_way_to_call").create(model="gpt-4o-mini", messages=[])
    tagged(client.with_options(timeout=5), feature="every_way_to_call").responses.create(model="gpt-4o-mini", input=text)
    tagged(client, feature="every_way_to_call").chat.completions.with_raw_response.create(model="gpt-4o-mini", messages=[])
    completions = client.chat.completions
    tagged(completions, feature="every_way_to_call").create(model="gpt-4o-mini", messages=[])
    tagged(create, feature="every_way_to_call")(model="gpt-4o-mini", input=text)
    print(f"{tagged(client, feature='every_way_to_call').responses.create(model='gpt-4o-mini', input=text)}")
    with tagged(client, feature="every_way_to_call").responses.stream(model="gpt-4o-mini", input=text) as stream:
        list(stream)
    return [chunk for chunk in tagged(client, feature="every_way_to_call").responses.create(model="gpt-4o-mini", input=text, stream=True)]


async def wait(text):
    async with AsyncOpenAI() as own:
        await tagged(own, feature="every_way_to_call").responses.create(model="gpt-4o-mini", input=text)
    await asyncio.to_thread(tagged(client, feature="every_way_to_call").responses.create, model="gpt-4o-mini", input=text)
    return (
        tagged(client, feature="every_way_to_call")  # the shared one
        .responses
        .create(model="gpt-4o-mini", input=text)
    )


class Bot:
    def __init__(self):
        self.client = OpenAI()
        self.ask = partial(tagged(self.client, feature="every_way_to_call").responses.create, model="gpt-4o-mini")

    def answer(self, text):
        return tagged(self.client, feature="every_way_to_call").responses.create(model="gpt-4o-mini", input=text), self.ask(input=text)
