import os

import aiohttp
import httpx
from pool import Pool, Recorder, recorder, shared

BASE = os.getenv("OPENAI_BASE_URL", "https://api.openai.com/v1")
WIKI = "https://en.wikipedia.org/w"


class MadeWhenNeeded:
    def __init__(self, base_url="https://api.openai.com/v1"):
        self.base_url = base_url
        self._session = None

    async def _ensure(self):
        if self._session is None:
            self._session = aiohttp.ClientSession()

    async def ask(self, body):
        await self._ensure()
        async with self._session.post(f"{self.base_url}/chat/completions", json=body) as answer:  # finds: CMK102
            return await answer.json()

    async def look_up(self, word):
        await self._ensure()
        async with self._session.post(f"{WIKI}/api.php", json={"q": word}) as answer:  # ok: CMK102
            return await answer.json()


class GivenByAMethod:
    http_client: httpx.AsyncClient | None = None

    def _client(self):
        if self.http_client:
            return self.http_client
        return httpx.AsyncClient(timeout=3)

    async def ask(self, body):
        client = self._client()
        return await client.post(BASE + "/chat/completions", json=body)  # finds: CMK102


class MadeOnEntering:
    async def __aenter__(self):
        self.client = httpx.AsyncClient()
        return self

    async def ask(self, body):
        return await self.client.post("https://api.anthropic.com/v1/messages", json=body)  # finds: CMK102


class MadeByAMethodOfTheConstructor:
    def __init__(self):
        self.client = self._build()

    def _build(self):
        return httpx.Client()

    def ask(self, body):
        return self.client.request("POST", f"{BASE}/chat/completions", json=body)  # finds: CMK102


class PathFromTheCaller:
    def _post(self, path, body):
        with httpx.Client() as client:
            return client.post("https://api.openai.com/v1" + path, json=body)  # finds: CMK102

    def _list(self, path):
        with httpx.Client() as client:
            return client.post("https://api.openai.com/v1" + path)  # ok: CMK102

    def ask(self, body):
        return self._post("/chat/completions", body)

    def files(self):
        return self._list("/files")


class KeepsAPool:
    def __init__(self):
        self.pool = Pool()
        self.recorder = Recorder()

    async def by_a_local(self, body):
        client = self.pool.get()
        return await client.post(f"{BASE}/chat/completions", json=body)  # finds: CMK102

    async def at_once(self, body):
        return await self.pool.client.post(f"{BASE}/chat/completions", json=body)  # finds: CMK102

    async def look_up(self, word):
        client = self.pool.get()
        return await client.post(f"{WIKI}/api.php", json={"q": word})  # ok: CMK102

    async def over_no_client(self, body):
        kept = self.recorder
        return kept.post(f"{BASE}/chat/completions", json=body)  # ok: CMK102


class InheritsAPool(KeepsAPool):
    async def built_first(self, body):
        client = self.pool.get()
        return await client.send(client.build_request("POST", f"{BASE}/chat/completions", json=body))  # finds: CMK102

    async def built_for_another(self, word):
        client = self.pool.get()
        return await client.send(client.build_request("POST", f"{WIKI}/api.php", json={"q": word}))  # ok: CMK102


POOL = Pool()


async def over_a_pool_of_the_module(body):
    return await POOL.get().post(f"{BASE}/embeddings", json=body)  # finds: CMK102


async def over_what_another_module_holds(body):
    client = shared()
    return await client.post(f"{BASE}/embeddings", json=body)  # finds: CMK102


async def said_in_the_signature(session: aiohttp.ClientSession, body):
    return await session.post(f"{BASE}/chat/completions", json=body)  # finds: CMK102


def over_no_client(body):
    return recorder().post(f"{BASE}/chat/completions", json=body)  # ok: CMK102


def test_with_a_mock(requests_mock):
    requests_mock.post(f"{BASE}/chat/completions", json={})  # ok: CMK102
