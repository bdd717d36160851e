"""Know IBM's watsonx.ai SDK and hosts."""

from __future__ import annotations

from typing import Final

from cost_lib.catalog.model import ClientClass, Host, Layer, Method, Provider

MODEL = "ibm_watsonx_ai.foundation_models.ModelInference"
EMBEDDINGS = "ibm_watsonx_ai.foundation_models.Embeddings"

PROVIDER: Final = Provider(
    name="ibm.watsonx.ai",
    layer=Layer.SDK,
    packages=("ibm-watsonx-ai", "ibm-watson-machine-learning"),
    source="https://ibm.github.io/watsonx-ai-python-sdk (1.3); hosts from recorded traffic",
    checked="2026-11-22",
    classes=(
        ClientClass(
            names=(
                MODEL,
                "ibm_watsonx_ai.foundation_models.Model",
                "ibm_watsonx_ai.foundation_models.inference.ModelInference",
                "ibm_watson_machine_learning.foundation_models.Model",
                "ibm_watson_machine_learning.foundation_models.ModelInference",
            ),
            model="model_id",
            methods=(
                Method("chat", model=""),
                Method("achat", model=""),
                Method("chat_stream", model=""),
                Method("achat_stream", model=""),
                Method("generate", api="completions", model=""),
                Method("agenerate", api="completions", model=""),
                Method("generate_text", api="completions", model=""),
                Method("generate_text_stream", api="completions", model=""),
                Method("agenerate_stream", api="completions", model=""),
            ),
            free=("tokenize", "get_details"),
        ),
        ClientClass(
            names=(EMBEDDINGS, "ibm_watsonx_ai.foundation_models.embeddings.Embeddings"),
            model="model_id",
            methods=(
                Method("embed_query", api="embeddings", model=""),
                Method("embed_documents", api="embeddings", model=""),
                Method("aembed_query", api="embeddings", model=""),
                Method("aembed_documents", api="embeddings", model=""),
                Method("generate", api="embeddings", model=""),
                Method("agenerate", api="embeddings", model=""),
            ),
        ),
        ClientClass(
            names=("ibm_watsonx_ai.foundation_models.Rerank",),
            model="model_id",
            methods=(Method("generate", api="rerank", model=""), Method("agenerate", api="rerank", model="")),
        ),
    ),
    hosts=(
        Host(
            host="*.ml.cloud.ibm.com",
            paths=(
                "/ml/v1-beta/generation/text",
                "/ml/v1-beta/generation/text_stream",
                "/ml/v1/text/generation",
                "/ml/v1/text/generation_stream",
                "/ml/v1/text/chat",
                "/ml/v1/text/chat_stream",
                "/ml/v1/text/embeddings",
                "/ml/v1/text/rerank",
                "/ml/v1/deployments/*/text/*",
            ),
            free=("/ml/v1/text/tokenization",),
        ),
    ),
)
