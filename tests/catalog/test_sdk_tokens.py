"""Which providers the bytes of a file point to, and that asking is cheap."""

from __future__ import annotations

import subprocess
import sys
from time import process_time

import pytest

from cost_lib.catalog import providers_in


@pytest.mark.parametrize(
    ("source", "provider"),
    [
        ("from openai import OpenAI", "openai"),
        ("import openai.types", "openai"),
        ("    from\topenai import OpenAI", "openai"),
        ("import os, openai", "openai"),
        ("import numpy as np, sys, openai", "openai"),
        ("import anthropic, openai", "openai"),
        ("import openai, anthropic", "anthropic"),
        ("client = importlib.import_module('openai').OpenAI()", "openai"),
        ('cls = __import__("openai").OpenAI', "openai"),
        ('openai = pytest.importorskip( "openai")', "openai"),
        ('"from openai import OpenAI\\n",', "openai"),
        ("from google import genai", "google_genai"),
        ("from google import generativeai", "google_generativeai"),
        ("from huggingface_hub import InferenceClient", "huggingface_hub"),
        ("import google.generativeai as genai", "google_generativeai"),
        ("from google.cloud import aiplatform", "vertexai"),
        ("from cerebras.cloud.sdk import Cerebras", "cerebras"),
        ("client = session.client('bedrock-runtime')", "bedrock"),
        ("URL = 'https://api.deepseek.com/chat/completions'", "openai_compatible"),
        ("HOST = 'acme.openai.azure.com'", "openai"),
        ("url = f'https://{region}-aiplatform.googleapis.com/v1'", "google_genai"),
        ("requests.post('http://localhost:11434/api/chat')", "ollama"),
    ],
)
def test_a_file_that_may_use_a_provider_names_it(source: str, provider: str) -> None:
    assert provider in providers_in(source.encode())


@pytest.mark.parametrize(
    "source",
    [
        "",
        "import os, sys",
        "# openai is not imported here",
        "from app.openai_settings import KEY",
        "self.openai.com = 1",
        "from twilio.rest import Client",
        "import boto3\ns3 = boto3.client('s3')",
        "together = zip(a, b)",
        "see https://www.example.com",
        "from google import auth",
        "from huggingface_hub import hf_hub_download",
        "weights from https://huggingface.co/bert-base",
    ],
)
def test_a_file_that_uses_no_provider_names_none(source: str) -> None:
    assert providers_in(source.encode()) == frozenset()


@pytest.mark.parametrize(
    "source", [b"import" * 50_000, b"import a," * 50_000, b"from " * 50_000, b"import(" + b" " * 300_000, b".com" * 50_000]
)
def test_a_hostile_line_names_none(source: bytes) -> None:
    started = process_time()
    assert providers_in(source) == frozenset()
    assert process_time() - started < 5


def test_importing_the_catalog_imports_no_provider_and_nothing_heavy() -> None:
    code = "import sys, cost_lib.catalog; print(*sorted(sys.modules))"
    loaded = set(subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True).stdout.split())
    heavy = {"dataclasses", "inspect", "asyncio", "logging", "json", "tomllib", "typing_extensions", "libcst", "msgspec", "click"}
    assert {name for name in loaded if name.startswith("cost_lib.catalog.providers.")} | (heavy & loaded) == set()
