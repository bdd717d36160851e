"""``record_call`` sanctions any call in its block; a nested ``def`` ends it."""
import requests
from langchain_openai import ChatOpenAI
from openai import AsyncOpenAI, OpenAI

from cost_lib import record_call, tagged, tags

client = OpenAI()
aclient = AsyncOpenAI()
llm = ChatOpenAI()


def search(prompt: str) -> None:
    with record_call(provider="acme", model="acme-1", feature="search") as call:  # ok: CMK201
        client.responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK101
        llm.invoke(prompt)  # ok: CMK103
        requests.post("https://api.openai.com/v1/responses", json={"input": prompt})  # ok: CMK102
        tagged(client).responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK201
        call.usage(input_tokens=1, output_tokens=2)
    client.responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK101


def nested(prompt: str) -> None:
    with record_call(provider="acme", model="acme-1", feature="search"):  # ok: CMK201

        def later() -> object:
            return client.responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK101

        results = [client.responses.create(model="gpt-4o-mini", input=p) for p in prompt]  # ok: CMK101
        print(later, results)


async def asynchronous(prompt: str) -> None:
    async with record_call(provider="acme", model="acme-1", feature="search"):  # ok: CMK201
        await aclient.responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK101
    await aclient.responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK101


def needs_its_tags(prompt: str) -> None:
    with record_call(provider="acme", model="acme-1"):  # finds: CMK201
        client.responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK101, CMK201
    with tags(feature="search"):
        with record_call(provider="acme", model="acme-1"):  # ok: CMK201
            client.responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK101
    with tags(feature="search"), record_call(provider="acme", model="acme-1"):  # ok: CMK201
        client.responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK101
    with record_call(provider="acme", model="acme-1"), tags(feature="search"):  # finds: CMK201
        client.responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK101
    with record_call(provider="acme", model="acme-1", feature=""):  # finds: CMK203  # ok: CMK201
        client.responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK101


@tags(feature="search")
def under_a_decorator(prompt: str) -> None:
    with record_call(provider="acme", model="acme-1"):  # ok: CMK201
        client.responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK101
