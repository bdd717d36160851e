"""A function used as a value, a route or a task is unknown; direct calls of it are still reported."""
import asyncio
from functools import partial

from celery import shared_task
from fastapi import FastAPI
from openai import AsyncOpenAI, OpenAI

from cost_lib import inherited, tagged, tags

app = FastAPI()
llm = OpenAI()
allm = AsyncOpenAI()


def ask(prompt: str) -> object:
    return tagged(llm, feature=inherited).responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK201


@app.get("/ask")
async def route(prompt: str) -> object:
    return await tagged(allm, feature=inherited).responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK201


@shared_task
def task(prompt: str) -> object:
    return tagged(llm, feature=inherited).responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK201


HANDLERS = {"ask": ask}
CALLBACKS = [ask, print]
later = partial(ask, "x")


def dispatch(name: str, prompt: str) -> object:
    return HANDLERS[name](prompt)  # ok: CMK207


def as_value(prompts: list[str]) -> None:
    list(map(ask, prompts))  # ok: CMK207
    later()  # ok: CMK207
    task.delay("x")  # ok: CMK207
    app.add_api_route("/again", ask)  # ok: CMK207
    asyncio.run(asyncio.to_thread(ask, "x"))  # ok: CMK207


def direct() -> None:
    ask("x")  # finds: CMK207
    task("x")  # finds: CMK207
    with tags(feature="direct"):
        ask("x")  # ok: CMK207


async def direct_route() -> None:
    await route("x")  # finds: CMK207
    async with tags(feature="direct"):
        await route("x")  # ok: CMK207
