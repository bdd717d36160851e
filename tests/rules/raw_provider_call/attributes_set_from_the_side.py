"""Fields filled by validators and past ``__setattr__``, attributes and items of objects that cannot be followed."""
import threading
from typing import Any

import chainlit
import streamlit as st
from fastapi import FastAPI, Request
from flask import g
from openai import OpenAI
from pydantic import BaseModel, root_validator

from cost_lib import tagged

app = FastAPI()
_local = threading.local()


class Embedder(BaseModel):
    client: Any
    good: Any

    @root_validator()
    def validate_environment(cls, values):
        values["client"] = OpenAI(api_key=values["key"]).embeddings
        values["good"] = tagged(OpenAI(), feature="embed")
        return values

    def embed(self) -> None:
        self.client.create(model="text-embedding-3-small", input="x")  # finds: CMK101
        self.good.embeddings.create(model="text-embedding-3-small", input="x")  # ok: CMK101, CMK201


class Frozen:
    def __init__(self):
        object.__setattr__(self, "first", OpenAI())
        self.__dict__["second"] = OpenAI()

    def run(self) -> None:
        self.first.responses.create(input="x")  # finds: CMK101
        self.second.responses.create(input="x")  # finds: CMK101


@app.on_event("startup")
async def start() -> None:
    app.state.llm = OpenAI()
    app.state.safe = tagged(OpenAI(), feature="web")


async def endpoint(request: Request) -> None:
    request.app.state.llm.responses.create(input="x")  # finds: CMK101
    request.app.state.safe.responses.create(input="x")  # ok: CMK101, CMK201
    request.app.state.other.responses.create(input="x")  # ok: CMK101


def session() -> None:
    if "agent" not in st.session_state:
        st.session_state.agent = OpenAI()
    st.session_state["late"] = OpenAI()
    st.session_state.agent.responses.create(input="x")  # finds: CMK101
    st.session_state["agent"].responses.create(input="x")  # finds: CMK101
    st.session_state.late.responses.create(input="x")  # finds: CMK101


def on_start() -> None:
    chainlit.user_session.set("client", OpenAI())


def on_message() -> None:
    chainlit.user_session.get("client").responses.create(input="x")  # finds: CMK101
    chainlit.user_session.get("else").responses.create(input="x")  # ok: CMK101


def before() -> None:
    g.llm = OpenAI()


def after(thing) -> None:
    g.llm.responses.create(input="x")  # finds: CMK101
    thing.llm.responses.create(input="x")  # ok: CMK101


def function_attribute() -> None:
    if not hasattr(function_attribute, "client"):
        function_attribute.client = OpenAI()
    function_attribute.client.responses.create(input="x")  # finds: CMK101
