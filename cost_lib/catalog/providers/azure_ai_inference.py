"""Know azure-ai-inference, its project client, and the hosts of Azure's model catalogue and GitHub Models."""

from __future__ import annotations

from typing import Final

from cost_lib.catalog.model import Bills, ClientClass, Function, Host, Layer, Method, Provider

CHAT = "azure.ai.inference.ChatCompletionsClient"
EMBEDDINGS = "azure.ai.inference.EmbeddingsClient"
IMAGE_EMBEDDINGS = "azure.ai.inference.ImageEmbeddingsClient"
ASYNC_CHAT = "azure.ai.inference.aio.ChatCompletionsClient"
PROJECT = "azure.ai.projects.AIProjectClient"
AGENTS = "azure.ai.agents.AgentsClient"

PROVIDER: Final = Provider(
    name="azure.ai.inference",
    layer=Layer.SDK,
    packages=("azure-ai-inference", "azure-ai-projects", "azure-ai-agents"),
    source="azure-ai-inference 1.0.0b9 introspected; azure-ai-projects and azure-ai-agents from their published interface",
    checked="2026-11-22",
    classes=(
        ClientClass(
            names=(CHAT, "azure.ai.inference._patch.ChatCompletionsClient"), methods=(Method("complete"),), free=("get_model_info",)
        ),
        ClientClass(names=(ASYNC_CHAT, "azure.ai.inference.aio._patch.ChatCompletionsClient"), bases=(CHAT,), asynchronous=True),
        ClientClass(
            names=(EMBEDDINGS, "azure.ai.inference._patch.EmbeddingsClient"),
            methods=(Method("embed", api="embeddings"),),
            free=("get_model_info",),
        ),
        ClientClass(
            names=("azure.ai.inference.aio.EmbeddingsClient", "azure.ai.inference.aio._patch.EmbeddingsClient"),
            bases=(EMBEDDINGS,),
            asynchronous=True,
        ),
        ClientClass(
            names=(IMAGE_EMBEDDINGS, "azure.ai.inference._patch.ImageEmbeddingsClient"),
            methods=(Method("embed", api="embeddings"),),
            free=("get_model_info",),
        ),
        ClientClass(
            names=("azure.ai.inference.aio.ImageEmbeddingsClient", "azure.ai.inference.aio._patch.ImageEmbeddingsClient"),
            bases=(IMAGE_EMBEDDINGS,),
            asynchronous=True,
        ),
        ClientClass(
            names=(AGENTS, "azure.ai.agents.aio.AgentsClient"),
            model="",
            methods=(
                Method("runs.create", api="agent"),
                Method("runs.create_and_process", api="agent"),
                Method("runs.stream", api="agent"),
                Method("runs.submit_tool_outputs", api="agent", model=""),
                Method("runs.submit_tool_outputs_stream", api="agent", model=""),
                Method("create_thread_and_run", api="agent"),
                Method("create_thread_and_process_run", api="agent"),
            ),
            free=("create_agent", "threads.create", "messages.create", "runs.get", "runs.list", "runs.cancel"),
        ),
        ClientClass(
            names=(PROJECT, "azure.ai.projects.aio.AIProjectClient"),
            model="",
            methods=(
                Method("agents.runs.create", api="agent"),
                Method("agents.runs.create_and_process", api="agent"),
                Method("agents.runs.stream", api="agent"),
                Method("agents.create_run", api="agent"),
                Method("agents.create_and_process_run", api="agent"),
                Method("agents.create_stream", api="agent"),
                Method("get_openai_client", Bills.FREE, returns="openai.OpenAI", model=""),
                Method("inference.get_azure_openai_client", Bills.FREE, returns="openai.AzureOpenAI", model=""),
                Method("inference.get_chat_completions_client", Bills.FREE, returns=CHAT, model=""),
                Method("inference.get_embeddings_client", Bills.FREE, returns=EMBEDDINGS, model=""),
            ),
            free=("agents.create_agent", "agents.threads.create", "agents.messages.create"),
        ),
    ),
    functions=(
        Function(
            names=("azure.ai.inference.load_client", "azure.ai.inference.aio.load_client"), bills=Bills.FREE, api="", returns=CHAT, model=""
        ),
    ),
    hosts=(
        Host(
            host="*.services.ai.azure.com",
            paths=(
                "/openai/v1/chat/completions",
                "/openai/v1/responses",
                "/openai/v1/embeddings",
                "/openai/deployments/*/chat/completions",
                "/openai/deployments/*/embeddings",
                "/models/chat/completions",
                "/models/embeddings",
                "/models/images/embeddings",
                "/providers/mistral/azure/ocr",
            ),
        ),
        Host(host="*.models.ai.azure.com", paths=("/chat/completions", "/v1/chat/completions", "/embeddings", "/v1/embeddings")),
        Host(host="*.inference.ai.azure.com", paths=("/chat/completions", "/v1/chat/completions", "/embeddings", "/v1/embeddings")),
        Host(host="models.inference.ai.azure.com", paths=("/chat/completions", "/embeddings"), provider="github-models"),
        Host(
            host="models.github.ai",
            paths=("/inference/chat/completions", "/inference/embeddings", "/orgs/*/inference/chat/completions"),
            provider="github-models",
        ),
    ),
)
