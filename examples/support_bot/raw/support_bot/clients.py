"""The clients that the whole application shares."""

import os
from functools import lru_cache

import httpx
from anthropic import Anthropic
from openai import OpenAI

openai = OpenAI(max_retries=3, timeout=30)


@lru_cache
def anthropic() -> Anthropic:
    return Anthropic(max_retries=5)


mistral = httpx.Client(
    base_url="https://api.mistral.ai", headers={"Authorization": f"Bearer {os.environ.get('MISTRAL_API_KEY', '')}"}, timeout=30
)
