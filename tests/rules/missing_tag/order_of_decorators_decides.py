"""``@tags`` above a registering decorator does not prove; above ``staticmethod`` and ``classmethod`` it does."""
from functools import lru_cache, wraps

from celery import shared_task
from fastapi import APIRouter, FastAPI
from flask import Flask
from openai import AsyncOpenAI, OpenAI
from tenacity import retry, stop_after_attempt

from cost_lib import tagged, tags

app = FastAPI()
router = APIRouter()
flask_app = Flask(__name__)
llm = tagged(OpenAI())
allm = tagged(AsyncOpenAI())


@tags(feature="route")
@app.post("/ask")
async def registered_before_it_is_tagged(prompt: str) -> object:
    return await allm.responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK201


@app.post("/ask")
@tags(feature="route")
async def tagged_before_it_is_registered(prompt: str) -> object:
    return await allm.responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK201


@tags(feature="route")
@router.get("/items")
def router_first(prompt: str) -> object:
    return llm.responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK201


@tags(feature="route")
@flask_app.route("/items")
def flask_first(prompt: str) -> object:
    return llm.responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK201


@tags(feature="task")
@shared_task(bind=True)
def task_first(self, prompt: str) -> object:
    return llm.responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK201


@shared_task
@tags(feature="task")
def task_last(prompt: str) -> object:
    return llm.responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK201


@tags(feature="retry")
@retry(stop=stop_after_attempt(3))
def above_retry(prompt: str) -> object:
    return llm.responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK201


@lru_cache
@tags(feature="cache")
def below_cache(prompt: str) -> object:
    return llm.responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK201


class Service:
    @tags(feature="static")
    @staticmethod
    def static(prompt: str) -> object:
        return llm.responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK201

    @tags(feature="class")
    @classmethod
    def class_method(cls, prompt: str) -> object:
        return llm.responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK201

    @property
    @tags(feature="property")
    def below_property(self) -> object:
        return llm.responses.create(model="gpt-4o-mini", input="x")  # ok: CMK201


def passthrough(function):
    @wraps(function)
    def wrapper(*args):
        return function(*args)

    return wrapper


@tags(feature="wrapped")
@passthrough
def above_own_decorator(prompt: str) -> object:
    return llm.responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK201
