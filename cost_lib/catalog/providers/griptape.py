"""Know Griptape: agents, pipelines and workflows, prompt and embedding drivers."""

from __future__ import annotations

from typing import Final

from cost_lib.catalog.model import ClientClass, Layer, Method, Provider

PROMPT = "griptape.drivers.prompt.BasePromptDriver"
EMBEDDING = "griptape.drivers.embedding.BaseEmbeddingDriver"

PROVIDER: Final = Provider(
    name="griptape",
    layer=Layer.FRAMEWORK,
    packages=("griptape",),
    source="griptape 1.13.0, source read",
    checked="2026-11-22",
    classes=(
        ClientClass(
            names=("griptape.structures.Agent", "griptape.structures.agent.Agent"),
            methods=(Method("run", api="agent", model=""), Method("run_stream", api="agent", model="")),
            free=("add_task", "add_tasks"),
            parts=("prompt_driver",),
            model="",
        ),
        ClientClass(
            names=(
                "griptape.tasks.PromptTask",
                "griptape.tasks.ToolkitTask",
                "griptape.tasks.ExtractionTask",
                "griptape.tasks.TextSummaryTask",
                "griptape.tasks.PromptImageGenerationTask",
            ),
            methods=(Method("run", api="agent", model=""),),
            parts=("prompt_driver", "image_generation_driver"),
            model="",
        ),
        ClientClass(
            names=(
                "griptape.structures.Pipeline",
                "griptape.structures.Workflow",
                "griptape.structures.pipeline.Pipeline",
                "griptape.structures.workflow.Workflow",
            ),
            methods=(Method("run", api="agent", model=""),),
            free=("add_task", "add_tasks", "insert_task", "insert_tasks"),
            parts=("tasks",),
            own=False,
            model="",
        ),
        ClientClass(
            names=(PROMPT, "griptape.drivers.prompt.base_prompt_driver.BasePromptDriver"),
            methods=(Method("run", model=""), Method("try_run", model=""), Method("try_stream", model="")),
            free=("before_run", "after_run", "prompt_stack_to_string"),
            abstract=True,
        ),
        ClientClass(
            names=(
                "griptape.drivers.prompt.openai.OpenAiChatPromptDriver",
                "griptape.drivers.prompt.*OpenAi*PromptDriver",
                "griptape.drivers.prompt.*Amazon*PromptDriver",
                "griptape.drivers.prompt.*AnthropicPromptDriver",
                "griptape.drivers.prompt.*CoherePromptDriver",
                "griptape.drivers.prompt.*GooglePromptDriver",
                "griptape.drivers.prompt.*GrokPromptDriver",
                "griptape.drivers.prompt.*PerplexityPromptDriver",
                "griptape.drivers.OpenAi*PromptDriver",
                "griptape.drivers.AnthropicPromptDriver",
            ),
            bases=(PROMPT,),
        ),
        ClientClass(
            names=(EMBEDDING, "griptape.drivers.embedding.base_embedding_driver.BaseEmbeddingDriver"),
            methods=(
                Method("embed", api="embeddings", model=""),
                Method("embed_string", api="embeddings", model=""),
                Method("embed_text_artifact", api="embeddings", model=""),
            ),
            abstract=True,
        ),
        ClientClass(
            names=(
                "griptape.drivers.embedding.openai.OpenAiEmbeddingDriver",
                "griptape.drivers.embedding.*OpenAiEmbeddingDriver",
                "griptape.drivers.embedding.*AmazonBedrock*EmbeddingDriver",
                "griptape.drivers.embedding.*CohereEmbeddingDriver",
                "griptape.drivers.embedding.*GoogleEmbeddingDriver",
                "griptape.drivers.embedding.*VoyageAiEmbeddingDriver",
            ),
            bases=(EMBEDDING,),
        ),
    ),
)
