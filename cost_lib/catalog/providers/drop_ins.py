"""Know the drop-in and wrapped SDK clients of tracing products: they send what the client they stand for sends."""

from __future__ import annotations

from typing import Final

from cost_lib.catalog.model import Bills, ClientClass, Function, Layer, Provider

OPENAI = "openai.OpenAI"
ANTHROPIC = "anthropic.Anthropic"
WRAPPED_OPENAI = "langsmith.wrappers.wrap_openai()"
WRAPPED_ANTHROPIC = "langsmith.wrappers.wrap_anthropic()"

PROVIDER: Final = Provider(
    name="openai",
    layer=Layer.SDK,
    packages=("langfuse", "langsmith", "braintrust", "opik", "posthog", "deepeval", "gptcache"),
    source="langfuse 5.0.4, langsmith 0.15.0, braintrust 0.48.1, opik 2.2.122, posthog 7.91.1 and others, read",
    checked="2026-11-22",
    classes=(
        ClientClass(
            names=(
                "langfuse.openai.OpenAI",
                "langfuse.openai.openai.OpenAI",
                "posthog.ai.openai.OpenAI",
                "posthog.ai.openai.openai.OpenAI",
                "deepeval.openai.OpenAI",
            ),
            bases=(OPENAI,),
            model="",
        ),
        ClientClass(
            names=(
                "langfuse.openai.AsyncOpenAI",
                "langfuse.openai.openai.AsyncOpenAI",
                "posthog.ai.openai.AsyncOpenAI",
                "posthog.ai.openai.openai_async.AsyncOpenAI",
                "deepeval.openai.AsyncOpenAI",
            ),
            bases=(OPENAI,),
            model="",
            asynchronous=True,
        ),
        ClientClass(
            names=(
                "langfuse.openai.AzureOpenAI",
                "langfuse.openai.AsyncAzureOpenAI",
                "langfuse.openai.openai.AzureOpenAI",
                "langfuse.openai.openai.AsyncAzureOpenAI",
                "posthog.ai.openai.AzureOpenAI",
                "posthog.ai.openai.AsyncAzureOpenAI",
            ),
            bases=(OPENAI,),
            provider="azure.ai.openai",
            model="azure_deployment",
        ),
        ClientClass(
            names=(
                "posthog.ai.anthropic.Anthropic",
                "posthog.ai.anthropic.AsyncAnthropic",
                "posthog.ai.anthropic.AnthropicBedrock",
                "posthog.ai.anthropic.AnthropicVertex",
                "deepeval.anthropic.Anthropic",
                "deepeval.anthropic.AsyncAnthropic",
            ),
            bases=(ANTHROPIC,),
            provider="anthropic",
            model="",
        ),
        ClientClass(names=(WRAPPED_OPENAI,), bases=(OPENAI,), parts=("client",), model=""),
        ClientClass(names=(WRAPPED_ANTHROPIC,), bases=(ANTHROPIC,), provider="anthropic", parts=("client",), model=""),
    ),
    functions=(
        Function(
            names=(
                "langfuse.openai.openai.chat.completions.create",
                "langfuse.openai.openai.chat.completions.parse",
                "langfuse.openai.openai.beta.chat.completions.parse",
                "langfuse.openai.openai.ChatCompletion.create",
                "langfuse.openai.openai.ChatCompletion.acreate",
            ),
        ),
        Function(names=("langfuse.openai.openai.completions.create", "langfuse.openai.openai.Completion.create"), api="completions"),
        Function(names=("langfuse.openai.openai.responses.create", "langfuse.openai.openai.responses.parse"), api="responses"),
        Function(names=("langfuse.openai.openai.embeddings.create", "langfuse.openai.openai.Embedding.create"), api="embeddings"),
        Function(
            names=("gptcache.adapter.openai.ChatCompletion.create", "gptcache.adapter.openai.ChatCompletion.acreate"),
            note="asks the provider when the cache does not know",
        ),
        Function(names=("gptcache.adapter.openai.Completion.create", "gptcache.adapter.openai.Completion.acreate"), api="completions"),
        Function(names=("gptcache.adapter.openai.Image.create",), api="images", model=""),
        Function(names=("gptcache.adapter.openai.Audio.transcribe", "gptcache.adapter.openai.Audio.translate"), api="audio"),
        Function(
            names=("langsmith.wrappers.wrap_openai", "braintrust.wrap_openai", "opik.integrations.openai.track_openai"),
            bills=Bills.FREE,
            api="",
            returns=WRAPPED_OPENAI,
            parts=("client", "openai_client"),
            positions=("client",),
            model="",
        ),
        Function(
            names=("langsmith.wrappers.wrap_anthropic", "braintrust.wrap_anthropic", "opik.integrations.anthropic.track_anthropic"),
            bills=Bills.FREE,
            api="",
            returns=WRAPPED_ANTHROPIC,
            parts=("client", "anthropic_client"),
            positions=("client",),
            model="",
        ),
    ),
)
