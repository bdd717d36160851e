"""A bound method passed as a value is reported on the line of the reference.

Reading: a method kept in a local name is called there, so its call is the site (``create(...)``); one handed to partial,
a thread or a callback leaves the code that can be followed, so the reference is, and the later call is not counted again.
"""
import asyncio
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from operator import attrgetter

from anthropic import Anthropic
from asgiref.sync import sync_to_async
from fastapi.concurrency import run_in_threadpool
from openai import OpenAI
from tenacity import Retrying

from cost_lib import tagged

client = OpenAI()
claude = Anthropic()
safe = tagged(OpenAI(), feature="chat")


async def threads(messages: list) -> None:
    await asyncio.to_thread(client.chat.completions.create, model="gpt-4o-mini", messages=messages)  # finds: CMK101
    await run_in_threadpool(claude.messages.create, model="claude-sonnet-4-5", max_tokens=9, messages=messages)  # finds: CMK101
    await sync_to_async(client.audio.translations.create)(file=b"", model="whisper-1")  # finds: CMK101
    loop = asyncio.get_running_loop()
    await loop.run_in_executor(None, client.responses.create)  # finds: CMK101
    await loop.run_in_executor(None, lambda: client.responses.create(model="gpt-4o-mini", input="x"))  # finds: CMK101
    await asyncio.to_thread(safe.chat.completions.create, model="gpt-4o-mini", messages=messages)  # ok: CMK101, CMK201
    await asyncio.to_thread(client.models.list)  # ok: CMK101


def partials(messages: list) -> None:
    call = partial(client.chat.completions.create, model="gpt-4o-mini")  # finds: CMK101
    call(messages=messages)
    good = partial(safe.chat.completions.create, model="gpt-4o-mini")  # ok: CMK101
    good(messages=messages)
    create = client.chat.completions.create
    create(model="gpt-4o-mini", messages=messages)  # finds: CMK101
    allowed = safe.chat.completions.create
    allowed(model="gpt-4o-mini", messages=messages)  # ok: CMK101, CMK201


def handed_over(messages: list) -> None:
    Retrying()(client.responses.create, model="gpt-4o-mini", input="x")  # finds: CMK101
    with ThreadPoolExecutor() as pool:
        pool.submit(claude.messages.create, model="claude-sonnet-4-5", max_tokens=9, messages=messages)  # finds: CMK101
        list(pool.map(client.embeddings.create, ["a", "b"]))  # finds: CMK101
        pool.submit(safe.responses.create, model="gpt-4o-mini", input="x")  # ok: CMK101, CMK201
    attrgetter("chat.completions.create")(client)(model="gpt-4o-mini", messages=messages)  # finds: CMK101
    attrgetter("models.list")(client)()  # ok: CMK101
    getattr(client.responses, "create")(model="gpt-4o-mini", input="x")  # finds: CMK101


async def gathered(prompts: list[str]) -> None:
    await asyncio.gather(*(asyncio.to_thread(safe.responses.create, input=prompt) for prompt in prompts))  # ok: CMK101, CMK201
