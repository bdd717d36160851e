"""Know Semantic Kernel: the kernel, its AI services, agents and orchestrations."""

from __future__ import annotations

from typing import Final

from cost_lib.catalog.model import Bills, ClientClass, Function, Layer, Method, Provider, Transport

CHAT = "semantic_kernel.connectors.ai.chat_completion_client_base.ChatCompletionClientBase"
TEXT = "semantic_kernel.connectors.ai.text_completion_client_base.TextCompletionClientBase"
EMBEDDING = "semantic_kernel.connectors.ai.embedding_generator_base.EmbeddingGeneratorBase"
AGENT = "semantic_kernel.agents.Agent"
PROMPT_FUNCTION = "semantic_kernel.functions.KernelFunctionFromPrompt"

PROVIDER: Final = Provider(
    name="semantic-kernel",
    layer=Layer.FRAMEWORK,
    packages=("semantic-kernel",),
    source="semantic-kernel 1.45.0, source read",
    checked="2026-11-22",
    classes=(
        ClientClass(
            names=("semantic_kernel.Kernel", "semantic_kernel.kernel.Kernel"),
            methods=(
                Method("invoke", model=""),
                Method("invoke_stream", model=""),
                Method("invoke_prompt", model=""),
                Method("invoke_prompt_stream", model=""),
            ),
            free=("invoke_function_call", "add_service", "add_plugin", "add_function", "get_service", "get_function", "get_plugin"),
            model="",
        ),
        ClientClass(
            names=(CHAT, "semantic_kernel.connectors.ai.ChatCompletionClientBase"),
            methods=(
                Method("get_chat_message_content", model=""),
                Method("get_chat_message_contents", model=""),
                Method("get_streaming_chat_message_content", model=""),
                Method("get_streaming_chat_message_contents", model=""),
                Method("complete_chat", model="", note="before 1.0"),
                Method("complete_chat_stream", model=""),
            ),
            free=(
                "get_prompt_execution_settings_class",
                "instantiate_prompt_execution_settings",
                "service_url",
                "get_chat_message_content_type",
            ),
            abstract=True,
            model="ai_model_id",
        ),
        ClientClass(
            names=(TEXT, "semantic_kernel.connectors.ai.TextCompletionClientBase"),
            methods=(
                Method("get_text_content", api="completions", model=""),
                Method("get_text_contents", api="completions", model=""),
                Method("get_streaming_text_content", api="completions", model=""),
                Method("get_streaming_text_contents", api="completions", model=""),
            ),
            abstract=True,
            model="ai_model_id",
        ),
        ClientClass(
            names=(EMBEDDING, "semantic_kernel.connectors.ai.embeddings.embedding_generator_base.EmbeddingGeneratorBase"),
            methods=(
                Method("generate_embeddings", api="embeddings", model=""),
                Method("generate_raw_embeddings", api="embeddings", model=""),
            ),
            abstract=True,
            model="ai_model_id",
        ),
        ClientClass(
            names=(
                "semantic_kernel.connectors.ai.open_ai.OpenAIChatCompletion",
                "semantic_kernel.connectors.ai.open_ai.AzureChatCompletion",
                "semantic_kernel.connectors.ai.open_ai.services.*ChatCompletion",
                "semantic_kernel.connectors.ai.*.AnthropicChatCompletion",
                "semantic_kernel.connectors.ai.*.AzureAIInferenceChatCompletion",
                "semantic_kernel.connectors.ai.*.BedrockChatCompletion",
                "semantic_kernel.connectors.ai.*.GoogleAIChatCompletion",
                "semantic_kernel.connectors.ai.*.MistralAIChatCompletion",
                "semantic_kernel.connectors.ai.*.NvidiaChatCompletion",
                "semantic_kernel.connectors.ai.*.OllamaChatCompletion",
            ),
            bases=(CHAT, TEXT),
            model="ai_model_id",
        ),
        ClientClass(
            names=("semantic_kernel.connectors.ai.google.*VertexAIChatCompletion",),
            bases=(CHAT,),
            methods=(
                Method("get_chat_message_content", transport=Transport.GRPC, model=""),
                Method("get_chat_message_contents", transport=Transport.GRPC, model=""),
                Method("get_streaming_chat_message_content", transport=Transport.GRPC, model=""),
                Method("get_streaming_chat_message_contents", transport=Transport.GRPC, model=""),
            ),
            model="gemini_model_id",
        ),
        ClientClass(
            names=(
                "semantic_kernel.connectors.ai.open_ai.OpenAITextCompletion",
                "semantic_kernel.connectors.ai.open_ai.AzureTextCompletion",
                "semantic_kernel.connectors.ai.*.BedrockTextCompletion",
                "semantic_kernel.connectors.ai.*.GoogleAITextCompletion",
                "semantic_kernel.connectors.ai.*.VertexAITextCompletion",
                "semantic_kernel.connectors.ai.*.OllamaTextCompletion",
            ),
            bases=(TEXT,),
            model="ai_model_id",
        ),
        ClientClass(
            names=(
                "semantic_kernel.connectors.ai.open_ai.OpenAITextEmbedding",
                "semantic_kernel.connectors.ai.open_ai.AzureTextEmbedding",
                "semantic_kernel.connectors.ai.*.AzureAIInferenceTextEmbedding",
                "semantic_kernel.connectors.ai.*.BedrockTextEmbedding",
                "semantic_kernel.connectors.ai.*.GoogleAITextEmbedding",
                "semantic_kernel.connectors.ai.*.VertexAITextEmbedding",
                "semantic_kernel.connectors.ai.*.MistralAITextEmbedding",
                "semantic_kernel.connectors.ai.*.NvidiaTextEmbedding",
                "semantic_kernel.connectors.ai.*.OllamaTextEmbedding",
            ),
            bases=(EMBEDDING,),
            model="ai_model_id",
        ),
        ClientClass(
            names=(
                "semantic_kernel.connectors.ai.open_ai.OpenAITextToImage",
                "semantic_kernel.connectors.ai.open_ai.AzureTextToImage",
                "semantic_kernel.connectors.ai.open_ai.services.*TextToImage",
            ),
            methods=(
                Method("generate_image", api="images", model=""),
                Method("generate_images", api="images", model=""),
                Method("get_image_content", api="images", model=""),
                Method("get_image_contents", api="images", model=""),
                Method("edit_image", api="images", model=""),
            ),
            model="ai_model_id",
        ),
        ClientClass(
            names=(
                "semantic_kernel.connectors.ai.open_ai.OpenAITextToAudio",
                "semantic_kernel.connectors.ai.open_ai.AzureTextToAudio",
                "semantic_kernel.connectors.ai.open_ai.OpenAIAudioToText",
                "semantic_kernel.connectors.ai.open_ai.AzureAudioToText",
            ),
            methods=(
                Method("get_audio_content", api="audio", model=""),
                Method("get_audio_contents", api="audio", model=""),
                Method("get_text_content", api="audio", model=""),
                Method("get_text_contents", api="audio", model=""),
            ),
            model="ai_model_id",
        ),
        ClientClass(
            names=(
                "semantic_kernel.connectors.ai.open_ai.OpenAIRealtimeWebsocket",
                "semantic_kernel.connectors.ai.open_ai.OpenAIRealtimeWebRTC",
                "semantic_kernel.connectors.ai.open_ai.AzureRealtimeWebsocket",
                "semantic_kernel.connectors.ai.open_ai.AzureRealtimeWebRTC",
            ),
            methods=(
                Method("create_session", api="realtime", transport=Transport.WEBSOCKET, model=""),
                Method("send", api="realtime", transport=Transport.WEBSOCKET, model=""),
            ),
            same=("",),
            model="ai_model_id",
        ),
        ClientClass(
            names=(AGENT, "semantic_kernel.agents.agent.Agent"),
            methods=(
                Method("get_response", api="agent", model=""),
                Method("invoke", api="agent", model=""),
                Method("invoke_stream", api="agent", model=""),
            ),
            free=("create_channel", "get_channel_keys", "format_instructions", "as_mcp_server"),
            own=False,
            abstract=True,
            model="",
        ),
        ClientClass(
            names=(
                "semantic_kernel.agents.ChatCompletionAgent",
                "semantic_kernel.agents.OpenAIAssistantAgent",
                "semantic_kernel.agents.AzureAssistantAgent",
                "semantic_kernel.agents.OpenAIResponsesAgent",
                "semantic_kernel.agents.AzureResponsesAgent",
                "semantic_kernel.agents.AzureAIAgent",
                "semantic_kernel.agents.BedrockAgent",
                "semantic_kernel.agents.CopilotStudioAgent",
                "semantic_kernel.agents.chat_completion.*ChatCompletionAgent",
                "semantic_kernel.agents.open_ai.*Agent",
                "semantic_kernel.agents.azure_ai.*AzureAIAgent",
                "semantic_kernel.agents.bedrock.*BedrockAgent",
            ),
            bases=(AGENT,),
            parts=("service", "client", "kernel"),
            model="",
        ),
        ClientClass(
            names=("semantic_kernel.agents.AgentGroupChat", "semantic_kernel.agents.group_chat.agent_group_chat.AgentGroupChat"),
            methods=(
                Method("invoke", api="agent", model=""),
                Method("invoke_stream", api="agent", model=""),
                Method("invoke_single_turn", api="agent", model=""),
                Method("invoke_stream_single_turn", api="agent", model=""),
            ),
            parts=("agents",),
            model="",
        ),
        ClientClass(
            names=(
                "semantic_kernel.agents.SequentialOrchestration",
                "semantic_kernel.agents.ConcurrentOrchestration",
                "semantic_kernel.agents.GroupChatOrchestration",
                "semantic_kernel.agents.HandoffOrchestration",
                "semantic_kernel.agents.MagenticOrchestration",
                "semantic_kernel.agents.orchestration.*Orchestration",
            ),
            methods=(Method("invoke", api="agent", model=""),),
            parts=("members", "manager"),
            model="",
        ),
        ClientClass(
            names=(PROMPT_FUNCTION, "semantic_kernel.functions.kernel_function_from_prompt.KernelFunctionFromPrompt"),
            methods=(Method("", model=""), Method("invoke", model=""), Method("invoke_stream", model="")),
            model="",
        ),
    ),
    functions=(
        Function(
            names=(
                "semantic_kernel.functions.KernelFunction.from_prompt",
                "semantic_kernel.functions.kernel_function.KernelFunction.from_prompt",
                "semantic_kernel.functions.KernelFunctionFromPrompt.from_yaml",
                "semantic_kernel.functions.KernelFunctionFromPrompt.from_directory",
            ),
            bills=Bills.FREE,
            api="",
            returns=PROMPT_FUNCTION,
            model="",
        ),
    ),
)
