"""``def``, ``lambda``, class bodies and generator expressions end a scope; comprehensions do not."""
from openai import AsyncOpenAI, OpenAI

from cost_lib import tagged, tags

llm = tagged(OpenAI())
allm = tagged(AsyncOpenAI())


def under_with(prompts: list[str]) -> None:
    with tags(feature="batch"):
        replies = [llm.responses.create(model="gpt-4o-mini", input=p) for p in prompts]  # ok: CMK201
        table = {p: llm.responses.create(model="gpt-4o-mini", input=p) for p in prompts}  # ok: CMK201
        unique = {llm.responses.create(model="gpt-4o-mini", input=p).id for p in prompts}  # ok: CMK201
        nested = [[llm.responses.create(input=p) for p in row] for row in prompts]  # ok: CMK201
        lazy = (llm.responses.create(model="gpt-4o-mini", input=p) for p in prompts)  # finds: CMK201
        total = sum(llm.responses.create(model="gpt-4o-mini", input=p).usage.total_tokens for p in prompts)  # finds: CMK201
        inner = [list(llm.responses.create(input=p) for p in row) for row in prompts]  # finds: CMK201
        deferred = lambda p: llm.responses.create(model="gpt-4o-mini", input=p)  # finds: CMK201  # noqa: E731
        ordered = sorted(prompts, key=lambda p: llm.responses.create(model="gpt-4o-mini", input=p).id)  # finds: CMK201

        def later(p: str) -> object:
            return llm.responses.create(model="gpt-4o-mini", input=p)  # finds: CMK201

        class Holder:
            reply = llm.responses.create(model="gpt-4o-mini", input="x")  # finds: CMK201

        print(replies, table, unique, nested, lazy, total, inner, deferred, ordered, later, Holder)


@tags(feature="batch")
def under_decorator(prompts: list[str]) -> None:
    replies = [llm.responses.create(model="gpt-4o-mini", input=p) for p in prompts]  # ok: CMK201
    found = any(llm.responses.create(model="gpt-4o-mini", input=p) for p in prompts)  # finds: CMK201
    ordered = sorted(prompts, key=lambda p: llm.responses.create(model="gpt-4o-mini", input=p).id)  # finds: CMK201

    class Holder:
        reply = llm.responses.create(model="gpt-4o-mini", input="x")  # finds: CMK201

    def helper(p: str) -> object:
        return llm.responses.create(model="gpt-4o-mini", input=p)  # finds: CMK201

    @tags(feature="inner")
    def proven(p: str) -> object:
        return llm.responses.create(model="gpt-4o-mini", input=p)  # ok: CMK201

    def with_inside(p: str) -> object:
        with tags(feature="inner"):
            return llm.responses.create(model="gpt-4o-mini", input=p)  # ok: CMK201

    print(replies, found, ordered, Holder, helper, proven, with_inside)


async def asynchronous(prompts: list[str]) -> None:
    async with tags(feature="batch"):
        replies = [await allm.responses.create(model="gpt-4o-mini", input=p) for p in prompts]  # ok: CMK201
        stream = (await allm.responses.create(model="gpt-4o-mini", input=p) for p in prompts)  # finds: CMK201
        async for reply in stream:
            print(reply, replies)


@tags(feature="class")
class _NotAllowedAtRunTimeButStillNoScope:
    def method(self, p: str) -> object:
        return llm.responses.create(model="gpt-4o-mini", input=p)  # finds: CMK201
