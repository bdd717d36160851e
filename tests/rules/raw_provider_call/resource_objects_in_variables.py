"""Parts of a client, kept in names and attributes, are still the client."""
from google import genai
from google.genai import chats
from openai import OpenAI
from openai.resources.chat import Completions

from cost_lib import tagged

client = OpenAI()
completions = client.chat.completions
chat = client.chat
models = genai.Client().models
aio = genai.Client().aio
safe = tagged(client, feature="chat").chat.completions


class Bot:
    def __init__(self) -> None:
        self.messages = client.beta.threads.runs
        self.session = genai.Client().chats.create(model="gemini-2.5-flash")
        self.good = tagged(genai.Client(), feature="bot").chats.create(model="gemini-2.5-flash")

    def say(self, text: str) -> None:
        self.messages.create(thread_id="t", assistant_id="a")  # finds: CMK101
        self.session.send_message(text)  # finds: CMK101
        self.good.send_message(text)  # ok: CMK101, CMK201
        self.session.get_history()  # ok: CMK101


def calls(prompt: str, resource: Completions, talk: chats.Chat) -> None:
    completions.create(model="gpt-4o-mini", messages=[])  # finds: CMK101
    chat.completions.create(model="gpt-4o-mini", messages=[])  # finds: CMK101
    models.generate_content(model="gemini-2.5-flash", contents=prompt)  # finds: CMK101
    models.count_tokens(model="gemini-2.5-flash", contents=prompt)  # ok: CMK101
    safe.create(model="gpt-4o-mini", messages=[])  # ok: CMK101, CMK201
    resource.create(model="gpt-4o-mini", messages=[])  # finds: CMK101
    talk.send_message(prompt)  # finds: CMK101
    tagged(completions, feature="x").create(model="gpt-4o-mini", messages=[])  # ok: CMK101, CMK201


async def async_calls(prompt: str) -> None:
    await aio.models.generate_content(model="gemini-2.5-flash", contents=prompt)  # finds: CMK101
    async for chunk in await aio.models.generate_content_stream(model="gemini-2.5-flash", contents=prompt):  # finds: CMK101
        print(chunk.text)


def views(prompt: str) -> None:
    client.with_options(timeout=3).responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK101
    client.copy(max_retries=0).responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK101
    client.chat.completions.with_raw_response.create(model="gpt-4o-mini", messages=[])  # finds: CMK101
    with client.responses.with_streaming_response.create(model="gpt-4o-mini", input=prompt) as reply:  # finds: CMK101
        reply.read()
    tagged(client, feature="x").with_options(timeout=3).responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK101, CMK201
    tagged(client, feature="x").with_raw_response.responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK101, CMK201
    (fast := client.with_options(timeout=1)).responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK101
    fast.responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK101
