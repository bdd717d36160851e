# policy:
# [hosts."llm.acme.internal"]
# provider = "openai"
"""A gateway named under ``[hosts]`` is a provider's host too."""
import httpx
import requests

from cost_lib import tagged

GATEWAY = "https://llm.acme.internal/v1"


def calls(body: dict) -> None:
    requests.post("https://llm.acme.internal/v1/chat/completions", json=body)  # finds: CMK102
    httpx.post(f"{GATEWAY}/embeddings", json=body)  # finds: CMK102
    tagged(httpx.Client(), feature="chat").post(f"{GATEWAY}/embeddings", json=body)  # ok: CMK102, CMK201
    requests.get(f"{GATEWAY}/models")  # ok: CMK102
    requests.post("https://llm.other.internal/v1/chat/completions", json=body)  # ok: CMK102
