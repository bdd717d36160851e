"""Know smolagents: agents and the models behind an API."""

from __future__ import annotations

from typing import Final

from cost_lib.catalog.model import ClientClass, Layer, Method, Provider

MODEL = "smolagents.Model"
AGENT = "smolagents.MultiStepAgent"

PROVIDER: Final = Provider(
    name="smolagents",
    layer=Layer.FRAMEWORK,
    packages=("smolagents",),
    source="smolagents 1.26.0, source read",
    checked="2026-11-22",
    classes=(
        ClientClass(
            names=(MODEL, "smolagents.models.Model", "smolagents.ApiModel", "smolagents.models.ApiModel"),
            methods=(Method("", model=""), Method("generate", model=""), Method("generate_stream", model="")),
            free=("parse_tool_calls", "to_dict", "create_client"),
            abstract=True,
            model="model_id",
        ),
        ClientClass(
            names=(
                "smolagents.InferenceClientModel",
                "smolagents.HfApiModel",
                "smolagents.LiteLLMModel",
                "smolagents.LiteLLMRouterModel",
                "smolagents.OpenAIModel",
                "smolagents.OpenAIServerModel",
                "smolagents.AzureOpenAIModel",
                "smolagents.AzureOpenAIServerModel",
                "smolagents.AmazonBedrockModel",
                "smolagents.AmazonBedrockServerModel",
                "smolagents.models.InferenceClientModel",
                "smolagents.models.HfApiModel",
                "smolagents.models.LiteLLM*Model",
                "smolagents.models.*OpenAI*Model",
                "smolagents.models.AmazonBedrock*Model",
            ),
            bases=(MODEL,),
            model="model_id",
        ),
        ClientClass(
            names=(
                "smolagents.TransformersModel",
                "smolagents.VLLMModel",
                "smolagents.MLXModel",
                "smolagents.models.TransformersModel",
                "smolagents.models.VLLMModel",
                "smolagents.models.MLXModel",
            ),
            own=False,
            model="model_id",
        ),
        ClientClass(
            names=(AGENT, "smolagents.agents.MultiStepAgent"),
            methods=(
                Method("", api="agent", model=""),
                Method("run", api="agent", model=""),
                Method("step", api="agent", model=""),
                Method("provide_final_answer", model=""),
            ),
            free=(
                "replay",
                "visualize",
                "interrupt",
                "save",
                "to_dict",
                "write_memory_to_messages",
                "execute_tool_call",
                "create_python_executor",
                "extract_action",
            ),
            parts=("model",),
            abstract=True,
            model="",
        ),
        ClientClass(
            names=(
                "smolagents.CodeAgent",
                "smolagents.ToolCallingAgent",
                "smolagents.agents.CodeAgent",
                "smolagents.agents.ToolCallingAgent",
            ),
            bases=(AGENT,),
            parts=("model",),
            model="",
        ),
    ),
)
