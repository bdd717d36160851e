"""How each SDK is asked the same small question, and what the provider answers over the wire."""

from __future__ import annotations

import json
import os
from importlib import import_module as need  # each environment has one SDK
from importlib.metadata import version
from typing import Any, Final, NamedTuple

from tests.runtime.frames import frame, wrapped
from tests.runtime.replay import BARE_STREAM, CHAT, CHAT_STREAM, MESSAGE, MESSAGE_STREAM

HI: Final[list[dict[str, Any]]] = [{"role": "user", "content": "hi"}]
FRAMES: Final = "application/vnd.amazon.eventstream"
NDJSON: Final = "application/x-ndjson"


class Wire(NamedTuple):
    """What a provider answers, and what we have to read in it."""

    answer: dict[str, Any]
    stream: bytes
    counts: tuple[int, int]  # tokens: input in all its meters, output
    bare_stream: bytes = b""  # of those who give usage only when they are asked
    type: str = "text/event-stream"


class Sdk:
    """One SDK; what it cannot do is left out."""

    wire: Wire
    has_async = True
    has_sync = True
    has_stream = True
    has_gzip = True

    def client(self) -> Any:
        raise NotImplementedError

    def async_client(self) -> Any:
        raise NotImplementedError

    def call(self, client: Any) -> Any:
        raise NotImplementedError

    def stream(self, client: Any) -> Any:
        raise NotImplementedError

    async def acall(self, client: Any) -> Any:
        return await self.call(client)

    async def astream(self, client: Any) -> Any:
        return await self.stream(client)


def events(*documents: dict[str, Any], end: str = "\n\n") -> bytes:
    return b"".join(f"data: {json.dumps(document)}{end}".encode() for document in documents)


OPENAI: Final = Wire(CHAT, CHAT_STREAM, (100, 20), BARE_STREAM)
ANTHROPIC: Final = Wire(MESSAGE, MESSAGE_STREAM, (80, 20))
GEMINI_ANSWER: Final[dict[str, Any]] = {
    "candidates": [{"content": {"role": "model", "parts": [{"text": "hi"}]}, "finishReason": "STOP", "index": 0}],
    "usageMetadata": {"promptTokenCount": 100, "candidatesTokenCount": 20, "thoughtsTokenCount": 30, "totalTokenCount": 150},
    "modelVersion": "gemini-2.5-flash",
}
GEMINI_PART: Final = {
    **GEMINI_ANSWER,
    "candidates": [{"content": {"role": "model", "parts": [{"text": "h"}]}, "index": 0}],
    "usageMetadata": {"promptTokenCount": 100, "totalTokenCount": 100},
}
GEMINI: Final = Wire(GEMINI_ANSWER, events(GEMINI_PART, GEMINI_ANSWER, end="\r\n\r\n"), (100, 50))
USAGE: Final = {"prompt_tokens": 100, "completion_tokens": 20, "total_tokens": 120}
PLAIN_CHAT: Final = {**CHAT, "usage": USAGE}
DELTA: Final[dict[str, Any]] = {
    "id": "1",
    "object": "chat.completion.chunk",
    "created": 1,
    "model": "m-1",
    "choices": [{"index": 0, "delta": {"role": "assistant", "content": "hi"}, "finish_reason": None}],
}
LAST: Final = {**DELTA, "choices": [{"index": 0, "delta": {"content": ""}, "finish_reason": "stop"}], "usage": USAGE}
USAGE_UNASKED: Final = Wire(PLAIN_CHAT, events(DELTA, DELTA, LAST) + b"data: [DONE]\n\n", (100, 20))
GROQ: Final = USAGE_UNASKED._replace(
    stream=events(DELTA, DELTA, {**{key: value for key, value in LAST.items() if key != "usage"}, "x_groq": {"id": "r", "usage": USAGE}})
    + events({**DELTA, "choices": [], "usage": USAGE})
    + b"data: [DONE]\n\n"
)
BILLED: Final = {"billed_units": {"input_tokens": 100, "output_tokens": 20}, "tokens": {"input_tokens": 105, "output_tokens": 20}}
COHERE: Final = Wire(
    {
        "id": "1",
        "finish_reason": "COMPLETE",
        "message": {"role": "assistant", "content": [{"type": "text", "text": "hi"}]},
        "usage": BILLED,
    },
    events(
        {"type": "message-start", "id": "1", "delta": {"message": {"role": "assistant", "content": []}}},
        {"type": "content-delta", "index": 0, "delta": {"message": {"content": {"text": "hi"}}}},
        {"type": "message-end", "delta": {"finish_reason": "COMPLETE", "usage": BILLED}},
    ),
    (100, 20),
)
OLLAMA_ANSWER: Final = {
    "model": "llama3",
    "created_at": "2026-11-22T00:00:00Z",
    "message": {"role": "assistant", "content": "hi"},
    "done": True,
    "done_reason": "stop",
    "prompt_eval_count": 100,
    "eval_count": 20,
}
OLLAMA_PART: Final = {
    "model": "llama3",
    "created_at": "2026-11-22T00:00:00Z",
    "message": {"role": "assistant", "content": "h"},
    "done": False,
}
OLLAMA: Final = Wire(
    OLLAMA_ANSWER,
    b"".join(json.dumps(part).encode() + b"\n" for part in (OLLAMA_PART, OLLAMA_PART, OLLAMA_ANSWER)),
    (100, 20),
    type=NDJSON,
)
CONVERSED: Final = {"inputTokens": 100, "outputTokens": 20, "totalTokens": 120}
CONVERSE: Final = Wire(
    {
        "output": {"message": {"role": "assistant", "content": [{"text": "hi"}]}},
        "stopReason": "end_turn",
        "usage": CONVERSED,
        "metrics": {"latencyMs": 5},
    },
    frame("messageStart", {"role": "assistant"})
    + frame("contentBlockDelta", {"contentBlockIndex": 0, "delta": {"text": "hi"}})
    + frame("contentBlockStop", {"contentBlockIndex": 0})
    + frame("messageStop", {"stopReason": "end_turn"})
    + frame("metadata", {"usage": CONVERSED, "metrics": {"latencyMs": 5}}),
    (100, 20),
    type=FRAMES,
)
INVOKE: Final = Wire(
    MESSAGE,
    b"".join(
        wrapped(event)
        for event in (
            {"type": "message_start", "message": {**MESSAGE, "content": [], "usage": {**MESSAGE["usage"], "output_tokens": 1}}},
            {"type": "content_block_delta", "index": 0, "delta": {"type": "text_delta", "text": "hi"}},
            {"type": "message_delta", "delta": {"stop_reason": "end_turn"}, "usage": {"output_tokens": 20}},
            {"type": "message_stop", "amazon-bedrock-invocationMetrics": {"inputTokenCount": 10, "outputTokenCount": 20}},
        )
    ),
    (80, 20),
    type=FRAMES,
)
CLAUDE: Final = "anthropic.claude-haiku-4-5-20251001-v1:0"
KEYS: Final = {"aws_access_key_id": "k", "aws_secret_access_key": "s", "region_name": "us-east-1"}
BEDROCK: Final = "http://bedrock-runtime.us-east-1.amazonaws.com"


class OpenAI(Sdk):
    wire = OPENAI
    url = "http://api.openai.com/v1"
    model = "gpt-4o-mini"

    def client(self) -> Any:
        return need("openai").OpenAI(api_key="k", base_url=self.url)

    def async_client(self) -> Any:
        return need("openai").AsyncOpenAI(api_key="k", base_url=self.url)

    def call(self, client: Any) -> Any:
        return client.chat.completions.create(model=self.model, messages=HI)

    def stream(self, client: Any) -> Any:
        return client.chat.completions.create(model=self.model, messages=HI, stream=True)


class Groq(OpenAI):
    wire = GROQ
    model = "llama-3.3-70b-versatile"

    def client(self) -> Any:
        return need("groq").Groq(api_key="k", base_url="http://api.groq.com")

    def async_client(self) -> Any:
        return need("groq").AsyncGroq(api_key="k", base_url="http://api.groq.com")


class Together(OpenAI):
    wire = USAGE_UNASKED
    model = "meta-llama/Llama-3.3-70B-Instruct-Turbo"

    def client(self) -> Any:
        return need("together").Together(api_key="k", base_url=self.base())

    def async_client(self) -> Any:
        return need("together").AsyncTogether(api_key="k", base_url=self.base())

    def base(self) -> str:
        """Return the base URL; the version of the interface is a part of it until the SDK's third major."""
        is_old = int(version("together").partition(".")[0]) < 3
        return "http://api.together.xyz/v1" if is_old else "http://api.together.xyz"


class Anthropic(Sdk):
    wire = ANTHROPIC

    def client(self) -> Any:
        return need("anthropic").Anthropic(api_key="k", base_url="http://api.anthropic.com")

    def async_client(self) -> Any:
        return need("anthropic").AsyncAnthropic(api_key="k", base_url="http://api.anthropic.com")

    def call(self, client: Any) -> Any:
        return client.messages.create(model="claude-haiku-4-5", max_tokens=9, messages=HI)

    def stream(self, client: Any) -> Any:
        return client.messages.create(model="claude-haiku-4-5", max_tokens=9, messages=HI, stream=True)


class Gemini(Sdk):
    wire = GEMINI
    asked: dict[str, Any] = {"model": "gemini-2.5-flash", "contents": "hi"}

    def client(self) -> Any:
        options = {"base_url": "http://generativelanguage.googleapis.com", "async_client_args": {"trust_env": True}}
        return need("google.genai").Client(api_key="k", http_options=options)

    async_client = client

    def call(self, client: Any) -> Any:
        return client.models.generate_content(**self.asked)

    def stream(self, client: Any) -> Any:
        return client.models.generate_content_stream(**self.asked)

    async def acall(self, client: Any) -> Any:
        return await client.aio.models.generate_content(**self.asked)

    async def astream(self, client: Any) -> Any:
        return await client.aio.models.generate_content_stream(**self.asked)


class Mistral(Sdk):
    wire = USAGE_UNASKED

    def client(self) -> Any:
        home = need("mistralai" if version("mistralai").startswith("1.") else "mistralai.client")
        return home.Mistral(api_key="k", server_url="http://api.mistral.ai")

    async_client = client

    def call(self, client: Any) -> Any:
        return client.chat.complete(model="mistral-small-latest", messages=HI)

    def stream(self, client: Any) -> Any:
        return client.chat.stream(model="mistral-small-latest", messages=HI)

    async def acall(self, client: Any) -> Any:
        return await client.chat.complete_async(model="mistral-small-latest", messages=HI)

    async def astream(self, client: Any) -> Any:
        return await client.chat.stream_async(model="mistral-small-latest", messages=HI)


class Cohere(Sdk):
    wire = COHERE

    def client(self) -> Any:
        return need("cohere").ClientV2("k", base_url="http://api.cohere.com")

    def async_client(self) -> Any:
        return need("cohere").AsyncClientV2("k", base_url="http://api.cohere.com")

    def call(self, client: Any) -> Any:
        return client.chat(model="command-r-08-2024", messages=HI)

    def stream(self, client: Any) -> Any:
        return client.chat_stream(model="command-r-08-2024", messages=HI)

    async def astream(self, client: Any) -> Any:
        return self.stream(client)


class Ollama(Sdk):
    wire = OLLAMA

    def client(self) -> Any:
        return need("ollama").Client(host="http://ollama.com")

    def async_client(self) -> Any:
        return need("ollama").AsyncClient(host="http://ollama.com")

    def call(self, client: Any) -> Any:
        return client.chat(model="llama3", messages=HI)

    def stream(self, client: Any) -> Any:
        return client.chat(model="llama3", messages=HI, stream=True)


class BotoConverse(Sdk):
    wire = CONVERSE
    has_async = False
    has_gzip = False  # botocore asks for no encoding and undoes none
    asked: dict[str, Any] = {"modelId": CLAUDE, "messages": [{"role": "user", "content": [{"text": "hi"}]}]}

    def client(self) -> Any:
        return need("boto3").client("bedrock-runtime", endpoint_url=BEDROCK, **KEYS)

    def call(self, client: Any) -> Any:
        return client.converse(**self.asked)

    def stream(self, client: Any) -> Any:
        return client.converse_stream(**self.asked)["stream"]


class BotoInvoke(BotoConverse):
    wire = INVOKE
    body: Final = json.dumps({"anthropic_version": "bedrock-2023-05-31", "max_tokens": 9, "messages": HI})

    def call(self, client: Any) -> Any:
        return client.invoke_model(modelId=CLAUDE, body=self.body)["body"].read()

    def stream(self, client: Any) -> Any:
        return client.invoke_model_with_response_stream(modelId=CLAUDE, body=self.body)["body"]


class AioBoto(BotoConverse):
    has_async = True
    has_sync = False

    def async_client(self) -> Any:
        return need("aioboto3").Session().client("bedrock-runtime", endpoint_url=BEDROCK, **KEYS)

    async def acall(self, client: Any) -> Any:
        return await client.converse(**self.asked)

    async def astream(self, client: Any) -> Any:
        return (await client.converse_stream(**self.asked))["stream"]


class LiteLLM(Sdk):
    wire = OPENAI
    asked: dict[str, Any] = {"model": "openai/gpt-4o-mini", "api_base": "http://api.openai.com/v1", "api_key": "k"}

    def client(self) -> Any:
        os.environ["LITELLM_LOCAL_MODEL_COST_MAP"] = "True"  # else it fetches prices from the network
        litellm: Any = need("litellm")
        litellm.suppress_debug_info = True
        return litellm.completion

    def async_client(self) -> Any:
        return need("litellm").acompletion

    def call(self, client: Any) -> Any:
        return client(messages=HI, **self.asked)

    def stream(self, client: Any) -> Any:
        return client(messages=HI, stream=True, **self.asked)


class LiteLLMAnthropic(LiteLLM):
    wire = ANTHROPIC
    asked: dict[str, Any] = {"model": "anthropic/claude-haiku-4-5", "api_base": "http://api.anthropic.com", "api_key": "k"}


class LiteLLMBedrock(LiteLLM):
    wire = CONVERSE
    asked: dict[str, Any] = {"model": f"bedrock/converse/{CLAUDE}", "api_base": BEDROCK, "aws_region_name": "us-east-1"} | {
        key: value for key, value in KEYS.items() if key != "region_name"
    }


class LangChainOpenAI(Sdk):
    wire = OPENAI

    def client(self) -> Any:
        return need("langchain_openai").ChatOpenAI(model="gpt-4o-mini", api_key="k", base_url="http://api.openai.com/v1")

    async_client = client

    def call(self, client: Any) -> Any:
        return client.invoke("hi")

    def stream(self, client: Any) -> Any:
        return client.stream("hi")

    async def acall(self, client: Any) -> Any:
        return await client.ainvoke("hi")

    async def astream(self, client: Any) -> Any:
        return client.astream("hi")


class LangChainAnthropic(LangChainOpenAI):
    wire = ANTHROPIC

    def client(self) -> Any:
        return need("langchain_anthropic").ChatAnthropic(model="claude-haiku-4-5", api_key="k", base_url="http://api.anthropic.com")

    async_client = client


class PydanticAI(Sdk):
    wire = OPENAI
    has_stream = False

    def client(self) -> Any:
        provider = need("pydantic_ai.providers.openai").OpenAIProvider(api_key="k", base_url="http://api.openai.com/v1")
        return need("pydantic_ai").Agent(need("pydantic_ai.models.openai").OpenAIChatModel("gpt-4o-mini", provider=provider))

    async_client = client

    def call(self, client: Any) -> Any:
        return client.run_sync("hi")

    async def acall(self, client: Any) -> Any:
        return await client.run("hi")


class PydanticAIAnthropic(PydanticAI):
    wire = ANTHROPIC

    def client(self) -> Any:
        provider = need("pydantic_ai.providers.anthropic").AnthropicProvider(api_key="k", base_url="http://api.anthropic.com")
        return need("pydantic_ai").Agent(need("pydantic_ai.models.anthropic").AnthropicModel("claude-haiku-4-5", provider=provider))

    async_client = client


class Instructor(Sdk):
    wire = OPENAI._replace(
        answer={
            **CHAT,
            "choices": [
                {
                    "index": 0,
                    "finish_reason": "tool_calls",
                    "message": {
                        "role": "assistant",
                        "content": None,
                        "tool_calls": [{"id": "c", "type": "function", "function": {"name": "Word", "arguments": '{"text": "hi"}'}}],
                    },
                }
            ],
        }
    )
    has_stream = False

    def client(self) -> Any:
        return need("instructor").from_openai(need("openai").OpenAI(api_key="k", base_url="http://api.openai.com/v1"))

    def async_client(self) -> Any:
        return need("instructor").from_openai(need("openai").AsyncOpenAI(api_key="k", base_url="http://api.openai.com/v1"))

    def call(self, client: Any) -> Any:
        return client.chat.completions.create(
            model="gpt-4o-mini", messages=HI, response_model=need("pydantic").create_model("Word", text=(str, ...))
        )


SDKS: Final[dict[str, Sdk]] = {
    "openai": OpenAI(),
    "anthropic": Anthropic(),
    "google-genai": Gemini(),
    "mistralai": Mistral(),
    "cohere": Cohere(),
    "groq": Groq(),
    "together": Together(),
    "ollama": Ollama(),
    "boto3-converse": BotoConverse(),
    "boto3-invoke": BotoInvoke(),
    "aioboto3-converse": AioBoto(),
    "litellm-openai": LiteLLM(),
    "litellm-anthropic": LiteLLMAnthropic(),
    "litellm-bedrock": LiteLLMBedrock(),
    "langchain-openai": LangChainOpenAI(),
    "langchain-anthropic": LangChainAnthropic(),
    "pydantic-ai-openai": PydanticAI(),
    "pydantic-ai-anthropic": PydanticAIAnthropic(),
    "instructor": Instructor(),
}
