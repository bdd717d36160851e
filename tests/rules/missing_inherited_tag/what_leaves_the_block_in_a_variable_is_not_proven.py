"""A coroutine or generator of an ``inherited`` function that leaves the block in a variable is not proven;
``await``, ``for`` and task creation inside the block are.
"""
import asyncio

from openai import AsyncOpenAI, OpenAI

from cost_lib import inherited, tagged, tags

llm = OpenAI()
allm = AsyncOpenAI()


async def ask(prompt: str) -> object:
    return await tagged(allm, feature=inherited).responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK201


def chunks(prompt: str):
    yield from tagged(llm, feature=inherited).responses.create(model="gpt-4o-mini", input=prompt, stream=True)  # ok: CMK201


async def achunks(prompt: str):
    async for chunk in await tagged(allm, feature=inherited).responses.create(input=prompt, stream=True):  # ok: CMK201
        yield chunk


def plain(prompt: str) -> object:
    return tagged(llm, feature=inherited).responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK201


async def inside(prompt: str) -> None:
    with tags(feature="inside"):
        await ask(prompt)  # ok: CMK207
        task = asyncio.create_task(ask(prompt))  # ok: CMK207
        for chunk in chunks(prompt):  # ok: CMK207
            print(chunk)
        async for chunk in achunks(prompt):  # ok: CMK207
            print(chunk)
        await asyncio.gather(ask(prompt), ask(prompt))  # ok: CMK207
        async with asyncio.TaskGroup() as group:
            group.create_task(ask(prompt))  # ok: CMK207
        reply = plain(prompt)  # ok: CMK207
    print(reply, await task)


async def outside(prompt: str) -> None:
    with tags(feature="outside"):
        pending = ask(prompt)  # finds: CMK207
        stream = chunks(prompt)  # finds: CMK207
        astream = achunks(prompt)  # finds: CMK207
    await pending
    for chunk in stream:
        print(chunk)
    async for chunk in astream:
        print(chunk)


async def used_inside(prompt: str) -> None:
    with tags(feature="inside"):
        pending = ask(prompt)  # ok: CMK207
        await pending
        stream = chunks(prompt)  # ok: CMK207
        for chunk in stream:
            print(chunk)
