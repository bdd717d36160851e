"""Know Zhipu's two SDKs, zhipuai and zai, and their hosts."""

from __future__ import annotations

from typing import Final

from cost_lib.catalog.model import Bills, ClientClass, Function, Host, Layer, Method, Provider

CLIENT = "zhipuai.ZhipuAI"
API_PATHS = (
    "/api/paas/v4/chat/completions",
    "/api/paas/v4/async/chat/completions",
    "/api/paas/v4/embeddings",
    "/api/paas/v4/images/generations",
    "/api/paas/v4/videos/generations",
    "/api/paas/v4/audio/**",
    "/api/paas/v4/web_search",
    "/api/paas/v4/tools",
    "/api/coding/paas/v4/chat/completions",
    "/api/anthropic/v1/messages",
)

PROVIDER: Final = Provider(
    name="zhipuai",
    layer=Layer.SDK,
    packages=("zhipuai", "zai-sdk"),
    source="zhipuai 2.1.5.20250825 and zai-sdk 0.2.3 introspected; zhipuai 1.x from its published interface",
    checked="2026-11-22",
    classes=(
        ClientClass(
            names=(CLIENT, "zhipuai._client.ZhipuAI"),
            views=("with_raw_response", "with_streaming_response"),
            same=("with_options", "copy"),
            model="",
            methods=(
                Method("chat.completions.create"),
                Method("chat.asyncCompletions.create"),
                Method("embeddings.create", api="embeddings"),
                Method("images.generations", api="images"),
                Method("images.async_generations", api="images"),
                Method("audio.speech", api="audio"),
                Method("audio.customization", api="audio"),
                Method("audio.transcriptions.create", api="audio"),
                Method("voice.clone", api="audio"),
                Method("assistant.conversation", api="agent"),
                Method("agents.invoke", api="agent", model=""),
                Method("file_parser.create", api="ocr", model=""),
                Method("file_parser.create_sync", api="ocr", model=""),
                Method("layout_parsing.create", api="ocr"),
                Method("ocr.handwriting_ocr", api="ocr", model=""),
                Method("moderations.create", api="moderation"),
                Method("tools.web_search", api="search"),
                Method("web_search.web_search", api="search", model=""),
                Method("web_reader.web_reader", api="search", model=""),
                Method("rerank.rerank", api="rerank"),
                Method("videos.generations", Bills.JOB, "video"),
                Method("batches.create", Bills.JOB, "batch", model=""),
                Method("fine_tuning.jobs.create", Bills.JOB, "fine-tuning"),
            ),
            free=(
                "agents.async_result",
                "batches.cancel",
                "chat.asyncCompletions.retrieve_completion_result",
                "files.create",
                "fine_tuning.jobs.cancel",
                "knowledge.create",
                "videos.retrieve_videos_result",
            ),
        ),
        ClientClass(
            names=("zai.ZaiClient", "zai.ZhipuAiClient", "zai._client.ZaiClient", "zai._client.ZhipuAiClient"),
            bases=(CLIENT,),
            provider="zai",
            model="",
        ),
    ),
    functions=(
        Function(
            names=("zhipuai.model_api.invoke", "zhipuai.model_api.async_invoke", "zhipuai.model_api.sse_invoke"),
            note="1.x",
        ),
    ),
    hosts=(
        Host(host="open.bigmodel.cn", paths=API_PATHS),
        Host(host="api.z.ai", paths=API_PATHS, provider="zai"),
    ),
)
