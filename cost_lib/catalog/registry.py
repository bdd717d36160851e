"""One literal a provider: which bytes in a file make the provider's module worth importing.

``TOKENS`` maps the module name under ``cost_lib.catalog.providers`` to the byte strings whose presence in a source file
means that the file may use the provider: import roots and hosts. A token is matched as a plain substring, so it is as
short as it can be without matching everyday words. Keep one line a provider.
"""

from __future__ import annotations

from typing import Final

TOKENS: Final[dict[str, tuple[bytes, ...]]] = {
    "anthropic": (b"anthropic", b"claude.googleapis"),
    "bedrock": (b"boto3", b"botocore", b"bedrock"),
    "google_genai": (b"genai", b"generativelanguage.googleapis", b"aiplatform"),
    "openai": (b"openai",),
    # frameworks
    "langchain": (b"langchain", b"langgraph", b"deepagents"),
    "langchain_chains": (b"langchain", b"langgraph", b"deepagents"),
}
