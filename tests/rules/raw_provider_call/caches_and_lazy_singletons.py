"""Clients that are made at first use and kept."""
import threading
from functools import cached_property

import boto3
from anthropic import Anthropic
from openai import OpenAI

from cost_lib import tagged

_client = None
_tagged: OpenAI | None = None
_by_key: dict[str, OpenAI] = {}
_local = threading.local()
_never = None


def get_client():
    global _client
    if _client is None:
        _client = OpenAI()
    return _client


def get_tagged() -> OpenAI:
    global _tagged
    if _tagged is None:
        _tagged = tagged(OpenAI(), feature="chat")
    return _tagged


def for_key(key: str):
    if key not in _by_key:
        _by_key[key] = OpenAI(api_key=key)
    return _by_key[key]


def calls(key: str) -> None:
    get_client().chat.completions.create(model="gpt-4o-mini", messages=[])  # finds: CMK101
    get_tagged().chat.completions.create(model="gpt-4o-mini", messages=[])  # ok: CMK101, CMK201
    for_key(key).chat.completions.create(model="gpt-4o-mini", messages=[])  # finds: CMK101
    _by_key.setdefault(key, OpenAI()).chat.completions.create(model="gpt-4o-mini", messages=[])  # finds: CMK101
    _never.chat.completions.create(model="gpt-4o-mini", messages=[])  # ok: CMK101


def per_thread() -> None:
    if not hasattr(_local, "client"):
        _local.client = Anthropic()
    _local.client.messages.create(model="claude-sonnet-4-5", max_tokens=9, messages=[])  # finds: CMK101


class Singleton:
    _instance = None

    def __new__(cls):
        if cls._instance is None:
            cls._instance = super().__new__(cls)
            cls._instance.client = OpenAI()
        return cls._instance

    @cached_property
    def bedrock(self):
        return boto3.client("bedrock-runtime")

    @cached_property
    def safe(self):
        return tagged(boto3.client("bedrock-runtime"), feature="nova")

    def run(self, body: str) -> None:
        self.bedrock.invoke_model(modelId=body, body=body)  # finds: CMK101
        self.safe.invoke_model(modelId=body, body=body)  # ok: CMK101, CMK201
        self.client.chat.completions.create(model="gpt-4o-mini", messages=[])  # finds: CMK101
