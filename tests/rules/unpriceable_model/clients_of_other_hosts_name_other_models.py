"""A client that talks to another or an unknown host names models that the SDK's own provider need not know."""
import os

from openai import OpenAI

from cost_lib import tagged

SETTINGS = {"base_url": "http://localhost:8000/v1"}
local = tagged(OpenAI(base_url="http://localhost:11434/v1", api_key="none"), feature="chat")
settings = tagged(OpenAI(**SETTINGS), feature="chat")
gateway = tagged(OpenAI(base_url=os.environ["GATEWAY"]), feature="chat")
either = tagged(OpenAI(base_url=os.getenv("GATEWAY", "https://api.openai.com/v1")), feature="chat")
own = tagged(OpenAI(base_url="https://api.openai.com/v1"), feature="chat")
plain = tagged(OpenAI(base_url=None), feature="chat")


def calls() -> None:
    local.chat.completions.create(model="house-model-7", messages=[])  # ok: CMK301
    settings.chat.completions.create(model="house-model-7", messages=[])  # ok: CMK301
    gateway.chat.completions.create(model="house-model-7", messages=[])  # ok: CMK301
    either.chat.completions.create(model="house-model-7", messages=[])  # ok: CMK301
    own.chat.completions.create(model="gpt-banana-7", messages=[])  # finds: CMK301
    plain.chat.completions.create(model="gpt-banana-7", messages=[])  # finds: CMK301
