"""Where the handed callable takes a required tag from the scope, a thread or executor boundary loses it."""
import asyncio
import contextvars
import threading
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from functools import partial
from multiprocessing.pool import Pool, ThreadPool
from threading import Thread, Timer

import anyio.to_thread
from openai import OpenAI

from cost_lib import inherited, tagged, tags

client = OpenAI()
llm = tagged(client)
good = tagged(client, feature="batch")


def ask(prompt: str) -> object:
    return tagged(client, feature=inherited).responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK201


def proves_itself(prompt: str) -> object:
    return good.responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK201


def lost(prompts: list[str]) -> None:
    with tags(feature="batch"), ThreadPoolExecutor() as pool:
        pool.submit(llm.responses.create, model="gpt-4o-mini", input="x")  # finds: CMK206  # ok: CMK201
        pool.submit(partial(llm.responses.create, model="gpt-4o-mini"), input="x")  # finds: CMK206
        pool.submit(lambda: llm.responses.create(model="gpt-4o-mini", input="x"))  # finds: CMK206  # ok: CMK201
        pool.submit(ask, "x")  # finds: CMK206  # ok: CMK207
        list(pool.map(ask, prompts))  # finds: CMK206
    with tags(feature="batch"):
        Thread(target=ask, args=("x",)).start()  # finds: CMK206
        threading.Thread(target=lambda: ask("x")).start()  # finds: CMK206  # ok: CMK207
        Timer(5, ask, ["x"]).start()  # finds: CMK206
        with ThreadPool(4) as threads:
            threads.map(ask, prompts)  # finds: CMK206
        with Pool(4) as processes:
            processes.apply_async(ask, ("x",))  # finds: CMK206
        with ProcessPoolExecutor() as workers:
            workers.submit(ask, "x")  # finds: CMK206


@tags(feature="batch")
async def lost_in_loop(prompt: str) -> None:
    loop = asyncio.get_running_loop()
    await loop.run_in_executor(None, ask, prompt)  # finds: CMK206
    await loop.run_in_executor(None, lambda: llm.responses.create(model="gpt-4o-mini", input=prompt))  # finds: CMK206  # ok: CMK201


def brings_its_own(prompts: list[str]) -> None:
    with tags(feature="batch"), ThreadPoolExecutor() as pool:
        pool.submit(good.responses.create, model="gpt-4o-mini", input="x")  # ok: CMK201, CMK206
        pool.submit(lambda: good.responses.create(model="gpt-4o-mini", input="x"))  # ok: CMK201, CMK206
        pool.submit(proves_itself, "x")  # ok: CMK206
        pool.submit(print, "x")  # ok: CMK206
        pool.submit(contextvars.copy_context().run, ask, "x")  # ok: CMK206
        Thread(target=contextvars.copy_context().run, args=(ask, "x")).start()  # ok: CMK206
        Thread(target=proves_itself, args=("x",)).start()  # ok: CMK206


async def carried(prompt: str) -> None:
    with tags(feature="carried"):
        await asyncio.to_thread(ask, prompt)  # ok: CMK206, CMK207
        await asyncio.to_thread(llm.responses.create, model="gpt-4o-mini", input=prompt)  # ok: CMK201, CMK206
        await anyio.to_thread.run_sync(ask, prompt)  # ok: CMK206, CMK207
        await asyncio.create_task(asyncio.to_thread(ask, prompt))  # ok: CMK206, CMK207


def no_scope_to_lose(prompts: list[str]) -> None:
    with ThreadPoolExecutor() as pool:
        pool.submit(ask, "x")  # ok: CMK206, CMK207
        pool.submit(lambda: llm.responses.create(model="gpt-4o-mini", input="x"))  # finds: CMK201  # ok: CMK206
