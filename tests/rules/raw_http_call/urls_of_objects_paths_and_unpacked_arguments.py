"""Addresses held by URL objects, put together like paths, unpacked from a dict, or given to a client that has the first half."""

import os

import httpx
import requests
from pydantic import HttpUrl
from pydantic_settings import BaseSettings
from yarl import URL


class Settings(BaseSettings):
    url: HttpUrl = HttpUrl("https://api.openai.com/v1/chat/completions")
    wiki: HttpUrl = HttpUrl("https://en.wikipedia.org/w/api.php")


settings = Settings()


def of_an_object(body):
    requests.post(str(settings.wiki), json=body)  # ok: CMK102
    return requests.post(str(settings.url), json=body)  # finds: CMK102


def like_a_path(body):
    requests.post(os.path.join("https://api.openai.com/v1", "moderations"), json=body)  # ok: CMK102
    return requests.post(os.path.join("https://api.openai.com/v1/", "embeddings"), json=body)  # finds: CMK102


def by_a_slash(body):
    requests.post(URL("https://api.openai.com/v1") / "files", json=body)  # ok: CMK102
    return requests.post(URL("https://api.openai.com") / "v1" / "responses", json=body)  # finds: CMK102


def unpacked(body):
    local = dict(url="http://localhost:8000/v1/responses", json=body)
    requests.post(**local)  # ok: CMK102
    request = dict(url="https://api.openai.com/v1/responses", json=body)
    return requests.post(**request)  # finds: CMK102


async def built_by_the_client(body):
    client = httpx.AsyncClient(base_url="https://api.openai.com/v1")
    await client.send(client.build_request("POST", "/files", json=body))  # ok: CMK102
    request = client.build_request("POST", "/chat/completions", json=body)
    return await client.send(request, stream=True)  # finds: CMK102
