"""Every HTTP library, with constants folded, sessions, base URLs and look-alikes."""
import urllib.request
from urllib.parse import urljoin
import aiohttp
import httpx
import requests
import urllib3
from requests import Session, post
from cost_lib import tagged, tags, record_call
BASE = "https://api.openai.com"
URL = f"{BASE}/v1/chat/completions"
ANT = "https://api.anthropic.com/v1/messages"
HEADERS = {"Authorization": "x"}


def f(p, region):
    requests.post(URL, json=p)  # finds: CMK102
    post(BASE + "/v1/responses", json=p)  # finds: CMK102
    requests.request("POST", ANT, json=p)  # finds: CMK102
    requests.get(BASE + "/v1/models")  # ok: CMK102
    s = requests.Session()
    s.post(ANT, json=p)  # finds: CMK102
    with Session() as s2:
        s2.post(urljoin(BASE, "/v1/embeddings"), json=p)  # finds: CMK102
    tagged(s, feature="x").post(ANT, json=p)  # ok: CMK102
    tagged(requests.Session()).post(ANT, json=p)  # finds: CMK201
    tagged(requests.post, feature="x")(ANT, json=p)  # ok: CMK102
    tagged(requests, feature="x").post(ANT, json=p)  # ok: CMK102
    with tags(feature="x"):
        requests.post(URL, json=p)  # finds: CMK102
        tagged(s).post(ANT, json=p)  # ok: CMK102, CMK201
    with record_call(provider="openai", model="x", feature="x"):
        requests.post(URL, json=p)  # ok: CMK102
    httpx.post(URL, json=p)  # finds: CMK102
    with httpx.Client(base_url=BASE) as c:
        c.post("/v1/responses", json=p)  # finds: CMK102
        c.stream("POST", "/v1/responses", json=p)  # finds: CMK102
        c.get("/v1/models")  # ok: CMK102
    req = urllib.request.Request(ANT, data=b"x", headers=HEADERS)
    urllib.request.urlopen(req)  # finds: CMK102
    urllib.request.urlopen("https://example.com", data=b"x")  # ok: CMK102
    urllib3.PoolManager().request("POST", URL)  # finds: CMK102
    requests.post("https://generativelanguage.googleapis.com/v1beta/models/gemini-2.5-flash:generateContent", json=p)  # finds: CMK102
    requests.post(f"https://bedrock-runtime.{region}.amazonaws.com/model/x/invoke", json=p)  # finds: CMK102
    requests.post("https://acme.openai.azure.com/openai/deployments/x/chat/completions?api-version=1", json=p)  # finds: CMK102
    requests.post("https://openrouter.ai/api/v1/chat/completions", json=p)  # finds: CMK102
    requests.post("https://api.openai.com.evil.org/v1/responses", json=p)  # ok: CMK102
    requests.post("https://example.com/?u=https://api.openai.com/v1/responses", json=p)  # ok: CMK102


async def g(p):
    async with aiohttp.ClientSession() as s:
        async with s.post(URL, json=p) as r:  # finds: CMK102
            r
        async with tagged(s, feature="x").post(URL, json=p) as r:  # ok: CMK102
            r
    async with aiohttp.ClientSession(BASE) as s:
        await s.post("/v1/responses", json=p)  # finds: CMK102
    async with httpx.AsyncClient() as c:
        await c.post(URL, json=p)  # finds: CMK102
        await c.request("POST", URL, json=p)  # finds: CMK102
        await tagged(c, feature="x").post(URL, json=p)  # ok: CMK102
        async with c.stream("POST", URL, json=p) as r:  # finds: CMK102
            r


class Api:
    base = "https://api.openai.com/v1"

    def __init__(self):
        self.session = requests.Session()
        self.url = f"{self.base}/responses"

    def call(self, p):
        self.session.post(self.url, json=p)  # finds: CMK102
        self.session.post(f"{self.base}/embeddings", json=p)  # finds: CMK102
