# policy:
# allow-raw = ["allow_raw_*.py"]
"""``allow-raw`` covers CMK101-103 and nothing else."""
import requests
from langchain_openai import ChatOpenAI
from openai import OpenAI

from cost_lib import inherited, record_call, tagged, tags

client = OpenAI()


def calls(prompt: str) -> None:
    client.responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK101
    ChatOpenAI().invoke(prompt)  # ok: CMK103
    requests.post("https://api.openai.com/v1/responses", json={})  # ok: CMK102
    tagged(client).responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK201
    tagged(client, feature="").responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK203
    tagged(client, feature="a", colour="red").responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK210
    with record_call(provider="acme", model="acme-1"):  # finds: CMK201
        pass


def ask(prompt: str) -> object:
    return tagged(client, feature=inherited).responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK201


def caller(prompt: str) -> None:
    ask(prompt)  # finds: CMK207
    with tags(feature="a"):
        ask(prompt)  # ok: CMK207


def leaks(prompts: list[str]):
    with tags(feature="a"):  # finds: CMK208
        for prompt in prompts:
            yield client.responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK101
