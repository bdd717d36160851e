"""Know guidance: remote models that run when a program is added to them, and the 0.0.x programs."""

from __future__ import annotations

from typing import Final

from cost_lib.catalog.model import Bills, ClientClass, Function, Layer, Method, Provider

MODEL = "guidance.models.OpenAI"
PROGRAM = "guidance.Program"

PROVIDER: Final = Provider(
    name="guidance",
    layer=Layer.FRAMEWORK,
    packages=("guidance",),
    source="guidance 0.3.1 and 0.0.64, source read",
    checked="2026-11-22",
    classes=(
        ClientClass(
            names=(
                MODEL,
                "guidance.models.AzureOpenAI",
                "guidance.models.AzureOpenAIChat",
                "guidance.models.OpenAIChat",
                "guidance.models.Anthropic",
                "guidance.models.Cohere",
                "guidance.models.LiteLLM",
                "guidance.models.VertexAI*",
                "guidance.models.GoogleAI*",
                "guidance.models.TogetherAI*",
                "guidance.models._openai.OpenAI",
            ),
            methods=(Method("__add__", model="", note="lm + gen(...) runs at once"),),
            free=("get", "set", "log_prob", "remove", "copy"),
            same=("stream", "echo"),
        ),
        ClientClass(
            names=(PROGRAM, "guidance._program.Program"),
            methods=(Method("", model="", note="0.0.x"), Method("await_finish", model="")),
            parts=("llm",),
            own=False,
            model="",
        ),
        ClientClass(
            names=("guidance.llms.OpenAI", "guidance.llms._openai.OpenAI"),
            methods=(Method("", model=""),),
        ),
    ),
    functions=(
        Function(
            names=("guidance.models.create_azure_openai_model", "guidance.models.create_azure_aifoundry_model"),
            bills=Bills.FREE,
            api="",
            returns=MODEL,
            model="model_name",
        ),
    ),
)
