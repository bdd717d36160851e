"""Pools, threads, timers and executors, with functions, methods, lambdas and partials."""
import asyncio
import concurrent.futures
import concurrent.futures as cf
import contextvars
import threading
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from functools import partial
from multiprocessing.pool import Pool, ThreadPool
from threading import Thread, Timer

import anyio
import anyio.to_thread
from openai import AsyncOpenAI, OpenAI

from cost_lib import inherited, tagged, tags

llm = tagged(OpenAI())
own = tagged(OpenAI(), feature="own")
raw = OpenAI()
POOL = ThreadPoolExecutor()


def needs(p):
    return llm.responses.create(model="gpt-4o-mini", input=p)  # finds: CMK201


def inh(p):
    return tagged(raw, feature=inherited).responses.create(model="gpt-4o-mini", input=p)  # ok: CMK201


@tags(feature="x")
def brings(p):
    return llm.responses.create(model="gpt-4o-mini", input=p)  # ok: CMK201


def go(p):
    with tags(feature="x"), ThreadPoolExecutor() as pool:
        pool.submit(llm.responses.create, model="gpt-4o-mini", input=p)  # finds: CMK206
        pool.submit(own.responses.create, model="gpt-4o-mini", input=p)  # ok: CMK206
        pool.submit(inh, p)  # finds: CMK206
        pool.submit(brings, p)  # ok: CMK206
        pool.submit(needs, p)  # ok: CMK206
        pool.submit(print, p)  # ok: CMK206
        pool.map(inh, p)  # finds: CMK206
        list(pool.map(lambda q: llm.responses.create(model="gpt-4o-mini", input=q), p))  # finds: CMK206
        pool.submit(lambda: inh(p))  # finds: CMK206
        pool.submit(partial(inh, p))  # finds: CMK206
        pool.submit(partial(llm.responses.create, model="gpt-4o-mini"), input=p)  # finds: CMK206
        pool.submit(contextvars.copy_context().run, inh, p)  # ok: CMK206
        pool.submit(contextvars.copy_context().run, llm.responses.create, p)  # ok: CMK206
        ctx = contextvars.copy_context()
        pool.submit(ctx.run, inh, p)  # ok: CMK206
        pool.submit(partial(ctx.run, inh), p)  # ok: CMK206
        job = partial(inh, p)
        pool.submit(job)  # finds: CMK206
        fn = llm.responses.create
        pool.submit(fn, p)  # finds: CMK206
        POOL.submit(inh, p)  # finds: CMK206
        Thread(target=inh, args=(p,)).start()  # finds: CMK206
        threading.Thread(target=inh, args=(p,)).start()  # finds: CMK206
        threading.Thread(target=lambda: inh(p)).start()  # finds: CMK206
        threading.Thread(None, inh).start()  # finds: CMK206
        threading.Thread(target=brings, args=(p,)).start()  # ok: CMK206
        Timer(3, inh, [p]).start()  # finds: CMK206
        threading.Timer(interval=3, function=inh, args=[p]).start()  # finds: CMK206
        for q in p:
            pool.submit(inh, q)  # finds: CMK206
        [pool.submit(inh, q) for q in p]  # finds: CMK206
        futs = {pool.submit(inh, q): q for q in p}  # finds: CMK206
        futs
    with tags(feature="x"), ProcessPoolExecutor() as pp:
        pp.submit(inh, p)  # finds: CMK206
    with tags(feature="x"), Pool() as mp:
        mp.map(inh, p)  # finds: CMK206
        mp.apply_async(inh, (p,))  # finds: CMK206
        mp.starmap(inh, [(p,)])  # finds: CMK206
        mp.imap_unordered(inh, p)  # finds: CMK206
    with tags(feature="x"), ThreadPool(3) as tp:
        tp.map(inh, p)  # finds: CMK206
        tp.apply(inh, (p,))  # finds: CMK206
    with tags(feature="x"), cf.ThreadPoolExecutor() as pool2, concurrent.futures.ProcessPoolExecutor() as pool3:
        pool2.submit(inh, p)  # finds: CMK206
        pool3.submit(inh, p)  # finds: CMK206
    with ThreadPoolExecutor() as pool:
        pool.submit(inh, p)  # ok: CMK206, CMK207
        pool.submit(llm.responses.create, model="gpt-4o-mini", input=p)  # finds: CMK201
        pool.submit(raw.responses.create, model="gpt-4o-mini", input=p)  # finds: CMK101
    with tags(feature="x"), ThreadPoolExecutor() as pool:
        pool.submit(raw.responses.create, model="gpt-4o-mini", input=p)  # finds: CMK101


@tags(feature="x")
def decorated(p):
    with ThreadPoolExecutor() as pool:
        pool.submit(inh, p)  # finds: CMK206
        pool.submit(llm.responses.create, model="gpt-4o-mini", input=p)  # finds: CMK206

        def work(q):
            return tagged(raw, feature=inherited).responses.create(model="gpt-4o-mini", input=q)  # ok: CMK201

        pool.map(work, p)  # finds: CMK206


async def a(p):
    loop = asyncio.get_running_loop()
    with tags(feature="x"):
        await loop.run_in_executor(None, inh, p)  # finds: CMK206
        await asyncio.get_event_loop().run_in_executor(None, inh, p)  # finds: CMK206
        await loop.run_in_executor(POOL, partial(llm.responses.create, model="gpt-4o-mini", input=p))  # finds: CMK206
        await loop.run_in_executor(None, lambda: llm.responses.create(model="gpt-4o-mini", input=p))  # finds: CMK206
        await loop.run_in_executor(None, lambda: own.responses.create(model="gpt-4o-mini", input=p))  # ok: CMK206
        await loop.run_in_executor(None, contextvars.copy_context().run, inh, p)  # ok: CMK206
        await asyncio.to_thread(inh, p)  # ok: CMK206
        await asyncio.to_thread(llm.responses.create, model="gpt-4o-mini", input=p)  # ok: CMK206, CMK201
        await asyncio.to_thread(lambda: inh(p))  # finds: CMK207
        await anyio.to_thread.run_sync(inh, p)  # ok: CMK206
        await anyio.to_thread.run_sync(llm.responses.create)  # ok: CMK206
        await asyncio.to_thread(partial(inh, p))  # ok: CMK206


class S:
    def __init__(self):
        self.pool = ThreadPoolExecutor()
        self.llm = tagged(OpenAI())

    def ask(self, p):
        return tagged(self.llm, feature=inherited).responses.create(model="gpt-4o-mini", input=p)  # ok: CMK201

    def run(self, p):
        with tags(feature="x"):
            self.pool.submit(self.ask, p)  # finds: CMK206
            self.pool.submit(self.llm.responses.create, model="gpt-4o-mini", input=p)  # finds: CMK206
            Thread(target=self.ask, args=(p,)).start()  # finds: CMK206
            Thread(target=self.ask, kwargs={"p": p}).start()  # finds: CMK206
