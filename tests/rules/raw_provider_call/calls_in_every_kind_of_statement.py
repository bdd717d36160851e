"""A call is found wherever an expression may stand."""
import asyncio

from openai import AsyncOpenAI, OpenAI

from cost_lib import tagged

raw = OpenAI()
good = tagged(raw, feature="statements")
araw = AsyncOpenAI()


def statements(prompts: list[str], table: dict, flag: bool):
    if raw.responses.create(input="if"):  # finds: CMK101
        pass
    elif raw.responses.create(input="elif"):  # finds: CMK101
        pass
    while raw.responses.create(input="while"):  # finds: CMK101
        break
    else:
        raw.responses.create(input="else")  # finds: CMK101
    for event in raw.responses.create(input="for", stream=True):  # finds: CMK101
        table[raw.responses.create(input="subscript").id] = event  # finds: CMK101
    try:
        del table[raw.responses.create(input="del").id]  # finds: CMK101
    except (KeyError, type(raw.responses.create(input="except"))):  # finds: CMK101
        raise ValueError from raw.responses.create(input="cause")  # finds: CMK101
    finally:
        raw.responses.create(input="finally")  # finds: CMK101
    match raw.responses.create(input="match"):  # finds: CMK101
        case str() if raw.responses.create(input="guard"):  # finds: CMK101
            pass
    total = 0
    total += raw.responses.create(input="augmented").usage.total_tokens  # finds: CMK101
    typed: object = raw.responses.create(input="annotated")  # finds: CMK101
    print(*raw.responses.create(input="star"), **raw.responses.create(input="stars").model_dump())  # finds: CMK101
    numbers = [1, 2, 3][raw.responses.create(input="slice").n :]  # finds: CMK101
    text = f"{raw.responses.create(input='f')!r:>{10}}"  # finds: CMK101
    both = flag and raw.responses.create(input="and") or not raw.responses.create(input="not")  # finds: CMK101
    compared = 1 < len(raw.responses.create(input="compare").output) < 3  # finds: CMK101
    chosen = raw.responses.create(input="then") if flag else good.responses.create(input="else")  # finds: CMK101
    grouped = {"a": raw.responses.create(input="dict"), **{}}, {raw.responses.create(input="set")}  # finds: CMK101
    received = yield raw.responses.create(input="yield")  # finds: CMK101
    print(total, typed, numbers, text, both, compared, chosen, grouped, received)
    return -raw.responses.create(input="return").n  # finds: CMK101


async def asynchronous(prompts: list[str]) -> object:
    async for event in await araw.responses.create(input="x", stream=True):  # finds: CMK101
        print(event)
    async with await araw.responses.create(input="x", stream=True) as stream:  # finds: CMK101
        print(stream)
    replies = await asyncio.gather(*(araw.responses.create(input=p) for p in prompts))  # finds: CMK101
    async with asyncio.TaskGroup() as group:
        group.create_task(araw.responses.create(input="x"))  # finds: CMK101
    return [reply async for reply in await araw.responses.create(input="x", stream=True)], replies  # finds: CMK101


def tagged_twins(prompts: list[str], table: dict) -> object:
    if good.responses.create(input="if"):  # ok: CMK101, CMK201
        table[good.responses.create(input="subscript").id] = f"{good.responses.create(input='f')}"  # ok: CMK101, CMK201
    match good.responses.create(input="match"):  # ok: CMK101, CMK201
        case _ if good.responses.create(input="guard"):  # ok: CMK101, CMK201
            return [good.responses.create(input=p) for p in prompts if good.responses.create(input=p)]  # ok: CMK101, CMK201
    return {**good.responses.create(input="return").model_dump()}  # ok: CMK101, CMK201
