# policy:
# metering = "process"
"""Under ``metering = "process"`` 101 and 103 give way to 201; 102 and unmeterable transports stay."""
import requests
import xai_sdk
from langchain_openai import ChatOpenAI
from openai import AsyncOpenAI, OpenAI

from cost_lib import meter, record_call, tagged, tags

meter()
client = OpenAI()
llm = ChatOpenAI()


def raw(prompt: str) -> None:
    client.responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK201  # ok: CMK101
    llm.invoke(prompt)  # finds: CMK201  # ok: CMK103
    requests.post("https://api.openai.com/v1/responses", json={})  # finds: CMK102
    xai_sdk.Client().chat.create(model=prompt).sample()  # finds: CMK101


def scoped(prompt: str) -> None:
    with tags(feature="search"):
        client.responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK101, CMK201
        llm.invoke(prompt)  # ok: CMK103, CMK201
        (llm | str).invoke(prompt)  # ok: CMK103, CMK201
        requests.post("https://api.openai.com/v1/responses", json={})  # finds: CMK102
        xai_sdk.Client().chat.create(model=prompt).sample()  # finds: CMK101
        with record_call(provider="xai", model="grok"):  # ok: CMK201
            xai_sdk.Client().chat.create(model=prompt).sample()  # ok: CMK101


@tags(feature="search")
def decorated(prompt: str) -> None:
    client.responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK101, CMK201
    tagged(requests, feature="x").post("https://api.openai.com/v1/responses", json={})  # ok: CMK102


async def realtime(prompt: str) -> None:
    with tags(feature="voice"):
        async with AsyncOpenAI().realtime.connect(model=prompt):  # finds: CMK101
            pass
    tagged(client, feature="x").responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK101, CMK201
    tagged(client).responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK201
