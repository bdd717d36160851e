"""Know any-llm, one call for many providers."""

from __future__ import annotations

from typing import Final

from cost_lib.catalog.model import Bills, ClientClass, Function, Layer, Method, Provider

ANY = "any_llm.AnyLLM"

PROVIDER: Final = Provider(
    name="any-llm",
    layer=Layer.FRAMEWORK,
    packages=("any-llm-sdk",),
    source="any-llm-sdk 1.40.2, source read",
    checked="2026-11-22",
    classes=(
        ClientClass(
            names=(ANY, "any_llm.any_llm.AnyLLM"),
            methods=(
                Method("completion"),
                Method("acompletion"),
                Method("messages", api="messages"),
                Method("amessages", api="messages"),
                Method("responses", api="responses"),
                Method("aresponses", api="responses"),
                Method("decide", api="decisions"),
                Method("adecide", api="decisions"),
                Method("aembedding", api="embeddings"),
                Method("aimage_generation", api="images"),
                Method("aimage_edit", api="images"),
                Method("atranscription", api="audio"),
                Method("aspeech", api="audio"),
                Method("arerank", api="rerank"),
                Method("create_batch", Bills.JOB, "batch", model=""),
                Method("acreate_batch", Bills.JOB, "batch", model=""),
            ),
            free=("amoderation", "list_models", "alist_models", "retrieve_batch", "cancel_batch", "list_batches", "retrieve_batch_results"),
            model="",
        ),
    ),
    functions=(
        Function(names=("any_llm.completion", "any_llm.acompletion", "any_llm.api.completion", "any_llm.api.acompletion")),
        Function(names=("any_llm.responses", "any_llm.aresponses"), api="responses"),
        Function(names=("any_llm.messages", "any_llm.amessages"), api="messages"),
        Function(names=("any_llm.decide", "any_llm.adecide"), api="decisions"),
        Function(names=("any_llm.embedding", "any_llm.aembedding"), api="embeddings"),
        Function(
            names=("any_llm.image_generation", "any_llm.aimage_generation", "any_llm.image_edit", "any_llm.aimage_edit"), api="images"
        ),
        Function(names=("any_llm.transcription", "any_llm.atranscription", "any_llm.speech", "any_llm.aspeech"), api="audio"),
        Function(names=("any_llm.rerank", "any_llm.arerank"), api="rerank"),
        Function(names=("any_llm.create_batch", "any_llm.acreate_batch"), bills=Bills.JOB, api="batch", model=""),
        Function(
            names=("any_llm.moderation", "any_llm.amoderation", "any_llm.list_models", "any_llm.alist_models"), bills=Bills.FREE, model=""
        ),
        Function(
            names=("any_llm.AnyLLM.create", "any_llm.AnyLLM.create_openai_compatible"), bills=Bills.FREE, api="", returns=ANY, model=""
        ),
    ),
)
