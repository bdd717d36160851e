"""The URL may be put together from constants, f-strings, ``base_url`` and class attributes."""
import os
from urllib.parse import urljoin

import aiohttp
import httpx
import requests

HOST = "api.openai.com"
BASE = f"https://{HOST}/v1"
URL = BASE + "/chat/completions"
MODEL = os.environ.get("MODEL", "gemini-2.5-flash")
GEMINI = f"https://generativelanguage.googleapis.com/v1beta/models/{MODEL}:generateContent"
PATHS = {"chat": "https://api.mistral.ai/v1/chat/completions", "health": "https://status.example.com/ping"}
INTERNAL = "https://llm.example.internal/v1"


class Api:
    base = "https://api.anthropic.com"
    path = "/v1/messages"

    def __init__(self) -> None:
        self.http = httpx.Client(base_url="https://api.openai.com/v1")
        self.other = httpx.Client(base_url="https://api.example.com/v1")

    def send(self, body: dict) -> None:
        requests.post(self.base + self.path, json=body)  # finds: CMK102
        requests.post(f"{self.base}{self.path}", json=body)  # finds: CMK102
        self.http.post("/chat/completions", json=body)  # finds: CMK102
        self.other.post("/chat/completions", json=body)  # ok: CMK102
        self.http.get("/models")  # ok: CMK102


def folded(body: dict, model: str) -> None:
    requests.post(URL, json=body)  # finds: CMK102
    requests.post(f"{BASE}/embeddings", json=body)  # finds: CMK102
    requests.post("%s/responses" % BASE, json=body)  # finds: CMK102
    requests.post("{}/responses".format(BASE), json=body)  # finds: CMK102
    requests.post(GEMINI, params={"key": "k"}, json=body)  # finds: CMK102
    requests.post(PATHS["chat"], json=body)  # finds: CMK102
    requests.post(PATHS["health"], json=body)  # ok: CMK102
    requests.post(urljoin("https://api.cohere.com", "/v2/chat"), json=body)  # finds: CMK102
    requests.post("https://api.anthropic.com" "/v1/messages", json=body)  # finds: CMK102
    requests.post(f"{INTERNAL}/chat/completions", json=body)  # ok: CMK102
    requests.post(f"{BASE}/models/{model}/delete", json=body)  # ok: CMK102


def local_constant(body: dict) -> None:
    url = "https://api.groq.com/openai/v1/chat/completions"
    requests.post(url, json=body, timeout=30)  # finds: CMK102
    url = "https://example.com/echo"
    requests.post(url, json=body, timeout=30)  # ok: CMK102


async def with_aiohttp(body: dict) -> None:
    async with aiohttp.ClientSession("https://api.openai.com") as session:
        await session.post("/v1/chat/completions", json=body)  # finds: CMK102
        await session.get("/v1/models")  # ok: CMK102
