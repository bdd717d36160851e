"""What providers and models are called: aliases of providers, and the spellings under which one model travels."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

# name in events, SDKs, gateways or OpenTelemetry -> rate table
TABLES: Final[dict[str, str]] = {
    "amazon": "aws",
    "aws-bedrock": "aws",
    "aws-bedrock-mantle": "aws",
    "aws.bedrock": "aws",
    "bedrock": "aws",
    "bedrock_converse": "aws",
    "azure-ai": "azure",
    "azure-ai-inference": "azure",
    "azure-openai": "azure",
    "azure.ai.inference": "azure",
    "azure.ai.openai": "azure",
    "azure_ai": "azure",
    "azure_openai": "azure",
    "cohere_chat": "cohere",
    "fireworks_ai": "fireworks",
    "fireworks-ai": "fireworks",
    "gcp.gemini": "google",
    "gcp.gen_ai": "google",
    "gcp.vertex_ai": "google",
    "gemini": "google",
    "google-gemini": "google",
    "google-genai": "google",
    "google-gla": "google",
    "google-vertex": "google",
    "google_genai": "google",
    "google_vertexai": "google",
    "vertex": "google",
    "vertex_ai": "google",
    "vertexai": "google",
    "google-generativeai": "google",
    "friendliai": "friendli",
    "ibm.watsonx.ai": "watsonx",
    "jina_ai": "jina",
    "lambda_ai": "lambda",
    "mistral_ai": "mistral",
    "mistralai": "mistral",
    "moonshot": "moonshotai",
    "text-completion-openai": "openai",
    "together-ai": "together",
    "together_ai": "together",
    "togetherai": "together",
    "voyage": "voyageai",
    "xai": "x-ai",
    "xai-sdk": "x-ai",
    "x_ai": "x-ai",
    "z-ai": "zai",
    "z.ai": "zai",
    "zai-sdk": "zai",
    "github_copilot": "github-copilot",
    "google-ai-studio": "google",
    "google-vertex-ai": "google",
    "perplexity-ai": "perplexity",
    "workers-ai": "cloudflare",
}
# gateways whose model names begin with the provider: ``anthropic/claude-...``
ROUTERS: Final = frozenset(
    ("litellm", "portkey", "portkey-ai", "langchain", "pydantic-ai", "pydantic-gateway", "instructor", "dspy", "vercel")
)
# hosts that serve models of their own, whose names begin so, and pass all others on as a gateway does
RELAYS: Final = {"cloudflare": "@"}
# a router whose partners have a table each; names may end in one: ``meta-llama/...:together``
PARTNERED: Final = "huggingface"
# hosts whose users name the models: nothing can be said about an unlisted name
DEPLOYMENTS: Final = frozenset(("azure", "databricks", "modal"))
# hosts whose model names are all the provider's own: a name that no entry matches cannot be priced
CLOSED: Final = frozenset(("anthropic", "cohere", "deepseek", "google", "mistral", "openai", "voyageai", "x-ai"))
# names that an account gives inside a closed host (tuned models, endpoints, profiles), and names with a vendor or a tag,
# which belong to a gateway or a local server behind the same client
OWN_NAMES: Final = r"^\d+$|[/:]|\.ft-"
# how models of one house begin: under another's client they mean a compatible server, not a mistake
HOUSES: Final[dict[str, str]] = {
    "anthropic": r"claude",
    "cohere": r"command|embed-(english|multilingual|v\d)|rerank|c4ai|aya",
    "deepseek": r"deepseek",
    "google": r"gemini|gemma|palm|imagen|veo|lyria|learnlm",
    "mistral": r"mistral|mixtral|ministral|magistral|codestral|devstral|pixtral|voxtral|open-mi[sx]tral",
    "openai": r"(ft:)?(gpt-(?!oss|neo|j)|o\d|chatgpt|dall-e|davinci|text-embedding-3|text-embedding-ada|whisper-1$|tts-1)",
    "voyageai": r"voyage",
    "x-ai": r"grok",
    "open weights": (
        r"gpt-oss|gpt-neo|gpt-j|(code|tiny)?llama|vicuna|alpaca|qwe?n|qwq|phi-?\d|kimi|moonshot|glm|yi-|minimax|abab|sonar|nova|"
        r"titan|nemotron|falcon|bge-|e5-|jamba|granite|starcoder|zephyr|hermes|dolphin|wizard|solar|smollm|olmo|baichuan|ernie|hunyuan|doubao|step-"
    ),
}

_PATH: Final = r"^(?:projects/[^/]+/locations/[^/]+/)?(?:publishers/[^/]+/)?models/"
_ARN: Final = r"^arn:aws[a-z-]*:bedrock:[^:]*:[^:]*:(?:foundation-model|inference-profile|provisioned-model)/"
_COMPACT_DATE: Final = r"([-@])(20\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?=-|:|$)"
_VERSION: Final = r"@(?:default|latest|\d{3,8})$"
_UNPOINTED: Final = "gpt-35-"  # of Azure, whose names bore no point
_DATE: Final = r"-20\d\d-?\d\d-?\d\d$"


def table_of(provider: str) -> str:
    """Give the name of a provider's rate table; an unknown provider keeps its name."""
    name = provider.strip().lower()
    return TABLES.get(name, name)


def split_route(provider: str, model: str) -> tuple[str, str]:
    """Give table and model: a gateway's ``bedrock/us.anthropic.claude-...`` belongs to the provider in front of the slash."""
    table = table_of(provider)
    name = model.strip()
    if table in ROUTERS:
        head, mark, rest = _split_head(name)
        return (table_of(head), rest) if mark else (table, name)
    if table in RELAYS and not name.startswith(RELAYS[table]):
        head, mark, rest = _split_head(name)
        return (table_of(head), rest) if mark else (house_of(name) or table, name)
    if table == PARTNERED and ":" in name:
        name, _, partner = name.rpartition(":")
        return f"{PARTNERED}_{partner}", name
    return table, name


def spellings(table: str, model: str) -> Iterator[str]:
    """Give the names under which a table may know a model, the given one first; without dates and versions last."""
    name = model.strip().lower()
    yield name
    head, mark, rest = _split_head(name)
    if mark and table_of(head) == table:
        name = rest
        yield name
    bare = re.sub(_ARN, "", re.sub(_PATH, "", name))
    if bare != name:
        yield bare
    dashed = re.sub(_COMPACT_DATE, r"-\2-\3-\4", bare)
    if dashed != bare:
        yield dashed
    unversioned = re.sub(_VERSION, "", bare)
    if unversioned != bare:
        yield unversioned
    if bare.endswith("-latest"):
        yield bare.removesuffix("-latest")
    if table == "azure" and bare.startswith(_UNPOINTED):
        yield bare.replace(_UNPOINTED, "gpt-3.5-", 1)


def house_of(name: str) -> str:
    """Give the table of the house that a name without a provider belongs to; "" where that is not certain."""
    return next((house for house, start in HOUSES.items() if house in CLOSED and re.match(start, name.lower())), "")


def is_foreign(table: str, name: str) -> bool:
    """Say whether a name is of another house than the table: then the client talks to another server."""
    own = HOUSES.get(table)
    return not (own and re.match(own, name)) and any(re.match(house, name) for house in HOUSES.values())


def undated(name: str) -> str:
    """Drop a trailing date, for suggestions."""
    return re.sub(_DATE, "", name)


def _split_head(name: str) -> tuple[str, str, str]:
    """Split ``provider/model`` and ``provider:model``."""
    slash, colon = name.find("/"), name.find(":")
    if slash > 0 and (colon < 0 or slash < colon):
        return name[:slash], "/", name[slash + 1 :]
    if colon > 0 and name[:colon].lower() not in ("ft", "arn"):
        return name[:colon], ":", name[colon + 1 :]
    return "", "", name
