"""A coroutine or generator that is returned runs after the block that was around its making; who consumes it decides."""

from fastapi import FastAPI
from fastapi.responses import StreamingResponse
from openai import AsyncOpenAI, OpenAI

from cost_lib import inherited, tagged, tags

llm = OpenAI()
allm = AsyncOpenAI()
app = FastAPI()


async def ask(prompt: str) -> object:
    return await tagged(allm, feature=inherited).responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK201


def chunks(prompt: str):
    yield tagged(llm, feature=inherited).responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK201


def out_of_the_block(prompt: str):
    with tags(feature="faq"):
        return chunks(prompt)  # finds: CMK207


@tags(feature="faq")
def out_of_the_function(prompt: str):
    return ask(prompt)  # finds: CMK207


async def named_first(prompt: str):
    with tags(feature="faq"):
        coroutine = ask(prompt)  # finds: CMK207
    return coroutine


def awaited_under_tags(prompt: str):
    with tags(feature="inner"):
        return ask(prompt)  # ok: CMK207


async def consumer(prompt: str) -> object:
    with tags(feature="faq"):
        return await awaited_under_tags(prompt)  # ok: CMK207


def nobody_known(prompt: str):
    return ask(prompt)  # ok: CMK207


def consumed_inside(prompt: str):
    with tags(feature="faq"):
        return list(chunks(prompt))  # ok: CMK207


def tagged_itself(prompt: str):
    with tags(feature="faq"):
        return tagged(chunks, feature="faq")(prompt)  # ok: CMK207


@app.get("/block")
def streamed_in_a_block(prompt: str) -> StreamingResponse:
    with tags(feature="faq"):
        return StreamingResponse(chunks(prompt), media_type="text/plain")  # finds: CMK207


@app.get("/below")
@tags(feature="faq")
def streamed_under_a_decorator(prompt: str) -> StreamingResponse:
    return StreamingResponse(content=chunks(prompt))  # finds: CMK207


@tags(feature="faq")
def chunks_of_faq(prompt: str):
    yield from chunks(prompt)  # ok: CMK207


@app.get("/generator")
def streamed_with_its_own_tags(prompt: str) -> StreamingResponse:
    return StreamingResponse(chunks_of_faq(prompt))  # ok: CMK207
