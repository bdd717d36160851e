"""The environments of the matrix: what each installs, and which SDKs it tries."""

from __future__ import annotations

from typing import Final, NamedTuple


class Environment(NamedTuple):
    """One virtual environment."""

    name: str
    requirements: tuple[str, ...]
    sdks: tuple[str, ...]  # names in sdks.py


BASE: Final = ("msgspec", "click")
ENVIRONMENTS: Final = (
    Environment("openai-1", ("openai<2", "brotli", "zstandard"), ("openai",)),
    Environment("openai-2", ("openai<3,>=2", "brotli", "zstandard"), ("openai",)),
    Environment("openai-3", ("openai<4,>=3",), ("openai",)),
    Environment("anthropic-0", ("anthropic<1",), ("anthropic",)),
    Environment("anthropic-1", ("anthropic<2,>=1",), ("anthropic",)),
    Environment("anthropic-2", ("anthropic<3,>=2",), ("anthropic",)),
    Environment("google-genai-1", ("google-genai<2",), ("google-genai",)),
    Environment("google-genai-2", ("google-genai<3,>=2", "aiohttp"), ("google-genai",)),
    Environment("google-genai-3", ("google-genai<4,>=3",), ("google-genai",)),
    Environment("mistralai-1", ("mistralai<2,>=1",), ("mistralai",)),
    Environment("mistralai-2", ("mistralai<3,>=2",), ("mistralai",)),
    Environment("mistralai", ("mistralai",), ("mistralai",)),
    Environment("cohere-5", ("cohere<6",), ("cohere",)),
    Environment("cohere", ("cohere",), ("cohere",)),
    Environment("groq-0", ("groq<1",), ("groq",)),
    Environment("groq", ("groq",), ("groq",)),
    Environment("together-2", ("together<3,>=2",), ("together",)),
    Environment("together", ("together",), ("together",)),
    Environment("ollama", ("ollama",), ("ollama",)),
    Environment("boto3", ("boto3",), ("boto3-converse", "boto3-invoke")),
    Environment("aioboto3", ("aioboto3",), ("aioboto3-converse",)),
    Environment("litellm", ("litellm",), ("litellm-openai", "litellm-anthropic", "litellm-bedrock")),
    Environment("langchain-openai-0", ("langchain-openai<1", "langchain<1"), ("langchain-openai",)),
    Environment("langchain-openai", ("langchain-openai", "langchain"), ("langchain-openai",)),
    Environment("langchain-anthropic-0", ("langchain-anthropic<1", "langchain<1"), ("langchain-anthropic",)),
    Environment("langchain-anthropic", ("langchain-anthropic", "langchain"), ("langchain-anthropic",)),
    Environment("pydantic-ai-1", ("pydantic-ai-slim[openai,anthropic]<2",), ("pydantic-ai-openai", "pydantic-ai-anthropic")),
    Environment("pydantic-ai", ("pydantic-ai-slim[openai,anthropic]",), ("pydantic-ai-openai", "pydantic-ai-anthropic")),
    Environment("instructor", ("instructor",), ("instructor",)),
)
