"""``yield`` under ``with tags`` leaks the tags to the consumer; reported at the ``with``."""
from contextlib import asynccontextmanager, contextmanager

import contextlib
import pytest
from openai import AsyncOpenAI, OpenAI

from cost_lib import tagged, tags

llm = tagged(OpenAI())
allm = tagged(AsyncOpenAI())


def generator(prompts: list[str]):
    with tags(feature="stream"):  # finds: CMK208
        for prompt in prompts:
            yield llm.responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK201


async def async_generator(prompts: list[str]):
    async with tags(feature="stream"):  # finds: CMK208
        for prompt in prompts:
            yield await allm.responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK201


def yield_from(prompt: str):
    with tags(feature="stream"):  # finds: CMK208
        yield from llm.responses.create(model="gpt-4o-mini", input=prompt, stream=True)  # ok: CMK201


def second_item(prompt: str):
    with open(prompt) as file, tags(feature="stream"):  # finds: CMK208
        yield file.read()


def deep(prompt: str):
    with tags(feature="stream"):  # finds: CMK208
        try:
            if prompt:
                received = yield llm.responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK201
                print(received)
        finally:
            print("done")


def yields_outside(prompts: list[str]):
    for prompt in prompts:
        with tags(feature="stream"):  # ok: CMK208
            reply = llm.responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK201
        yield reply


@tags(feature="stream")
def decorated(prompts: list[str]):
    for prompt in prompts:
        yield llm.responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK201, CMK208


def nested_generator(prompts: list[str]):
    with tags(feature="stream"):  # ok: CMK208

        def produce():
            yield from prompts

        return list(produce())


@contextmanager
def request_scope(feature: str):
    with tags(feature="request"):  # ok: CMK208
        yield


@contextlib.asynccontextmanager
async def async_scope():
    async with tags(feature="request"):  # ok: CMK208
        yield llm


@asynccontextmanager
async def other_scope():
    with tags(feature="request"):  # ok: CMK208
        yield


@pytest.fixture
def tagged_test():
    with tags(feature="tests"):  # ok: CMK208
        yield llm


@pytest.fixture(autouse=True)
async def tagged_async_test():
    with tags(feature="tests"):  # ok: CMK208
        yield


async def awaits_only(prompt: str) -> object:
    with tags(feature="plain"):  # ok: CMK208
        return await allm.responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK201


def other_contexts(path: str):
    with open(path) as file:  # ok: CMK208
        yield from file
