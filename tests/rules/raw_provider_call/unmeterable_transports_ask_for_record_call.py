"""gRPC and websockets cannot be metered: ``tagged`` does not sanction them, ``record_call`` does."""
import os

import xai_sdk
from google import genai
from openai import AsyncOpenAI, OpenAI
from xai_sdk import AsyncClient, Client

from cost_lib import record_call, tagged, tags

MODEL = os.environ["MODEL"]
grok = Client()
openai_client = AsyncOpenAI()
gemini = genai.Client()


def chat(prompt: str) -> str:
    conversation = grok.chat.create(model=MODEL)
    conversation.append(prompt)
    return conversation.sample().content  # finds: CMK101


def chat_tagged(prompt: str) -> None:
    conversation = tagged(grok, feature="chat").chat.create(model=MODEL)
    conversation.sample()  # finds: CMK101
    with tags(feature="chat"):
        tagged(xai_sdk.Client()).chat.create(model=MODEL).sample()  # finds: CMK101


def chat_recorded(prompt: str) -> None:
    conversation = grok.chat.create(model=MODEL)
    with record_call(provider="xai", model=MODEL, feature="chat") as call:  # ok: CMK201
        reply = conversation.sample()  # ok: CMK101, CMK201
        call.usage(input_tokens=reply.usage.prompt_tokens, output_tokens=reply.usage.completion_tokens)


async def realtime() -> None:
    async with openai_client.realtime.connect(model=MODEL) as connection:  # finds: CMK101
        await connection.session.update(session={})
    async with tagged(openai_client, feature="voice").realtime.connect(model=MODEL) as connection:  # finds: CMK101
        await connection.session.update(session={})
    async with record_call(provider="openai", model=MODEL, feature="voice"):  # ok: CMK201
        async with openai_client.realtime.connect(model=MODEL) as connection:  # ok: CMK101
            await connection.session.update(session={})


async def live() -> None:
    async with gemini.aio.live.connect(model=MODEL) as session:  # finds: CMK101
        await session.send_client_content()
    async with tagged(gemini, feature="live").aio.live.connect(model=MODEL):  # finds: CMK101
        pass
    await AsyncClient().image.sample(prompt="a cat", model=MODEL)  # finds: CMK101


def http_beside_it(prompt: str) -> None:
    tagged(OpenAI(), feature="text").responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK101
    tagged(gemini, feature="text").models.generate_content(model="gemini-2.5-flash", contents=prompt)  # ok: CMK101
