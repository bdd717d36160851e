"""A URL may go through a getter with a default, a namespace, a property that trims it, ``format``, ``join`` and request objects."""
import json
import os
import types
from urllib.request import Request, urlopen

import httpx
import requests

SPEECH = types.SimpleNamespace(**{"url": "https://api.elevenlabs.io/v1/text-to-speech/{voice}/stream", "chunk": 1024})
PLACES = types.SimpleNamespace(url="https://api.example.com/v1/chat/completions")
PLACES.model = "https://api.mistral.ai/v1/chat/completions"
GROQ = "https://api.groq.com/openai/v1/"


class Settings(dict):
    def get(self, key: str, default: str | None = None) -> str | None:
        try:
            return self[key]
        except KeyError:
            return default


SETTINGS = Settings()


def settings() -> Settings:
    return SETTINGS


def flat(key: str, default: str = "") -> str:
    return os.environ.get(key) or default


class Trimmed:
    @property
    def base(self) -> str:
        url = settings().get("base", "https://api.moonshot.cn/v1")
        if url.endswith("/chat/completions"):
            url = url.rsplit("/chat/completions", 1)[0]
        return url.rstrip("/")

    @property
    def other(self) -> str:
        url = settings().get("other", "https://api.example.com/v1")
        return url.split("/chat/completions")[0].rstrip("/")

    def ask(self, body: dict) -> None:
        requests.post(f"{self.base}/chat/completions", json=body)  # finds: CMK102
        requests.post("{}/chat/completions".format(self.base), json=body)  # finds: CMK102
        requests.post("/".join([self.base, "chat/completions"]), json=body)  # finds: CMK102
        requests.post(f"{self.other}/chat/completions", json=body)  # ok: CMK102
        requests.post("/".join([self.other, "chat/completions"]), json=body)  # ok: CMK102


async def spoken(text: str, voice: str) -> None:
    url = SPEECH.url.format(voice=voice) + "?output_format=mp3"
    async with httpx.AsyncClient() as client:
        await client.post(url, json={"text": text})  # finds: CMK102
        await client.post(SPEECH.url.format(voice=voice).replace("/stream", ""), json={"text": text})  # finds: CMK102
        await client.post(PLACES.model, json={})  # finds: CMK102
        await client.post(PLACES.url, json={})  # ok: CMK102


def doubled(body: dict) -> None:
    requests.post(GROQ + "/chat/completions", json=body)  # finds: CMK102
    requests.post(GROQ + "/models", json=body)  # ok: CMK102


def handed_back(body: dict) -> None:
    requests.post(flat("A", "https://api.deepseek.com") + "/chat/completions", json=body)  # finds: CMK102
    requests.post(flat("B", "https://api.example.com") + "/chat/completions", json=body)  # ok: CMK102


def from_unknown_settings(app, body: dict) -> None:
    requests.post(app.config.get("URL", "https://api.deepseek.com") + "/chat/completions", json=body)  # finds: CMK102
    requests.post(app.config.get("URL", default="https://api.deepseek.com") + "/chat/completions", json=body)  # finds: CMK102
    requests.post(app.config.get("URL", "https://api.example.com") + "/chat/completions", json=body)  # ok: CMK102
    requests.post(app.publish("URL", "https://api.deepseek.com") + "/chat/completions", json=body)  # ok: CMK102


def through_request_objects(url: str, body: dict) -> None:
    data = json.dumps(body).encode()
    with urlopen(Request(url, data=data, method="POST")) as answer:  # finds: CMK102
        answer.read()
    with urlopen(Request(url, method="GET")) as answer:  # ok: CMK102
        answer.read()


def ask_both(body: dict) -> None:
    through_request_objects("https://api.example.com/v1/chat/completions", body)
    through_request_objects("https://api.openai.com/v1/images/generations", body)
