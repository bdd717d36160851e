"""``record_call`` sanctions its block, needs its tags at its own line, and ends with a nested ``def``."""
import asyncio

import xai_sdk
from openai import AsyncOpenAI, OpenAI

from cost_lib import inherited, record_call, tagged, tags

client = OpenAI()
aclient = AsyncOpenAI()


def sync(prompt):
    with record_call(provider="openai", model="gpt-4o-mini", feature="x") as call:
        client.responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK101
        call.usage(input_tokens=1, output_tokens=1)
        with open("x") as f:
            client.responses.create(model="gpt-4o-mini", input=f.read())  # ok: CMK101

        def inner():
            return client.responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK101

        inner()
        out = [client.responses.create(model="gpt-4o-mini", input=p) for p in prompt]  # ok: CMK101
        f2 = lambda: client.responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK101
        f2(), out
    client.responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK101
    with record_call(provider="openai", model="gpt-4o-mini"):  # finds: CMK201
        client.responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK101, CMK201
    with tags(feature="x"), record_call(provider="openai", model="gpt-4o-mini"):  # ok: CMK201
        client.responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK101, CMK201
    with record_call(provider="openai", model="gpt-4o-mini"), tags(feature="x"):  # finds: CMK201
        client.responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK101, CMK201


@tags(feature="x")
async def asyn(prompt):
    async with record_call(provider="openai", model="gpt-4o-mini") as call:  # ok: CMK201
        await aclient.responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK101
        call.usage(input_tokens=1)
        await asyncio.gather(*[aclient.responses.create(model="gpt-4o-mini", input=p) for p in prompt])  # ok: CMK101
        tagged(client).responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK201
    await aclient.responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK101


def grpc():
    x = xai_sdk.Client()
    chat = x.chat.create(model="grok-3")
    chat.sample()  # finds: CMK101
    tagged(chat, feature="x").sample()  # finds: CMK101
    with tags(feature="x"):
        tagged(chat).sample()  # finds: CMK101
    with record_call(provider="xai", model="grok-3", feature="x"):
        chat.sample()  # ok: CMK101
        tagged(chat).sample()  # ok: CMK101


def inh(prompt):
    with record_call(provider="openai", model="gpt-4o-mini", feature=inherited):  # ok: CMK201
        client.responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK101


def passed(prompt, feature):
    with record_call(provider="openai", model="gpt-4o-mini", feature=feature):  # ok: CMK201
        client.responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK101


def callers():
    inh("x")  # finds: CMK207
    passed("x", "")  # finds: CMK203
    passed("x", "f")  # ok: CMK203
    with tags(feature="x"):
        inh("x")  # ok: CMK207


def empties(prompt):
    with record_call(provider="openai", model="gpt-4o-mini", feature=""):  # finds: CMK203
        client.responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK101
    with record_call(provider="openai", model="gpt-4o-mini", featur="x"):  # finds: CMK210
        client.responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK101
    rec = record_call(provider="openai", model="gpt-4o-mini", feature="x")
    with rec:
        client.responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK101
    with record_call(provider="openai", model="gpt-4o-mini", feature="x"):
        pass
    client.responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK101
