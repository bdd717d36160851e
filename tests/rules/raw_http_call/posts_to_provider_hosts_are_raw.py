"""requests, httpx, aiohttp and urllib to a billable path of a provider's host."""
import json
import urllib.request

import aiohttp
import httpx
import requests
from requests import Session, post

KEY = {"Authorization": "Bearer k"}


def with_requests(body: dict) -> None:
    requests.post("https://api.openai.com/v1/chat/completions", json=body, headers=KEY)  # finds: CMK102
    requests.request("POST", "https://api.anthropic.com/v1/messages", json=body)  # finds: CMK102
    post(url="https://api.groq.com/openai/v1/chat/completions", json=body)  # finds: CMK102
    session = Session()
    session.post("https://api.mistral.ai/v1/chat/completions", json=body)  # finds: CMK102
    with requests.Session() as opened:
        opened.post("https://api.cohere.com/v2/chat", json=body)  # finds: CMK102


def with_httpx(body: dict) -> None:
    httpx.post("https://api.deepseek.com/chat/completions", json=body)  # finds: CMK102
    with httpx.Client(timeout=30) as client:
        client.post("https://api.voyageai.com/v1/embeddings", json=body)  # finds: CMK102
        client.request(method="POST", url="https://api.openai.com/v1/embeddings", json=body)  # finds: CMK102
        with client.stream("POST", "https://api.openai.com/v1/responses", json=body) as reply:  # finds: CMK102
            reply.read()


async def asynchronous(body: dict) -> None:
    async with httpx.AsyncClient() as client:
        await client.post("https://openrouter.ai/api/v1/chat/completions", json=body)  # finds: CMK102
    async with aiohttp.ClientSession() as session:
        async with session.post("https://api.anthropic.com/v1/messages", json=body) as reply:  # finds: CMK102
            await reply.json()


def with_urllib(body: dict) -> bytes:
    request = urllib.request.Request("https://api.openai.com/v1/completions", data=json.dumps(body).encode(), method="POST")
    with urllib.request.urlopen(request) as reply:  # finds: CMK102
        return reply.read()


def elsewhere(body: dict, url: str) -> None:
    requests.get("https://api.openai.com/v1/models", headers=KEY)  # ok: CMK102
    requests.post("https://api.openai.com/v1/moderations", json=body)  # ok: CMK102
    requests.post("https://api.anthropic.com/v1/messages/count_tokens", json=body)  # ok: CMK102
    requests.get("https://api.openai.com/v1/responses/resp_1")  # ok: CMK102
    requests.post("https://hooks.example.com/v1/chat/completions", json=body)  # ok: CMK102
    requests.post("https://api.openai.com.example.net/v1/chat/completions", json=body)  # ok: CMK102
    requests.get("https://platform.openai.com/docs/api-reference")  # ok: CMK102
    requests.post(url, json=body)  # ok: CMK102
    print("https://api.openai.com/v1/chat/completions")  # ok: CMK102
    body.post("https://api.openai.com/v1/chat/completions")  # ok: CMK102
