"""Know xAI's SDK, which speaks gRPC, and its HTTP host."""

from __future__ import annotations

from typing import Final

from cost_lib.catalog.model import Bills, ClientClass, Host, Layer, Method, Provider, Transport

CLIENT = "xai_sdk.Client"
CHAT = "xai_sdk.sync.chat.Chat"
ASYNC_CHAT = "xai_sdk.aio.chat.Chat"
PATHS: Final = (
    "/v1/chat/completions",
    "/v1/completions",
    "/v1/responses",
    "/v1/messages",
    "/v1/embeddings",
    "/v1/images/generations",
    "/v1/images/edits",
    "/v1/videos/generations",
    "/v1/stt",
    "/v1/tts",
    "/v1/batches",
)
FREE_PATHS: Final = ("/v1/models", "/v1/tokenize-text")

PROVIDER: Final = Provider(
    name="x_ai",
    layer=Layer.SDK,
    packages=("xai-sdk",),
    source="xai-sdk 1.21.0 introspected",
    checked="2026-11-22",
    classes=(
        ClientClass(
            names=(CLIENT, "xai_sdk.sync.client.Client"),
            model="",
            methods=(
                Method("chat.create", Bills.FREE, returns=CHAT),
                Method("chat.compact_context", transport=Transport.GRPC),
                Method("image.sample", api="images", transport=Transport.GRPC),
                Method("image.sample_batch", api="images", transport=Transport.GRPC),
                Method("collections.search", api="search", transport=Transport.GRPC, model=""),
                Method("collections.generate_description", transport=Transport.GRPC, model=""),
                Method("video.generate", Bills.JOB, "video", Transport.GRPC),
                Method("video.start", Bills.JOB, "video", Transport.GRPC),
                Method("video.extend", Bills.JOB, "video", Transport.GRPC),
                Method("video.extend_start", Bills.JOB, "video", Transport.GRPC),
                Method("batch.create", Bills.JOB, "batch", Transport.GRPC, model=""),
                Method("batch.add", Bills.JOB, "batch", Transport.GRPC, model=""),
            ),
            free=(
                "batch.cancel",
                "chat.get_stored_completion",
                "chat.delete_stored_completion",
                "collections.create",
                "files.upload",
                "tokenize.tokenize_text",
                "models.list_language_models",
            ),
        ),
        ClientClass(
            names=("xai_sdk.AsyncClient", "xai_sdk.aio.client.Client"),
            bases=(CLIENT,),
            model="",
            methods=(Method("chat.create", Bills.FREE, returns=ASYNC_CHAT),),
            asynchronous=True,
        ),
        ClientClass(
            names=(CHAT,),
            model="",
            methods=(
                Method("sample", transport=Transport.GRPC, model=""),
                Method("sample_batch", transport=Transport.GRPC, model=""),
                Method("stream", transport=Transport.GRPC, model=""),
                Method("stream_batch", transport=Transport.GRPC, model=""),
                Method("parse", transport=Transport.GRPC, model=""),
                Method("compact", transport=Transport.GRPC, model=""),
                Method("defer", Bills.JOB, transport=Transport.GRPC, model=""),
                Method("defer_batch", Bills.JOB, transport=Transport.GRPC, model=""),
            ),
            free=("append",),
            same=("append",),
        ),
        ClientClass(names=(ASYNC_CHAT,), bases=(CHAT,), model="", asynchronous=True),
    ),
    hosts=(
        Host(host="api.x.ai", paths=PATHS, free=FREE_PATHS),
        Host(host="*.api.x.ai", paths=PATHS, free=FREE_PATHS),  # of a region
    ),
)
