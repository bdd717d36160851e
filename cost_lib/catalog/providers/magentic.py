"""Know magentic: functions decorated with a prompt, chats, chat models."""

from __future__ import annotations

from typing import Final

from cost_lib.catalog.model import Bills, ClientClass, Function, Layer, Method, Provider

DECORATOR = "magentic.prompt()"
FUNCTION = "magentic.prompt_function.PromptFunction"
CHAT = "magentic.Chat"
MODEL = "magentic.chat_model.base.ChatModel"

PROVIDER: Final = Provider(
    name="magentic",
    layer=Layer.FRAMEWORK,
    packages=("magentic",),
    source="magentic 0.41.1, source read",
    checked="2026-11-22",
    classes=(
        ClientClass(names=(DECORATOR,), methods=(Method("", Bills.FREE, "", returns=FUNCTION, model=""),), parts=("model",)),
        ClientClass(
            names=(
                FUNCTION,
                "magentic.prompt_function.AsyncPromptFunction",
                "magentic.chatprompt.ChatPromptFunction",
                "magentic.chatprompt.AsyncChatPromptFunction",
            ),
            methods=(Method("", model=""),),
            free=("format",),
            parts=("model",),
        ),
        ClientClass(
            names=(CHAT, "magentic.chat.Chat", "magentic._chat.Chat"),
            methods=(Method("submit", model=""), Method("asubmit", model="")),
            free=("exec_function_call", "aexec_function_call"),
            same=("add_message", "add_user_message", "add_system_message", "add_assistant_message"),
            parts=("model",),
        ),
        ClientClass(
            names=(MODEL, "magentic.chat_model.ChatModel"),
            methods=(Method("complete", model=""), Method("acomplete", model="")),
            abstract=True,
        ),
        ClientClass(
            names=(
                "magentic.OpenaiChatModel",
                "magentic.chat_model.openai_chat_model.OpenaiChatModel",
                "magentic.chat_model.anthropic_chat_model.AnthropicChatModel",
                "magentic.chat_model.litellm_chat_model.LitellmChatModel",
                "magentic.chat_model.mistral_chat_model.MistralChatModel",
                "magentic.chat_model.openrouter_chat_model.OpenRouterChatModel",
            ),
            bases=(MODEL,),
        ),
        ClientClass(
            names=("magentic.chat_model.retry_chat_model.RetryChatModel",),
            bases=(MODEL,),
            parts=("chat_model",),
            own=False,
            model="",
        ),
    ),
    functions=(
        Function(
            names=(
                "magentic.prompt",
                "magentic.chatprompt",
                "magentic.prompt_chain",
                "magentic.prompt_function.prompt",
                "magentic.chatprompt.chatprompt",
                "magentic.prompt_chain.prompt_chain",
            ),
            bills=Bills.FREE,
            api="",
            returns=DECORATOR,
            parts=("model",),
            positions=("template", "functions", "stop", "max_retries", "model"),
        ),
        Function(
            names=("magentic.Chat.from_prompt",),
            bills=Bills.FREE,
            api="",
            returns=CHAT,
            model="",
        ),
    ),
)
