"""Clients kept under a key that is an object, read by ``getattr``, or behind a cache that is looked through."""
import threading
from functools import lru_cache
from aiohttp import web
from openai import AsyncOpenAI, OpenAI
from cost_lib import tagged

KEY = web.AppKey("model_client", AsyncOpenAI)
SAFE = web.AppKey("tagged_client", AsyncOpenAI)
local = threading.local()


async def start(app):
    app[KEY] = AsyncOpenAI()
    app[SAFE] = tagged(AsyncOpenAI(), feature="x")


async def handle(request, m):
    await request.app[KEY].chat.completions.create(model="gpt-5", messages=m)  # finds: CMK101
    await request.app[SAFE].chat.completions.create(model="gpt-5", messages=m)  # ok: CMK101 CMK201


def connect():
    local.client = OpenAI()
    setattr(local, "other", OpenAI())
    local.safe = tagged(OpenAI(), feature="x")


def ask(m):
    getattr(local, "client", None).chat.completions.create(model="gpt-5", messages=m)  # finds: CMK101
    local.other.chat.completions.create(model="gpt-5", messages=m)  # finds: CMK101
    getattr(local, "safe", None).chat.completions.create(model="gpt-5", messages=m)  # ok: CMK101 CMK201
    getattr(local, "missing", None).chat.completions.create(model="gpt-5", messages=m)  # ok: CMK101 CMK201


@lru_cache
def raw():
    return OpenAI()


@lru_cache
def safe():
    return tagged(OpenAI(), feature="x")


def look_through(m):
    raw.__wrapped__().chat.completions.create(model="gpt-5", messages=m)  # finds: CMK101
    safe.__wrapped__().chat.completions.create(model="gpt-5", messages=m)  # ok: CMK101 CMK201
