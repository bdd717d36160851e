"""Know Baidu's Qianfan SDK."""

from __future__ import annotations

from typing import Final

from cost_lib.catalog.model import ClientClass, Host, Layer, Method, Provider

CHAT = "qianfan.ChatCompletion"
EMBEDDING = "qianfan.Embedding"

PROVIDER: Final = Provider(
    name="qianfan",
    layer=Layer.SDK,
    packages=("qianfan",),
    source="https://github.com/baidubce/bce-qianfan-sdk (0.4)",
    checked="2026-11-22",
    classes=(
        ClientClass(
            names=(
                CHAT,
                "qianfan.Completion",
                "qianfan.Function",
                "qianfan.Plugin",
                "qianfan.resources.ChatCompletion",
                "qianfan.resources.Completion",
                "qianfan.resources.Plugin",
                "qianfan.resources.llm.chat_completion.ChatCompletion",
                "qianfan.resources.llm.completion.Completion",
            ),
            methods=(Method("do"), Method("ado"), Method("batch_do", model=""), Method("abatch_do", model="")),
            free=("models", "endpoints", "get_model_info"),
        ),
        ClientClass(
            names=(EMBEDDING, "qianfan.resources.Embedding", "qianfan.resources.llm.embedding.Embedding"),
            methods=(
                Method("do", api="embeddings"),
                Method("ado", api="embeddings"),
                Method("batch_do", api="embeddings", model=""),
                Method("abatch_do", api="embeddings", model=""),
            ),
            free=("models", "endpoints"),
        ),
        ClientClass(
            names=("qianfan.Reranker", "qianfan.resources.Reranker"),
            methods=(Method("do", api="rerank"), Method("ado", api="rerank")),
        ),
        ClientClass(
            names=("qianfan.Text2Image", "qianfan.Image2Text", "qianfan.resources.Text2Image", "qianfan.resources.Image2Text"),
            methods=(
                Method("do", api="images"),
                Method("ado", api="images"),
                Method("batch_do", api="images", model=""),
                Method("abatch_do", api="images", model=""),
            ),
        ),
        ClientClass(names=("qianfan.Qianfan", "qianfan.AsyncQianfan"), model="", methods=(Method("chat.completions.create"),)),
    ),
    hosts=(
        Host(host="aip.baidubce.com", paths=("/rpc/2.0/ai_custom/v1/wenxinworkshop/**",)),
        Host(host="qianfan.baidubce.com", paths=("/v2/chat/completions", "/v2/embeddings", "/v2/images/generations", "/v2/rerank")),
    ),
)
