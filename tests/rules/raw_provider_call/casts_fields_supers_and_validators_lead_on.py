"""Casts, declared fields, super() of catalogued classes, validators and tests for built-in types lead on."""
from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Optional, Union, cast

import typing_extensions
from langchain_core.embeddings import Embeddings
from langchain_core.language_models import BaseChatModel
from langchain_openai import ChatOpenAI
from openai import OpenAI
from pydantic import BaseModel, field_validator, model_validator
from registry import lookup

from cost_lib import tagged


def casts(config) -> None:
    llm = cast(BaseChatModel, config.llm)
    llm.invoke("x")  # finds: CMK103
    quoted = cast("OpenAI", lookup("x"))
    quoted.responses.create(model="gpt-4o-mini")  # finds: CMK101
    typing_extensions.cast(OpenAI, lookup("x")).responses.create(model="gpt-4o-mini")  # finds: CMK101
    safe = cast(OpenAI, tagged(OpenAI(), feature="x"))
    safe.responses.create(model="gpt-4o-mini")  # ok: CMK101, CMK201
    other = cast(Embeddings, tagged(lookup("x"), feature="x"))
    other.embed_query("x")  # ok: CMK103, CMK201
    plain = cast(str, config.name)
    plain.invoke("x")  # ok: CMK103


@dataclass
class Inner:
    llm: BaseChatModel
    name: str = ""


class Outer:
    inner: Inner

    def ask(self, prompt: str) -> None:
        self.inner.llm.invoke(prompt)  # finds: CMK103
        self.inner.name.invoke(prompt)  # ok: CMK103


def through(outer: Outer, maybe: Optional[Inner], either: Union[Inner, None]) -> None:
    outer.inner.llm.invoke("x")  # finds: CMK103
    maybe.llm.invoke("x")  # finds: CMK103
    either.llm.invoke("x")  # finds: CMK103


class Loud(ChatOpenAI):
    def invoke(self, *args: Any, **kwargs: Any) -> Any:
        print("calling")
        return super().invoke(*args, **kwargs)  # finds: CMK103

    def other(self) -> Any:
        return super().bind_tools([])  # ok: CMK103


class LoudClient(OpenAI):
    def ask(self, prompt: str) -> Any:
        super().models.list()  # ok: CMK101
        self.responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK101
        return super().responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK101


class Settings(BaseModel):
    llm: Any = None
    safe: Any = None

    @model_validator(mode="before")
    @classmethod
    def fill(cls, values: dict) -> dict:
        values["llm"] = OpenAI()
        values["safe"] = tagged(OpenAI(), feature="x")
        return values

    def ask(self) -> None:
        self.llm.responses.create(model="gpt-4o-mini")  # finds: CMK101
        self.safe.responses.create(model="gpt-4o-mini")  # ok: CMK101, CMK201


def text_or_model(model: str | BaseChatModel) -> None:
    if isinstance(model, str):
        model.invoke("x")  # ok: CMK103
        model = ChatOpenAI(model=model)
    model.invoke("x")  # finds: CMK103


def text_or_client(value) -> None:
    client = OpenAI() if value else "none"
    if isinstance(client, str):
        client.responses.create(model="gpt-4o-mini")  # ok: CMK101
    elif isinstance(client, OpenAI):
        client.responses.create(model="gpt-4o-mini")  # finds: CMK101
