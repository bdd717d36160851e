"""``await``, ``for``, tasks and consumers inside the block prove; what leaves it in a variable does not."""
import asyncio
from openai import AsyncOpenAI, OpenAI
from cost_lib import inherited, tagged, tags

raw = OpenAI()
araw = AsyncOpenAI()


async def a(p):
    return await tagged(araw, feature=inherited).responses.create(model="gpt-4o-mini", input=p)  # ok: CMK201


def g(p):
    for q in p:
        yield tagged(raw, feature=inherited).responses.create(model="gpt-4o-mini", input=q)  # ok: CMK201


async def ag(p):
    yield await tagged(araw, feature=inherited).responses.create(model="gpt-4o-mini", input=p)  # ok: CMK201


@tags(feature=inherited)
async def deco(p):
    return await tagged(araw).responses.create(model="gpt-4o-mini", input=p)  # ok: CMK201


async def inside(p):
    with tags(feature="x"):
        coros = [a(q) for q in p]  # ok: CMK207
        await asyncio.gather(*coros)
        c = a(p)  # ok: CMK207
        await c
        t = asyncio.create_task(a(p))  # ok: CMK207
        t2 = asyncio.ensure_future(a(p))  # ok: CMK207
        async with asyncio.TaskGroup() as tg:
            tg.create_task(a(p))  # ok: CMK207
            for q in p:
                tg.create_task(deco(q))  # ok: CMK207
        x = [y for y in g(p)]  # ok: CMK207
        x = {y async for y in ag(p)}  # ok: CMK207
        x = list(g(p))  # ok: CMK207
        x = next(g(p))  # ok: CMK207
        x = sum(1 for y in g(p))  # ok: CMK207
        x = tuple(map(str, g(p)))  # ok: CMK207
        gen = g(p)  # ok: CMK207
        for y in gen:
            y
        first, *rest = g(p)  # ok: CMK207
        for done in asyncio.as_completed([a(q) for q in p]):  # ok: CMK207
            await done
        await asyncio.wait_for(asyncio.shield(a(p)), 3)  # ok: CMK207
        out = await asyncio.wait([asyncio.create_task(a(q)) for q in p])  # ok: CMK207
        loop = asyncio.get_event_loop()
        loop.create_task(a(p))  # ok: CMK207
        loop.run_until_complete(a(p))  # ok: CMK207
    await t
    await t2
    return x, out, first, rest


async def leaves(p):
    with tags(feature="x"):
        c = a(p)  # finds: CMK207
        d = deco(p)  # finds: CMK207
        gen = g(p)  # finds: CMK207
        agen = ag(p)  # finds: CMK207
    await c
    await d
    for y in gen:
        y
    async for y in agen:
        y


async def outside_then_in(p):
    c = a(p)  # ok: CMK207
    gen = g(p)  # ok: CMK207
    with tags(feature="x"):
        await c
        list(gen)


async def returned(p):
    with tags(feature="x"):
        return await a(p)  # ok: CMK207


@tags(feature="x")
def yielding(p):
    yield from g(p)  # ok: CMK207


@tags(feature="x")
async def decorated(p):
    await a(p)  # ok: CMK207
    async for y in ag(p):  # ok: CMK207
        yield y


def main(p):
    asyncio.run(a(p))  # finds: CMK207
    with tags(feature="x"):
        asyncio.run(a(p))  # ok: CMK207
    with asyncio.Runner() as r, tags(feature="x"):
        r.run(a(p))  # ok: CMK207


if __name__ == "__main__":
    asyncio.run(a("x"))  # finds: CMK207
