"""CMK102 is silenced by ``tagged(http_client, ...)``, and then asks for tags like any other call."""
import aiohttp
import httpx
import requests

from cost_lib import record_call, tagged, tags

URL = "https://api.openai.com/v1/chat/completions"
session = tagged(requests.Session(), feature="chat")
bare = tagged(httpx.Client())


def calls(body: dict) -> None:
    session.post(URL, json=body)  # ok: CMK102, CMK201
    tagged(requests, feature="chat").post(URL, json=body)  # ok: CMK102, CMK201
    tagged(requests.post, feature="chat")(URL, json=body)  # ok: CMK102, CMK201
    tagged(httpx.Client(), feature="chat").post(URL, json=body)  # ok: CMK102, CMK201
    bare.post(URL, json=body)  # finds: CMK201  # ok: CMK102
    bare.post("https://example.com/echo", json=body)  # ok: CMK102, CMK201
    bare.get("https://api.openai.com/v1/models")  # ok: CMK102, CMK201
    requests.post(URL, json=body)  # finds: CMK102  # ok: CMK201


def scopes(body: dict) -> None:
    with tags(feature="chat"):
        bare.post(URL, json=body)  # ok: CMK102, CMK201
        requests.post(URL, json=body)  # finds: CMK102
        httpx.post(URL, json=body)  # finds: CMK102
    with record_call(provider="openai", model="gpt-4o-mini", feature="chat"):
        requests.post(URL, json=body)  # ok: CMK102


async def asynchronous(body: dict) -> None:
    async with tagged(aiohttp.ClientSession(), feature="chat") as http:
        await http.post(URL, json=body)  # ok: CMK102, CMK201
    async with aiohttp.ClientSession() as http:
        await http.post(URL, json=body)  # finds: CMK102
        await tagged(http, feature="chat").post(URL, json=body)  # ok: CMK102, CMK201
