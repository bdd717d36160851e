"""Know google-generativeai, the end-of-life SDK for the Gemini API; it speaks gRPC unless configured otherwise."""

from __future__ import annotations

from typing import Final

from cost_lib.catalog.model import Bills, ClientClass, Function, Layer, Method, Provider, Transport

MODEL = "google.generativeai.GenerativeModel"
CHAT = "google.generativeai.ChatSession"
LEGACY_CHAT = "google.generativeai.discuss.ChatResponse"

PROVIDER: Final = Provider(
    name="gcp.gemini",
    layer=Layer.SDK,
    packages=("google-generativeai",),
    source="google-generativeai 0.8.6 introspected; PaLM functions from 0.1 to 0.7",
    checked="2026-11-22",
    classes=(
        ClientClass(
            names=(MODEL, "google.generativeai.generative_models.GenerativeModel"),
            model="model_name",
            methods=(
                Method("generate_content", transport=Transport.GRPC, model=""),
                Method("generate_content_async", transport=Transport.GRPC, model=""),
                Method("start_chat", Bills.FREE, returns=CHAT, model=""),
            ),
            free=("count_tokens", "count_tokens_async"),
        ),
        ClientClass(
            names=(CHAT, "google.generativeai.generative_models.ChatSession"),
            model="",
            methods=(
                Method("send_message", transport=Transport.GRPC, model=""),
                Method("send_message_async", transport=Transport.GRPC, model=""),
            ),
            free=("rewind",),
        ),
        ClientClass(
            names=(LEGACY_CHAT, "google.generativeai.types.ChatResponse"),
            model="",
            methods=(Method("reply", transport=Transport.GRPC, model=""), Method("reply_async", transport=Transport.GRPC, model="")),
        ),
        # The generated clients underneath.
        ClientClass(
            names=(
                "google.ai.generativelanguage.GenerativeServiceClient",
                "google.ai.generativelanguage_v1beta.GenerativeServiceClient",
                "google.ai.generativelanguage_v1.GenerativeServiceClient",
                "google.ai.generativelanguage.GenerativeServiceAsyncClient",
                "google.ai.generativelanguage_v1beta.GenerativeServiceAsyncClient",
                "google.ai.generativelanguage_v1.GenerativeServiceAsyncClient",
            ),
            model="",
            methods=(
                Method("generate_content", transport=Transport.GRPC),
                Method("stream_generate_content", transport=Transport.GRPC),
                Method("generate_answer", transport=Transport.GRPC),
                Method("embed_content", api="embeddings", transport=Transport.GRPC),
                Method("batch_embed_contents", api="embeddings", transport=Transport.GRPC),
            ),
            free=("count_tokens",),
        ),
    ),
    functions=(
        Function(
            names=(
                "google.generativeai.embed_content",
                "google.generativeai.embed_content_async",
                "google.generativeai.embedding.embed_content",
                "google.generativeai.embedding.embed_content_async",
                "google.generativeai.generate_embeddings",
            ),
            api="embeddings",
            transport=Transport.GRPC,
            positions=("model", "content"),
        ),
        Function(
            names=("google.generativeai.generate_text", "google.generativeai.text.generate_text"),
            api="completions",
            transport=Transport.GRPC,
        ),
        Function(
            names=("google.generativeai.chat", "google.generativeai.chat_async", "google.generativeai.discuss.chat"),
            transport=Transport.GRPC,
            returns=LEGACY_CHAT,
        ),
        Function(
            names=("google.generativeai.answer.generate_answer", "google.generativeai.generate_answer"),
            transport=Transport.GRPC,
        ),
        Function(
            names=("google.generativeai.create_tuned_model", "google.generativeai.models.create_tuned_model"),
            bills=Bills.JOB,
            api="fine-tuning",
            transport=Transport.GRPC,
            model="source_model",
        ),
        Function(
            names=("google.generativeai.caching.CachedContent.create",),
            bills=Bills.STORAGE,
            api="storage",
            transport=Transport.GRPC,
        ),
        Function(
            names=(
                "google.generativeai.GenerativeModel.from_cached_content",
                "google.generativeai.generative_models.GenerativeModel.from_cached_content",
            ),
            bills=Bills.FREE,
            api="",
            returns=MODEL,
            model="",
        ),
    ),
)
