"""Know AI21's SDK: studio, Azure, Vertex and Bedrock clients, and the module functions of 1.x."""

from __future__ import annotations

from typing import Final

from cost_lib.catalog.model import Bills, ClientClass, Function, Host, Layer, Method, Provider

CLIENT = "ai21.AI21Client"

PROVIDER: Final = Provider(
    name="ai21",
    layer=Layer.SDK,
    packages=("ai21",),
    source="ai21 4.3.0 introspected; 1.x and 2.x from their published interface",
    checked="2026-11-22",
    classes=(
        ClientClass(
            names=(CLIENT, "ai21.clients.studio.ai21_client.AI21Client"),
            model="",
            methods=(
                Method("chat.completions.create"),
                Method("chat.create"),
                Method("completion.create", api="completions", note="2.x"),
                Method("answer.create", api="completions", note="2.x", model=""),
                Method("summarize.create", api="completions", note="2.x", model=""),
                Method("paraphrase.create", api="completions", note="2.x", model=""),
                Method("gec.create", api="completions", note="2.x", model=""),
                Method("embed.create", api="embeddings", note="2.x", model=""),
                Method("improvements.create", api="completions", note="2.x", model=""),
                Method("library.answer.create", api="completions", note="2.x", model=""),
                Method("library.search.create", api="search", note="2.x", model=""),
                Method("segmentation.create", api="completions", note="2.x", model=""),
                Method("summarize_by_segment.create", api="completions", note="2.x", model=""),
                Method("custom_model.create", Bills.JOB, "fine-tuning", note="2.x", model=""),
                Method("beta.conversational_rag.create", api="agent"),
                Method("beta.maestro.runs.create", api="agent", model=""),
                Method("beta.maestro.runs.create_and_poll", api="agent", model=""),
                Method("beta.agents.runs.create", api="agent", model=""),
                Method("beta.agents.runs.create_and_poll", api="agent", model=""),
                Method("beta.batches.create", Bills.JOB, "batch", model=""),
            ),
            free=("count_tokens", "beta.agents.create", "beta.batches.cancel", "library.files.create"),
        ),
        ClientClass(
            names=("ai21.AsyncAI21Client", "ai21.clients.studio.async_ai21_client.AsyncAI21Client"),
            bases=(CLIENT,),
            model="",
            asynchronous=True,
        ),
        ClientClass(
            names=(
                "ai21.AI21AzureClient",
                "ai21.AI21VertexClient",
                "ai21.AI21BedrockClient",
                "ai21.clients.azure.ai21_azure_client.AI21AzureClient",
                "ai21.clients.vertex.ai21_vertex_client.AI21VertexClient",
                "ai21.clients.bedrock.ai21_bedrock_client.AI21BedrockClient",
                "ai21.clients.launchpad.ai21_launchpad_client.AI21LaunchpadClient",
            ),
            bases=(CLIENT,),
        ),
        ClientClass(
            names=(
                "ai21.AsyncAI21AzureClient",
                "ai21.AsyncAI21VertexClient",
                "ai21.AsyncAI21BedrockClient",
                "ai21.clients.azure.ai21_azure_client.AsyncAI21AzureClient",
                "ai21.clients.vertex.ai21_vertex_client.AsyncAI21VertexClient",
                "ai21.clients.bedrock.ai21_bedrock_client.AsyncAI21BedrockClient",
            ),
            bases=(CLIENT,),
            asynchronous=True,
        ),
    ),
    functions=(
        Function(
            names=(
                "ai21.Completion.execute",
                "ai21.Answer.execute",
                "ai21.Summarize.execute",
                "ai21.Paraphrase.execute",
                "ai21.GEC.execute",
            ),
            api="completions",
        ),
    ),
    hosts=(
        Host(
            host="api.ai21.com",
            paths=("/studio/v1/chat/completions", "/studio/v1/maestro/runs", "/studio/v1/conversational-rag", "/studio/v1/*/complete"),
        ),
    ),
)
