"""Know AutoGen: agents, teams and model clients of autogen-agentchat, agents of the 0.2 line (pyautogen, ag2)."""

from __future__ import annotations

from typing import Final

from cost_lib.catalog.model import Bills, ClientClass, Function, Layer, Method, Provider

CLIENT = "autogen_core.models.ChatCompletionClient"
CHAT_AGENT = "autogen_agentchat.base.ChatAgent"
TEAM = "autogen_agentchat.teams.BaseGroupChat"
CONVERSABLE = "autogen.ConversableAgent"

PROVIDER: Final = Provider(
    name="autogen",
    layer=Layer.FRAMEWORK,
    packages=("autogen-agentchat", "autogen-core", "autogen-ext", "pyautogen", "ag2"),
    source="autogen-agentchat 0.7.5, autogen-ext 0.7.5, pyautogen 0.2.35, source read",
    checked="2026-11-22",
    classes=(
        ClientClass(
            names=(CLIENT, "autogen_core.models._model_client.ChatCompletionClient", "autogen_core.components.models.ChatCompletionClient"),
            methods=(Method("create", model=""), Method("create_stream", model="")),
            free=("count_tokens", "remaining_tokens", "actual_usage", "total_usage", "close"),
            abstract=True,
        ),
        ClientClass(
            names=(
                "autogen_ext.models.openai.OpenAIChatCompletionClient",
                "autogen_ext.models.openai.*ChatCompletionClient",
                "autogen_ext.models.anthropic.*ChatCompletionClient",
                "autogen_ext.models.azure.*ChatCompletionClient",
                "autogen_ext.models.ollama.*ChatCompletionClient",
                "autogen_ext.models.semantic_kernel.SKChatCompletionAdapter",
                "autogen_ext.models.*OpenAIChatCompletionClient",
            ),
            bases=(CLIENT,),
        ),
        ClientClass(names=("autogen_ext.models.cache.ChatCompletionCache",), bases=(CLIENT,), parts=("client",), own=False, model=""),
        ClientClass(
            names=("autogen_ext.models.replay.ReplayChatCompletionClient", "autogen_ext.models.llama_cpp.LlamaCppChatCompletionClient"),
            own=False,
            model="",
        ),
        ClientClass(
            names=(
                CHAT_AGENT,
                "autogen_agentchat.base.TaskRunner",
                "autogen_agentchat.agents.BaseChatAgent",
            ),
            methods=(
                Method("run", api="agent", model=""),
                Method("run_stream", api="agent", model=""),
                Method("on_messages", api="agent", model=""),
                Method("on_messages_stream", api="agent", model=""),
            ),
            free=("on_reset", "save_state", "load_state"),
            own=False,
            abstract=True,
            model="",
        ),
        ClientClass(
            names=(
                "autogen_agentchat.agents.AssistantAgent",
                "autogen_agentchat.agents.SocietyOfMindAgent",
                "autogen_ext.agents.openai.OpenAI*Agent",
                "autogen_ext.agents.azure.AzureAIAgent",
                "autogen_ext.agents.web_surfer.MultimodalWebSurfer",
                "autogen_ext.agents.file_surfer.FileSurfer",
                "autogen_ext.agents.video_surfer.VideoSurfer",
                "autogen_ext.agents.magentic_one.MagenticOneCoderAgent",
            ),
            bases=(CHAT_AGENT,),
            parts=("model_client", "team"),
            model="",
        ),
        ClientClass(
            names=("autogen_agentchat.agents.CodeExecutorAgent", "autogen_agentchat.agents.MessageFilterAgent"),
            bases=(CHAT_AGENT,),
            parts=("model_client", "wrapped_agent"),
            own=False,
            model="",
        ),
        ClientClass(
            names=(TEAM, "autogen_agentchat.base.Team"),
            methods=(Method("run", api="agent", model=""), Method("run_stream", api="agent", model="")),
            free=("reset", "save_state", "load_state"),
            parts=("participants", "model_client"),
            abstract=True,
            model="",
        ),
        ClientClass(
            names=(
                "autogen_agentchat.teams.RoundRobinGroupChat",
                "autogen_agentchat.teams.SelectorGroupChat",
                "autogen_agentchat.teams.Swarm",
                "autogen_agentchat.teams.MagenticOneGroupChat",
                "autogen_agentchat.teams.GraphFlow",
                "autogen_ext.teams.magentic_one.MagenticOne",
            ),
            bases=(TEAM,),
            parts=("participants", "model_client", "client"),
            model="",
        ),
        # The 0.2 line.
        ClientClass(
            names=(
                CONVERSABLE,
                "autogen.AssistantAgent",
                "autogen.UserProxyAgent",
                "autogen.GroupChatManager",
                "autogen.agentchat.ConversableAgent",
                "autogen.agentchat.AssistantAgent",
                "autogen.agentchat.UserProxyAgent",
                "autogen.agentchat.GroupChatManager",
                "autogen.agentchat.conversable_agent.ConversableAgent",
                "autogen.agentchat.assistant_agent.AssistantAgent",
                "autogen.agentchat.user_proxy_agent.UserProxyAgent",
                "autogen.agentchat.groupchat.GroupChatManager",
                "autogen.agentchat.contrib.*Agent",
            ),
            methods=(
                Method("initiate_chat", api="agent", model=""),
                Method("a_initiate_chat", api="agent", model=""),
                Method("initiate_chats", api="agent", model=""),
                Method("a_initiate_chats", api="agent", model=""),
                Method("generate_reply", api="agent", model=""),
                Method("a_generate_reply", api="agent", model=""),
                Method("generate_oai_reply", model=""),
                Method("a_generate_oai_reply", model=""),
                Method("run", api="agent", model=""),
                Method("a_run", api="agent", model=""),
                Method("run_chat", api="agent", model=""),
                Method("a_run_chat", api="agent", model=""),
                Method("resume", api="agent", model=""),
                Method("a_resume", api="agent", model=""),
            ),
            free=(
                "generate_code_execution_reply",
                "generate_function_call_reply",
                "generate_tool_calls_reply",
                "generate_init_message",
                "run_code",
            ),
            model="",
        ),
        ClientClass(
            names=("autogen.OpenAIWrapper", "autogen.oai.OpenAIWrapper", "autogen.oai.client.OpenAIWrapper"),
            methods=(Method("create"),),
            model="",
        ),
    ),
    functions=(
        Function(
            names=("autogen.initiate_chats", "autogen.agentchat.initiate_chats", "autogen.agentchat.a_initiate_chats"),
            api="agent",
            model="",
        ),
        Function(
            names=("autogen.initiate_group_chat", "autogen.a_initiate_group_chat", "autogen.agentchat.initiate_group_chat"),
            api="agent",
            model="",
        ),
        Function(
            names=(
                "autogen.Completion.create",
                "autogen.ChatCompletion.create",
                "autogen.oai.Completion.create",
                "autogen.oai.ChatCompletion.create",
            ),
            note="until 0.1",
        ),
        Function(
            names=("autogen_core.models.ChatCompletionClient.load_component",),
            bills=Bills.FREE,
            api="",
            returns="autogen_ext.models.openai.OpenAIChatCompletionClient",
            model="",
        ),
    ),
)
