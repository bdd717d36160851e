"""``stack.enter_context(tags(...))`` proves from that statement to the end of the stack's ``with``."""
from contextlib import AsyncExitStack, ExitStack, nullcontext

from openai import AsyncOpenAI, OpenAI

from cost_lib import tagged, tags

llm = tagged(OpenAI())
allm = tagged(AsyncOpenAI())


def sync(prompt: str) -> None:
    with ExitStack() as stack:
        llm.responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK201
        stack.enter_context(tags(feature="stack"))
        llm.responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK201
        for _ in range(2):
            llm.responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK201

        def later() -> object:
            return llm.responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK201

        print(later)
    llm.responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK201


async def asynchronous(prompt: str) -> None:
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(tags(feature="stack"))
        await allm.responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK201
    async with AsyncExitStack() as stack:
        stack.enter_context(tags(feature="stack"))
        await allm.responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK201
    await allm.responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK201


def two_stacks(prompt: str) -> None:
    with ExitStack() as outer:
        with ExitStack() as inner:
            inner.enter_context(tags(feature="inner"))
            llm.responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK201
        llm.responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK201
        with ExitStack() as inner:
            outer.enter_context(tags(feature="outer"))
        llm.responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK201


def other_contexts_prove_nothing(prompt: str) -> None:
    with ExitStack() as stack:
        stack.enter_context(nullcontext())
        llm.responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK201
        stack.enter_context(tags(team="support"))
        llm.responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK201
        stack.callback(tags)
        llm.responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK201


def only_if(prompt: str, debug: bool) -> None:
    with ExitStack() as stack:
        if debug:
            stack.enter_context(tags(feature="debug"))
            llm.responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK201
        llm.responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK201
