"""One literal a provider: which bytes in a file make the provider's module worth importing.

``TOKENS`` maps every module name under ``cost_lib.catalog.providers`` to the beginnings of the imports that lead to it
(``from X``, ``import X``), ``HOSTS`` to the ends of host names, ``WORDS`` to byte strings that count wherever they stand.
Keep one line a provider; a module that nothing imports has an empty tuple in ``TOKENS``.
"""

from __future__ import annotations

from typing import Final

TOKENS: Final[dict[str, tuple[bytes, ...]]] = {
    "ai21": (b"ai21",),
    "anthropic": (b"anthropic",),
    "ark": (b"volcenginesdkarkruntime",),
    "assemblyai": (b"assemblyai",),
    "azure_ai_inference": (b"azure.ai.inference", b"azure.ai.projects", b"azure.ai.agents"),
    "bedrock": (),  # boto3 serves everything on AWS: the word decides
    "cartesia": (b"cartesia",),
    "cerebras": (b"cerebras",),
    "cohere": (b"cohere",),
    "dashscope": (b"dashscope",),
    "deepgram": (b"deepgram",),
    "elevenlabs": (b"elevenlabs",),
    "fal": (b"fal_client",),
    "fireworks": (b"fireworks",),
    "google_genai": (b"google.genai", b"google import"),
    "google_generativeai": (b"google.generativeai", b"google.ai", b"google import"),
    "groq": (b"groq",),
    "huggingface_hub": (b"huggingface_hub",),
    "litellm": (b"litellm",),
    "mistralai": (b"mistralai",),
    "ollama": (b"ollama",),
    "openai": (b"openai",),
    "openai_compatible": (b"sambanova", b"llama_api_client"),
    "openrouter": (b"openrouter",),
    "perplexity": (b"perplexity",),
    "portkey": (b"portkey",),
    "qianfan": (b"qianfan",),
    "replicate": (b"replicate",),
    "together": (b"together",),
    "vertexai": (b"vertexai", b"google.cloud.aiplatform", b"google.cloud import aiplatform"),
    "voyageai": (b"voyageai",),
    "watsonx": (b"ibm_watson",),
    "writer": (b"writerai",),
    "xai_sdk": (b"xai_sdk",),
    "zhipuai": (b"zhipuai", b"zai"),
    # frameworks
    "dspy": (b"dspy",),
    "instructor": (b"instructor",),
    "langchain": (b"langchain", b"langgraph", b"deepagents"),
    "langchain_chains": (b"langchain", b"langgraph", b"deepagents"),
    "llama_index": (b"llama_index", b"gpt_index"),
    "pydantic_ai": (b"pydantic_ai",),
}
