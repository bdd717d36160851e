"""Know Mirascope: decorated calls, models and the responses that resume a conversation."""

from __future__ import annotations

from typing import Final

from cost_lib.catalog.model import Bills, ClientClass, Function, Layer, Method, Provider

CALL = "mirascope.llm.Call"
DECORATOR = "mirascope.llm.CallDecorator"
MODEL = "mirascope.llm.Model"
RESPONSE = "mirascope.llm.Response"

PROVIDER: Final = Provider(
    name="mirascope",
    layer=Layer.FRAMEWORK,
    packages=("mirascope",),
    source="mirascope 2.8.2, 1.25.7 and 0.18.3, source read",
    checked="2026-11-22",
    classes=(
        ClientClass(
            names=(DECORATOR, "mirascope.llm.PromptDecorator", "mirascope.llm.calls.CallDecorator"),
            methods=(Method("", Bills.FREE, "", returns=CALL, model=""),),
            model="",
        ),
        ClientClass(
            names=(
                CALL,
                "mirascope.llm.AsyncCall",
                "mirascope.llm.ContextCall",
                "mirascope.llm.AsyncContextCall",
                "mirascope.llm.RetryCall",
                "mirascope.llm.AsyncRetryCall",
                "mirascope.llm.Prompt",
                "mirascope.llm.AsyncPrompt",
            ),
            methods=(
                Method("", model="", returns=RESPONSE),
                Method("call", model="", returns=RESPONSE),
                Method("stream", model="", returns=RESPONSE),
            ),
            free=("messages",),
            model="",
        ),
        ClientClass(
            names=(RESPONSE, "mirascope.llm.AsyncResponse", "mirascope.llm.StreamResponse", "mirascope.llm.AsyncStreamResponse"),
            methods=(
                Method("resume", model="", returns=RESPONSE),
                Method("validate", model="", note="asks again when the output does not parse"),
            ),
            free=("parse", "text", "pretty", "execute_tools"),
            model="",
        ),
        ClientClass(
            names=(MODEL, "mirascope.llm.RetryModel", "mirascope.llm.models.Model"),
            methods=(
                Method("call", model="", returns=RESPONSE),
                Method("call_async", model="", returns=RESPONSE),
                Method("stream", model="", returns=RESPONSE),
                Method("stream_async", model="", returns=RESPONSE),
                Method("context_call", model="", returns=RESPONSE),
                Method("context_call_async", model="", returns=RESPONSE),
                Method("context_stream", model="", returns=RESPONSE),
                Method("context_stream_async", model="", returns=RESPONSE),
                Method("resume", model="", returns=RESPONSE),
                Method("resume_async", model="", returns=RESPONSE),
                Method("context_resume", model="", returns=RESPONSE),
                Method("context_resume_async", model="", returns=RESPONSE),
                Method("resume_stream", model="", returns=RESPONSE),
                Method("resume_stream_async", model="", returns=RESPONSE),
                Method("context_resume_stream", model="", returns=RESPONSE),
                Method("context_resume_stream_async", model="", returns=RESPONSE),
            ),
            model="model_id",
        ),
        # 0.x: calls are subclasses that the project fills with a prompt.
        ClientClass(
            names=(
                "mirascope.openai.OpenAICall",
                "mirascope.openai.OpenAIExtractor",
                "mirascope.anthropic.AnthropicCall",
                "mirascope.anthropic.AnthropicExtractor",
                "mirascope.cohere.CohereCall",
                "mirascope.gemini.GeminiCall",
                "mirascope.groq.GroqCall",
                "mirascope.mistral.MistralCall",
            ),
            methods=(
                Method("call", model=""),
                Method("call_async", model=""),
                Method("stream", model=""),
                Method("stream_async", model=""),
                Method("extract", model=""),
                Method("extract_async", model=""),
            ),
            model="",
        ),
    ),
    functions=(
        Function(
            names=(
                "mirascope.llm.call",
                "mirascope.llm.prompt",
                "mirascope.llm.calls.call",
                "mirascope.core.anthropic.*call",
                "mirascope.core.azure.*call",
                "mirascope.core.bedrock.*call",
                "mirascope.core.cohere.*call",
                "mirascope.core.gemini.*call",
                "mirascope.core.google.*call",
                "mirascope.core.groq.*call",
                "mirascope.core.litellm.*call",
                "mirascope.core.mistral.*call",
                "mirascope.core.openai.*call",
                "mirascope.core.vertex.*call",
                "mirascope.core.xai.*call",
            ),
            bills=Bills.FREE,
            api="",
            returns=DECORATOR,
            positions=("model",),
        ),
        Function(
            names=("mirascope.llm.model", "mirascope.llm.use_model", "mirascope.llm.retry_model", "mirascope.llm.model_from_context"),
            bills=Bills.FREE,
            api="",
            returns=MODEL,
            positions=("model_id",),
            model="model_id",
        ),
    ),
)
