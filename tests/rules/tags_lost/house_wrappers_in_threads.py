# policy:
# required-tags = ["feature"]
# [[wrappers]]
# name = "acme.complete"
# kind = "call"
# [[wrappers]]
# name = "acme.make"
# kind = "client"
# client = "openai.OpenAI"
# [[wrappers]]
# name = "acme.scope"
# kind = "scope"
"""House wrappers that are handed to threads keep the tags in their arguments and lose those around them."""
import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import acme
from acme import complete

C = {"feature": "x"}


def go(p):
    with ThreadPoolExecutor() as pool:
        pool.submit(complete, p, feature="x")  # ok: CMK201
        pool.submit(complete, p, **C)  # ok: CMK201
        pool.submit(complete, p)  # finds: CMK201
        pool.submit(acme.complete, p)  # finds: CMK201
        pool.submit(partial(complete, feature="x"), p)  # ok: CMK201
        pool.submit(partial(complete, p))  # finds: CMK201
        pool.submit(lambda: complete(p))  # finds: CMK201
        pool.submit(lambda: complete(p, feature="x"))  # ok: CMK201
        threading.Thread(target=complete, args=(p,), kwargs={"feature": "x"}).start()  # ok: CMK201
        threading.Thread(target=complete, args=(p,)).start()  # finds: CMK201
        threading.Thread(target=complete, args=(p,), kwargs=C).start()  # ok: CMK201
    with acme.scope(feature="x"), ThreadPoolExecutor() as pool:
        pool.submit(complete, p, feature="y")  # ok: CMK201, CMK206
        pool.submit(complete, p)  # finds: CMK206
        pool.map(complete, p)  # finds: CMK206
        pool.submit(acme.make().responses.create, p)  # finds: CMK206
        pool.submit(acme.make(feature="z").responses.create, p)  # ok: CMK206


async def ago(p):
    await asyncio.to_thread(complete, p, feature="x")  # ok: CMK201
    await asyncio.to_thread(complete, p)  # finds: CMK201
    loop = asyncio.get_running_loop()
    await loop.run_in_executor(None, complete, p)  # finds: CMK201
    await loop.run_in_executor(None, partial(complete, p, feature="x"))  # ok: CMK201
    with acme.scope(feature="x"):
        await asyncio.to_thread(complete, p)  # ok: CMK201, CMK206
        await loop.run_in_executor(None, complete, p)  # finds: CMK206
        await loop.run_in_executor(None, partial(complete, p))  # finds: CMK206
        async with asyncio.TaskGroup() as tg:
            tg.create_task(complete(p))  # ok: CMK201
        await asyncio.gather(complete(p), complete(p))  # ok: CMK201
    await asyncio.gather(*(complete(q) for q in p))  # finds: CMK201
