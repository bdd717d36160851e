"""One literal a provider: which bytes in a file make the provider's module worth importing.

``TOKENS`` maps the module name under ``cost_lib.catalog.providers`` to the byte strings whose presence in a source file
means that the file may use the provider: import roots and hosts. A token is matched as a plain substring, so it is as
short as it can be without matching everyday words. Keep one line a provider.
"""

from __future__ import annotations

from typing import Final

TOKENS: Final[dict[str, tuple[bytes, ...]]] = {
    "ai21": (b"ai21",),
    "anthropic": (b"anthropic", b"claude.googleapis"),
    "ark": (b"volcenginesdkarkruntime", b"volces.com"),
    "assemblyai": (b"assemblyai",),
    "azure_ai_inference": (b"azure.ai", b"models.github.ai"),
    "bedrock": (b"boto3", b"botocore", b"bedrock"),
    "cartesia": (b"cartesia",),
    "cerebras": (b"cerebras",),
    "cohere": (b"cohere",),
    "dashscope": (b"dashscope",),
    "deepgram": (b"deepgram",),
    "elevenlabs": (b"elevenlabs",),
    "fal": (b"fal_client", b"fal.run"),
    "fireworks": (b"fireworks",),
    "google_genai": (b"genai", b"generativelanguage.googleapis", b"aiplatform"),
    "google_generativeai": (b"generativeai", b"google.ai"),
    "groq": (b"groq",),
    "huggingface_hub": (b"huggingface",),
    "litellm": (b"litellm",),
    "mistralai": (b"mistral",),
    "ollama": (b"ollama", b":11434"),
    "openai": (b"openai",),
    "openai_compatible": (b"deepseek",),
    "openrouter": (b"openrouter",),
    "perplexity": (b"perplexity",),
    "portkey": (b"portkey",),
    "qianfan": (b"qianfan", b"baidubce"),
    "replicate": (b"replicate",),
    "together": (b"together",),
    "vertexai": (b"vertexai", b"aiplatform"),
    "voyageai": (b"voyageai",),
    "watsonx": (b"ibm_watson", b"ml.cloud.ibm.com"),
    "writer": (b"writerai", b"api.writer.com"),
    "xai_sdk": (b"xai_sdk", b"x.ai"),
    "zhipuai": (b"zhipuai", b"zai", b"bigmodel.cn", b"z.ai"),
    # frameworks
    "langchain": (b"langchain", b"langgraph", b"deepagents"),
    "langchain_chains": (b"langchain", b"langgraph", b"deepagents"),
}
