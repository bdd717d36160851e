"""Know OpenRouter's SDK and host."""

from __future__ import annotations

from typing import Final

from cost_lib.catalog.model import Bills, ClientClass, Host, Layer, Method, Provider

PROVIDER: Final = Provider(
    name="openrouter",
    layer=Layer.SDK,
    packages=("openrouter",),
    source="openrouter 1.3.84 introspected",
    checked="2026-11-22",
    classes=(
        ClientClass(
            names=("openrouter.OpenRouter", "openrouter.sdk.OpenRouter"),
            model="",
            methods=(
                Method("chat.send"),
                Method("chat.send_async"),
                Method("completions.generate", api="completions"),
                Method("completions.generate_async", api="completions"),
                Method("responses.send", api="responses"),
                Method("responses.send_async", api="responses"),
                Method("beta.responses.send", api="responses"),
                Method("beta.responses.send_async", api="responses"),
                Method("presets.create_presets_chat_completions"),
                Method("presets.create_presets_chat_completions_async"),
                Method("presets.create_presets_messages", api="messages"),
                Method("presets.create_presets_messages_async", api="messages"),
                Method("presets.create_presets_responses", api="responses"),
                Method("presets.create_presets_responses_async", api="responses"),
                Method("alpha.decisions.create", api="decisions"),
                Method("alpha.decisions.create_async", api="decisions"),
                Method("system_one.create", api="decisions"),
                Method("system_one.create_async", api="decisions"),
                Method("embeddings.generate", api="embeddings"),
                Method("embeddings.generate_async", api="embeddings"),
                Method("images.generate", api="images"),
                Method("images.generate_async", api="images"),
                Method("rerank.rerank", api="rerank"),
                Method("rerank.rerank_async", api="rerank"),
                Method("stt.create_transcription", api="audio"),
                Method("stt.create_transcription_async", api="audio"),
                Method("stt.create_transcription_multipart", api="audio"),
                Method("stt.create_transcription_multipart_async", api="audio"),
                Method("tts.create_speech", api="audio"),
                Method("tts.create_speech_async", api="audio"),
                Method("video_generation.generate", Bills.JOB, "video"),
                Method("video_generation.generate_async", Bills.JOB, "video"),
                Method("batch.create_batches", Bills.JOB, "batch", model=""),
                Method("batch.create_batches_async", Bills.JOB, "batch", model=""),
            ),
            free=("models.list", "models.count", "credits.get_credits", "api_keys.create", "generations.get_generation"),
        ),
    ),
    hosts=(
        Host(
            host="openrouter.ai",
            paths=(
                "/api/v1/chat/completions",
                "/api/v1/completions",
                "/api/v1/responses",
                "/api/v1/messages",
                "/api/v1/embeddings",
                "/api/v1/images",
                "/api/v1/videos",
                "/api/v1/audio/speech",
                "/api/v1/audio/transcriptions",
                "/api/v1/rerank",
                "/api/v1/batches",
                "/api/v1/systemone",
                "/api/alpha/decisions",
                "/api/v1/presets/*/chat/completions",
                "/api/v1/presets/*/messages",
                "/api/v1/presets/*/responses",
            ),
            free=("/api/v1/models", "/api/v1/key", "/api/v1/credits", "/api/v1/generation"),
        ),
    ),
)
