"""``with``, ``async with``, exit stacks and context managers of the project."""
from contextlib import AsyncExitStack, ExitStack, asynccontextmanager, closing, contextmanager

import aioboto3
from anthropic import AsyncAnthropic
from openai import AsyncOpenAI, OpenAI

from cost_lib import tagged


@contextmanager
def session():
    client = OpenAI()
    try:
        yield client
    finally:
        client.close()


@asynccontextmanager
async def tagged_session():
    async with AsyncOpenAI() as client:
        yield tagged(client, feature="session")


def sync_calls() -> None:
    with OpenAI() as client:
        client.chat.completions.create(model="gpt-4o-mini", messages=[])  # finds: CMK101
    with session() as client:
        client.chat.completions.create(model="gpt-4o-mini", messages=[])  # finds: CMK101
    with closing(OpenAI()) as client:
        client.chat.completions.create(model="gpt-4o-mini", messages=[])  # finds: CMK101
    with ExitStack() as stack:
        client = stack.enter_context(OpenAI())
        client.chat.completions.create(model="gpt-4o-mini", messages=[])  # finds: CMK101
        other = stack.enter_context(tagged(OpenAI(), feature="stack"))
        other.chat.completions.create(model="gpt-4o-mini", messages=[])  # ok: CMK101, CMK201
    with tagged(OpenAI(), feature="with") as client:
        client.chat.completions.create(model="gpt-4o-mini", messages=[])  # ok: CMK101, CMK201


async def async_calls(body: str) -> None:
    async with AsyncAnthropic() as claude:
        await claude.messages.create(model="claude-sonnet-4-5", max_tokens=9, messages=[])  # finds: CMK101
    async with tagged_session() as client:
        await client.chat.completions.create(model="gpt-4o-mini", messages=[])  # ok: CMK101, CMK201
    async with aioboto3.Session().client("bedrock-runtime") as bedrock:
        await bedrock.invoke_model(modelId=body, body=body)  # finds: CMK101
    async with aioboto3.Session().client("s3") as bucket:
        await bucket.invoke_model(modelId=body, body=body)  # ok: CMK101
    async with AsyncExitStack() as stack:
        claude = await stack.enter_async_context(AsyncAnthropic())
        await claude.messages.create(model="claude-sonnet-4-5", max_tokens=9, messages=[])  # finds: CMK101


async def streams(prompt: str) -> None:
    claude = AsyncAnthropic()
    async with claude.messages.stream(model="claude-sonnet-4-5", max_tokens=9, messages=[]) as stream:  # finds: CMK101
        async for text in stream.text_stream:
            print(text)
    async with tagged(claude, feature="s").messages.stream(model="claude-sonnet-4-5", max_tokens=9, messages=[]) as stream:  # ok: CMK101
        await stream.get_final_message()
