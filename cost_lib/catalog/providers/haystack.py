"""Know Haystack: generators, embedders, rankers, evaluators and agents; a pipeline bills when a component does."""

from __future__ import annotations

from typing import Final

from cost_lib.catalog.model import ClientClass, Layer, Method, Provider

GENERATOR = "haystack.components.generators.chat.OpenAIChatGenerator"
EMBEDDER = "haystack.components.embedders.OpenAITextEmbedder"

PROVIDER: Final = Provider(
    name="haystack",
    layer=Layer.FRAMEWORK,
    packages=("haystack-ai", "farm-haystack"),
    source="haystack-ai 3.4.0, source read; 2.x generators and 1.x PromptNode from their published interface",
    checked="2026-11-22",
    classes=(
        ClientClass(
            names=(
                GENERATOR,
                "haystack.components.generators.OpenAI*Generator",
                "haystack.components.generators.AzureOpenAI*Generator",
                "haystack.components.generators.HuggingFaceAPIGenerator",
                "haystack.components.generators.DALLEImageGenerator",
                "haystack.components.generators.openai.*Generator",
                "haystack.components.generators.azure.*Generator",
                "haystack.components.generators.openai_dalle.*Generator",
                "haystack.components.generators.openai_image_generator.*Generator",
                "haystack.components.generators.chat.OpenAI*Generator",
                "haystack.components.generators.chat.AzureOpenAI*Generator",
                "haystack.components.generators.chat.HuggingFaceAPIChatGenerator",
                "haystack.components.generators.chat.openai*Generator",
                "haystack.components.generators.chat.azure*Generator",
                "haystack_integrations.components.generators.*Generator",
            ),
            methods=(Method("run", model=""), Method("run_async", model="")),
            free=("warm_up", "warm_up_async", "to_dict", "from_dict"),
        ),
        ClientClass(
            names=(
                "haystack_integrations.components.generators.llama_cpp.*Generator",
                "haystack.components.generators.HuggingFaceLocalGenerator",
                "haystack.components.generators.chat.HuggingFaceLocalChatGenerator",
                "haystack.components.generators.chat.MockChatGenerator",
                "haystack.components.generators.chat.mock.*",
                "haystack.components.embedders.SentenceTransformers*",
                "haystack.components.embedders.Mock*",
                "haystack_integrations.components.embedders.fastembed.*",
                "haystack_integrations.components.embedders.sentence_transformers.*",
                "haystack_integrations.components.embedders.optimum.*",
            ),
            own=False,
            model="",
        ),
        ClientClass(
            names=(
                EMBEDDER,
                "haystack.components.embedders.OpenAI*Embedder",
                "haystack.components.embedders.AzureOpenAI*Embedder",
                "haystack.components.embedders.HuggingFaceAPI*Embedder",
                "haystack.components.embedders.openai_*Embedder",
                "haystack.components.embedders.azure_*Embedder",
                "haystack_integrations.components.embedders.*Embedder",
            ),
            methods=(Method("run", api="embeddings", model=""), Method("run_async", api="embeddings", model="")),
            free=("warm_up", "warm_up_async", "to_dict", "from_dict"),
        ),
        # Components around a generator.
        ClientClass(
            names=(
                "haystack.components.agents.Agent",
                "haystack.components.agents.agent.Agent",
                "haystack.components.generators.chat.LLM",
                "haystack.components.generators.chat.llm.LLM",
                "haystack.components.generators.chat.FallbackChatGenerator",
                "haystack.components.generators.chat.fallback.FallbackChatGenerator",
                "haystack.components.rankers.LLMRanker",
                "haystack.components.rankers.llm_ranker.LLMRanker",
                "haystack.components.query.QueryExpander",
                "haystack.components.extractors.LLMMetadataExtractor",
                "haystack.components.extractors.image.LLMDocumentContentExtractor",
                "haystack.components.evaluators.LLMEvaluator",
                "haystack.components.evaluators.FaithfulnessEvaluator",
                "haystack.components.evaluators.ContextRelevanceEvaluator",
            ),
            methods=(Method("run", model=""), Method("run_async", model="")),
            free=("warm_up", "warm_up_async", "to_dict", "from_dict"),
            same=("clone",),
            parts=("chat_generator", "chat_generators"),
            model="",
        ),
        ClientClass(
            names=(
                "haystack_integrations.components.rankers.cohere.*CohereRanker",
                "haystack_integrations.components.rankers.jina.*JinaRanker",
                "haystack_integrations.components.rankers.voyage.*VoyageRanker",
                "haystack.components.audio.RemoteWhisperTranscriber",
            ),
            methods=(Method("run", api="rerank", model=""), Method("run_async", api="rerank", model="")),
        ),
        ClientClass(
            names=(
                "haystack.Pipeline",
                "haystack.AsyncPipeline",
                "haystack.core.pipeline.Pipeline",
                "haystack.core.pipeline.pipeline.Pipeline",
                "haystack.pipelines.Pipeline",
                "haystack.core.super_component.SuperComponent",
                "haystack.SuperComponent",
            ),
            methods=(
                Method("run", model=""),
                Method("run_async", model=""),
                Method("run_async_generator", model=""),
                Method("run_batch", model=""),
            ),
            free=("add_component", "connect", "warm_up", "draw", "show", "dumps", "dump", "loads", "load"),
            parts=("*",),
            own=False,
            model="",
            adds=("add_component", "add_node"),
        ),
        ClientClass(
            names=(
                "haystack.nodes.PromptNode",
                "haystack.nodes.prompt.PromptNode",
                "haystack.agents.Agent",
                "haystack.agents.conversational.ConversationalAgent",
            ),
            methods=(Method("", model=""), Method("run", model=""), Method("prompt", model=""), Method("run_batch", model="")),
            parts=("prompt_node",),
            model="model_name_or_path",
        ),
    ),
)
