"""Know Alibaba's DashScope SDK: classes that are called on themselves, the 2.x client, its hosts."""

from __future__ import annotations

from typing import Final

from cost_lib.catalog.model import Bills, ClientClass, Function, Host, Layer, Method, Provider, Transport

CLIENT = "dashscope.Client"
ASR_STREAM = "dashscope.audio.asr.Recognition"
API_PATHS = (
    "/api/v1/services/**",
    "/api/v1/apps/*/completion",
    "/compatible-mode/v1/chat/completions",
    "/compatible-mode/v1/embeddings",
    "/compatible-mode/v1/responses",
    "/compatible-mode/v1/completions",
    "/compatible-mode/v1/batches",
    "/apps/anthropic/v1/messages",
    "/api-ws/v1/**",
)

PROVIDER: Final = Provider(
    name="dashscope",
    layer=Layer.SDK,
    packages=("dashscope",),
    source="dashscope 2.0.2 introspected",
    checked="2026-11-22",
    classes=(
        ClientClass(
            names=(CLIENT, "dashscope.v2.client.Client", "dashscope.v2.Client"),
            model="",
            same=("with_options",),
            methods=(
                Method("chat.completions.create"),
                Method("multimodal.chat.create"),
                Method("multimodal.embeddings.create", api="embeddings"),
                Method("apps.completions.create", api="agent", model="app_id"),
                Method("embeddings.create", api="embeddings"),
                Method("rerank.create", api="rerank"),
                Method("decision.create", api="decisions"),
                Method("images.generate", api="images"),
                Method("audio.asr.transcribe", api="audio"),
                Method("audio.asr.recognize", api="audio"),
                Method("audio.tts.synthesize", api="audio"),
                Method("embeddings.jobs.create", Bills.JOB, "batch"),
                Method("images.jobs.create", Bills.JOB, "images"),
                Method("videos.generate", Bills.JOB, "video"),
                Method("videos.jobs.create", Bills.JOB, "video"),
                Method("fine_tunes.create", Bills.JOB, "fine-tuning"),
            ),
            free=("tokenization.count", "files.create", "models.list", "deployments.create"),
        ),
        ClientClass(
            names=("dashscope.AsyncClient", "dashscope.v2.client.AsyncClient", "dashscope.v2.AsyncClient"),
            bases=(CLIENT,),
            model="",
            asynchronous=True,
        ),
        ClientClass(
            names=(ASR_STREAM, "dashscope.audio.asr.recognition.Recognition"),
            methods=(
                Method("call", api="audio", transport=Transport.WEBSOCKET, model=""),
                Method("start", api="audio", transport=Transport.WEBSOCKET, model=""),
            ),
        ),
        ClientClass(
            names=("dashscope.audio.asr.TranslationRecognizerRealtime", "dashscope.audio.asr.TranslationRecognizerChat"),
            bases=(ASR_STREAM,),
        ),
        ClientClass(
            names=("dashscope.audio.tts_v2.SpeechSynthesizer", "dashscope.audio.tts_v2.speech_synthesizer.SpeechSynthesizer"),
            methods=(
                Method("call", api="audio", transport=Transport.WEBSOCKET, model=""),
                Method("streaming_call", api="audio", transport=Transport.WEBSOCKET, model=""),
            ),
        ),
        ClientClass(
            names=(
                "dashscope.audio.qwen_omni.OmniRealtimeConversation",
                "dashscope.audio.qwen_tts_realtime.QwenTtsRealtime",
            ),
            methods=(Method("connect", api="realtime", transport=Transport.WEBSOCKET, model=""),),
        ),
        ClientClass(names=("dashscope.Conversation", "dashscope.aigc.conversation.Conversation"), methods=(Method("call"),)),
    ),
    functions=(
        Function(
            names=(
                "dashscope.chat",
                "dashscope.Generation.call",
                "dashscope.AioGeneration.call",
                "dashscope.aigc.generation.Generation.call",
                "dashscope.aigc.generation.AioGeneration.call",
                "dashscope.aigc.Generation.call",
                "dashscope.CodeGeneration.call",
                "dashscope.Conversation.call",
                "dashscope.MultiModalConversation.call",
                "dashscope.AioMultiModalConversation.call",
                "dashscope.aigc.multimodal_conversation.MultiModalConversation.call",
                "dashscope.aigc.multimodal_conversation.AioMultiModalConversation.call",
            ),
            positions=("model",),
        ),
        Function(names=("dashscope.Application.call", "dashscope.app.application.Application.call"), api="agent", model="app_id"),
        Function(
            names=(
                "dashscope.TextEmbedding.call",
                "dashscope.embeddings.TextEmbedding.call",
                "dashscope.MultiModalEmbedding.call",
                "dashscope.AioMultiModalEmbedding.call",
            ),
            api="embeddings",
            positions=("model",),
        ),
        Function(
            names=("dashscope.TextReRank.call", "dashscope.AioTextReRank.call", "dashscope.rerank.TextReRank.call"),
            api="rerank",
            positions=("model",),
        ),
        Function(names=("dashscope.Understanding.call",), api="task", positions=("model",)),
        Function(
            names=(
                "dashscope.SpeechSynthesizer.call",
                "dashscope.audio.tts.SpeechSynthesizer.call",
                "dashscope.audio.qwen_tts.SpeechSynthesizer.call",
                "dashscope.HttpSpeechSynthesizer.call",
                "dashscope.Transcription.call",
                "dashscope.Transcription.async_call",
                "dashscope.audio.asr.Transcription.call",
                "dashscope.audio.asr.Transcription.async_call",
                "dashscope.audio.qwen_asr.QwenTranscription.call",
                "dashscope.audio.qwen_asr.QwenTranscription.async_call",
            ),
            api="audio",
            positions=("model",),
        ),
        Function(
            names=(
                "dashscope.ImageSynthesis.call",
                "dashscope.ImageSynthesis.async_call",
                "dashscope.ImageSynthesis.sync_call",
                "dashscope.aigc.image_synthesis.ImageSynthesis.call",
            ),
            api="images",
            positions=("model",),
        ),
        Function(
            names=("dashscope.Runs.create", "dashscope.Runs.create_thread_and_run", "dashscope.Runs.submit_tool_outputs"),
            api="agent",
        ),
        Function(
            names=("dashscope.VideoSynthesis.call", "dashscope.VideoSynthesis.async_call"),
            bills=Bills.JOB,
            api="video",
            positions=("model",),
        ),
        Function(
            names=("dashscope.BatchTextEmbedding.call", "dashscope.BatchTextEmbedding.async_call"),
            bills=Bills.JOB,
            api="batch",
            positions=("model",),
        ),
        Function(names=("dashscope.FineTunes.call",), bills=Bills.JOB, api="fine-tuning", positions=("model",)),
        Function(names=("dashscope.Tokenization.call",), bills=Bills.FREE, api=""),
    ),
    hosts=(
        Host(host="dashscope.aliyuncs.com", paths=API_PATHS),
        Host(host="dashscope-intl.aliyuncs.com", paths=API_PATHS),
        Host(host="dashscope-us.aliyuncs.com", paths=API_PATHS),
    ),
)
