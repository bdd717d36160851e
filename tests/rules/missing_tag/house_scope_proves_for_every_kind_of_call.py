# policy:
# required-tags = ["feature"]
# [[wrappers]]
# name = "acme_llm.cost_scope"
# kind = "scope"
# tags = {feature = "name"}
# [[wrappers]]
# name = "acme_llm.complete"
# kind = "call"
# tags = ["keywords"]
"""Scopes of either kind (ours, the house's) prove for calls of either kind."""
from acme_llm import complete, cost_scope
from openai import AsyncOpenAI, OpenAI

from cost_lib import tagged, tags

llm = tagged(OpenAI())
allm = tagged(AsyncOpenAI())


def blocks(prompt: str) -> None:
    with cost_scope(name="chat"):
        llm.responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK201
        complete(prompt)  # ok: CMK201
        OpenAI().responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK101
    with tags(feature="chat"):
        llm.responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK201
        complete(prompt)  # ok: CMK201
    llm.responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK201
    complete(prompt)  # finds: CMK201
    with cost_scope(feature="chat"):
        llm.responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK201
        complete(prompt)  # finds: CMK201
    with cost_scope(name="chat"):
        later = lambda: complete(prompt)  # finds: CMK201  # noqa: E731
        print(later)


@cost_scope(name="chat")
def decorated(prompt: str) -> None:
    llm.responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK201
    complete(prompt)  # ok: CMK201


async def asynchronous(prompt: str) -> None:
    async with cost_scope(name="chat"):
        await allm.responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK201
    await allm.responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK201


def empty_names(prompt: str) -> None:
    with cost_scope(name=""):  # finds: CMK203
        complete(prompt)  # ok: CMK201


def leaks(prompts: list[str]):
    with cost_scope(name="chat"):  # finds: CMK208
        for prompt in prompts:
            yield complete(prompt)  # ok: CMK201
