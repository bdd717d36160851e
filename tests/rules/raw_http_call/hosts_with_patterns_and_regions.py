"""Hosts with subdomains and regions, async-only clients, and look-alike paths on the same host."""
import os

import httpx
import requests

from cost_lib import tagged

AZURE = "https://acme.openai.azure.com/openai/deployments/gpt/chat/completions?api-version=2024-10-21"
BEDROCK = "https://bedrock-runtime.eu-central-1.amazonaws.com"
VERTEX = "https://europe-west4-aiplatform.googleapis.com/v1/projects/p/locations/l/publishers/google/models/m:generateContent"
RESIDENT = "https://eu.api.openai.com/v1/responses"
REGION = os.environ["REGION"]


def calls(body: dict) -> None:
    requests.post(AZURE, json=body)  # finds: CMK102
    requests.post(f"{BEDROCK}/model/amazon.nova-lite-v1:0/converse", json=body)  # finds: CMK102
    requests.post(f"https://bedrock-runtime.{REGION}.amazonaws.com/model/m/invoke", json=body)  # finds: CMK102
    httpx.post(VERTEX, json=body)  # finds: CMK102
    requests.post(RESIDENT, json=body)  # finds: CMK102
    requests.post(f"{BEDROCK}/model/amazon.nova-lite-v1:0/count-tokens", json=body)  # ok: CMK102
    requests.get("https://acme.openai.azure.com/openai/models?api-version=2024-10-21")  # ok: CMK102
    requests.post("https://acme.blob.core.windows.net/openai/deployments/gpt/chat/completions", json=body)  # ok: CMK102
    requests.post("https://s3.eu-central-1.amazonaws.com/model/m/invoke", json=body)  # ok: CMK102
    tagged(requests, feature="a").post(AZURE, json=body)  # ok: CMK102, CMK201
