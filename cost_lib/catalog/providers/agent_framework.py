"""Know Microsoft's Agent Framework: chat clients and the agents made from them."""

from __future__ import annotations

from typing import Final

from cost_lib.catalog.model import Bills, ClientClass, Layer, Method, Provider

AGENT = "agent_framework.Agent"
BASE_CLIENT = "agent_framework.BaseChatClient"

PROVIDER: Final = Provider(
    name="agent-framework",
    layer=Layer.FRAMEWORK,
    packages=("agent-framework", "agent-framework-core", "agent-framework-openai"),
    source="agent-framework-core 1.23.0, agent-framework-openai 1.17.0, source read; earlier names from their published interface",
    checked="2026-11-22",
    classes=(
        ClientClass(
            names=(AGENT, "agent_framework.ChatAgent", "agent_framework.RawAgent", "agent_framework._agents.Agent"),
            methods=(Method("run", api="agent", model=""), Method("run_stream", api="agent", model="", note="before 1.0")),
            free=("create_session", "get_session", "get_new_thread", "as_tool", "as_mcp_server"),
            parts=("client", "chat_client"),
            model="",
        ),
        ClientClass(
            names=(
                BASE_CLIENT,
                "agent_framework._clients.BaseChatClient",
                "agent_framework.SupportsChatGetResponse",
                "agent_framework.ChatClientProtocol",
            ),
            methods=(
                Method("get_response", model=""),
                Method("get_streaming_response", model="", note="before 1.0"),
                Method("as_agent", Bills.FREE, "agent", returns=AGENT, model=""),
                Method("create_agent", Bills.FREE, "agent", returns=AGENT, model=""),
            ),
            free=("service_url", "to_dict"),
            abstract=True,
            model="model",
        ),
        ClientClass(
            names=(
                "agent_framework.openai.OpenAIChatClient",
                "agent_framework.openai.OpenAI*Client",
                "agent_framework.openai.RawOpenAI*Client",
                "agent_framework.azure.Azure*Client",
                "agent_framework.anthropic.*Client",
                "agent_framework.foundry.*ChatClient",
                "agent_framework.ollama.*ChatClient",
                "agent_framework.amazon.*ChatClient",
                "agent_framework.gemini.*ChatClient",
                "agent_framework.mistral.*ChatClient",
                "agent_framework_openai.OpenAIChat*Client",
                "agent_framework_anthropic.*Client",
            ),
            bases=(BASE_CLIENT,),
        ),
        ClientClass(
            names=("agent_framework.openai.OpenAIEmbeddingClient", "agent_framework_openai.OpenAIEmbeddingClient"),
            methods=(Method("get_embeddings", api="embeddings", model=""),),
        ),
    ),
)
