"""Know pydantic-ai: agents, direct model requests, models, embedders, image generators, realtime sessions."""

from __future__ import annotations

from typing import Final

from cost_lib.catalog.model import Bills, ClientClass, Function, Layer, Method, Provider, Transport

ABSTRACT_AGENT = "pydantic_ai.agent.AbstractAgent"
AGENT = "pydantic_ai.Agent"
MODEL = "pydantic_ai.models.Model"
OPENAI_MODEL = "pydantic_ai.models.openai.OpenAIChatModel"
REALTIME = "pydantic_ai.agent.AgentRealtime"

PROVIDER: Final = Provider(
    name="pydantic-ai",
    layer=Layer.FRAMEWORK,
    packages=("pydantic-ai", "pydantic-ai-slim", "pydantic-evals"),
    source="pydantic-ai-slim 2.68.0, pydantic-evals 2.62.0, source read; 0.x and 1.x names from their published interface",
    checked="2026-11-22",
    classes=(
        ClientClass(
            names=(ABSTRACT_AGENT, "pydantic_ai.agent.abstract.AbstractAgent"),
            methods=(
                Method("run", api="agent"),
                Method("run_sync", api="agent"),
                Method("run_stream", api="agent"),
                Method("run_stream_sync", api="agent"),
                Method("run_stream_events", api="agent"),
                Method("iter", api="agent"),
                Method("to_cli", api="agent"),
                Method("to_cli_sync", api="agent"),
                Method("realtime", Bills.FREE, "realtime", returns=REALTIME),
            ),
            free=(
                "override",
                "tool",
                "tool_plain",
                "toolset",
                "system_prompt",
                "system_prompt_parts",
                "instructions",
                "output_validator",
                "output_json_schema",
                "run_mcp_servers",
                "to_web",
                "to_a2a",
                "to_ag_ui",
                "set_mcp_sampling_model",
            ),
            parts=("model",),
            abstract=True,
        ),
        ClientClass(names=(AGENT, "pydantic_ai.agent.Agent"), bases=(ABSTRACT_AGENT,), parts=("model",)),
        ClientClass(
            names=(
                "pydantic_ai.agent.WrapperAgent",
                "pydantic_ai.agent.wrapper.WrapperAgent",
                "pydantic_ai.durable_exec.*.TemporalAgent",
                "pydantic_ai.durable_exec.*.DBOSAgent",
                "pydantic_ai.durable_exec.*.PrefectAgent",
            ),
            bases=(ABSTRACT_AGENT,),
            parts=("wrapped",),
            model="",
        ),
        ClientClass(
            names=(REALTIME, "pydantic_ai.agent.abstract.AgentRealtime"),
            methods=(
                Method("session", api="realtime", transport=Transport.WEBSOCKET, model=""),
                Method("answer_webrtc_offer", api="realtime", model=""),
            ),
            free=("create_client_secret", "hang_up"),
            model="",
        ),
        ClientClass(
            names=(MODEL, "pydantic_ai.models.AbstractModel", "pydantic_ai.AbstractModel"),
            methods=(
                Method("request", model=""),
                Method("request_stream", model=""),
                Method("compact_messages", model=""),
                Method("batch_create", Bills.JOB, "batch", model=""),
            ),
            free=(
                "count_tokens",
                "prepare_request",
                "batch_encode",
                "batch_decode",
                "batch_status",
                "batch_results",
                "batch_cancel",
                "batch_request_size",
            ),
            abstract=True,
            model="model_name",
        ),
        ClientClass(
            names=(
                OPENAI_MODEL,
                "pydantic_ai.models.openai.*Model",
                "pydantic_ai.models.anthropic.AnthropicModel",
                "pydantic_ai.models.bedrock.BedrockConverseModel",
                "pydantic_ai.models.bedrock_mantle.*Model",
                "pydantic_ai.models.cerebras.CerebrasModel",
                "pydantic_ai.models.cohere.CohereModel",
                "pydantic_ai.models.crusoe.CrusoeModel",
                "pydantic_ai.models.gemini.GeminiModel",
                "pydantic_ai.models.github_copilot.GitHubCopilotModel",
                "pydantic_ai.models.google.GoogleModel",
                "pydantic_ai.models.google_decisions.GoogleDecisionsModel",
                "pydantic_ai.models.groq.GroqModel",
                "pydantic_ai.models.huggingface.HuggingFaceModel",
                "pydantic_ai.models.mistral.MistralModel",
                "pydantic_ai.models.ollama.OllamaModel",
                "pydantic_ai.models.openai_codex.OpenAICodexModel",
                "pydantic_ai.models.openai_decisions.OpenAIDecisionsModel",
                "pydantic_ai.models.openrouter.OpenRouterModel",
                "pydantic_ai.models.snowflake.SnowflakeModel",
                "pydantic_ai.models.system_one.SystemOneModel",
                "pydantic_ai.models.typesafe.TypeSafeModel",
                "pydantic_ai.models.vertexai.VertexAIModel",
                "pydantic_ai.models.zai.ZaiModel",
            ),
            bases=(MODEL,),
            model="model_name",
        ),
        ClientClass(
            names=("pydantic_ai.models.xai.XaiModel",),
            bases=(MODEL,),
            methods=(
                Method("request", transport=Transport.GRPC, model=""),
                Method("request_stream", transport=Transport.GRPC, model=""),
            ),
            model="model_name",
        ),
        ClientClass(
            names=(
                "pydantic_ai.models.wrapper.WrapperModel",
                "pydantic_ai.models.fallback.FallbackModel",
                "pydantic_ai.models.instrumented.InstrumentedModel",
                "pydantic_ai.models.concurrency.ConcurrencyLimitedModel",
                "pydantic_ai.ConcurrencyLimitedModel",
                "pydantic_ai.models.BatchedModel",
            ),
            bases=(MODEL,),
            parts=("*",),
            own=False,
            model="",
        ),
        ClientClass(
            names=(
                "pydantic_ai.models.test.TestModel",
                "pydantic_ai.models.function.FunctionModel",
                "pydantic_ai.models.mcp_sampling.MCPSamplingModel",
                "pydantic_ai.embeddings.test.TestEmbeddingModel",
                "pydantic_ai.embeddings.sentence_transformers.SentenceTransformerEmbeddingModel",
                "pydantic_ai.images.test.TestImageGenerationModel",
            ),
            own=False,
            model="",
        ),
        ClientClass(
            names=("pydantic_ai.Embedder", "pydantic_ai.embeddings.Embedder"),
            methods=(
                Method("embed", api="embeddings", model=""),
                Method("embed_sync", api="embeddings", model=""),
                Method("embed_query", api="embeddings", model=""),
                Method("embed_query_sync", api="embeddings", model=""),
                Method("embed_documents", api="embeddings", model=""),
                Method("embed_documents_sync", api="embeddings", model=""),
            ),
            free=("count_tokens", "count_tokens_sync", "max_input_tokens", "max_input_tokens_sync", "override"),
            parts=("model",),
        ),
        ClientClass(
            names=(
                "pydantic_ai.embeddings.openai.OpenAIEmbeddingModel",
                "pydantic_ai.embeddings.cohere.CohereEmbeddingModel",
                "pydantic_ai.embeddings.bedrock.BedrockEmbeddingModel",
                "pydantic_ai.embeddings.google.GoogleEmbeddingModel",
                "pydantic_ai.embeddings.voyageai.VoyageAIEmbeddingModel",
            ),
            methods=(Method("embed", api="embeddings", model=""),),
            free=("count_tokens", "max_input_tokens"),
            model="model_name",
        ),
        ClientClass(
            names=("pydantic_ai.ImageGenerator", "pydantic_ai.images.ImageGenerator"),
            methods=(Method("generate", api="images", model=""), Method("generate_sync", api="images", model="")),
            free=("override",),
            parts=("model",),
        ),
        ClientClass(
            names=(
                "pydantic_ai.images.openai.OpenAIImageGenerationModel",
                "pydantic_ai.images.google.GoogleImageGenerationModel",
                "pydantic_ai.images.xai.XaiImageGenerationModel",
            ),
            methods=(Method("generate", api="images", model=""),),
            model="model_name",
        ),
    ),
    functions=(
        Function(
            names=(
                "pydantic_ai.direct.model_request",
                "pydantic_ai.direct.model_request_sync",
                "pydantic_ai.direct.model_request_stream",
                "pydantic_ai.direct.model_request_stream_sync",
            ),
            parts=("model",),
            positions=("model", "messages"),
        ),
        Function(
            names=("pydantic_ai.direct.model_request_batch",),
            bills=Bills.JOB,
            api="batch",
            parts=("model",),
            positions=("model", "messages"),
        ),
        Function(
            names=(
                "pydantic_evals.evaluators.llm_as_a_judge.judge_output",
                "pydantic_evals.evaluators.llm_as_a_judge.judge_input_output",
                "pydantic_evals.evaluators.llm_as_a_judge.judge_input_output_expected",
                "pydantic_evals.evaluators.llm_as_a_judge.judge_output_expected",
                "pydantic_evals.evaluators.llm_as_a_judge.judge_g_eval",
            ),
            parts=("model",),
        ),
        Function(
            names=("pydantic_ai.models.infer_model",),
            bills=Bills.FREE,
            api="",
            returns=OPENAI_MODEL,
            parts=("model",),
            positions=("model",),
        ),
        Function(
            names=(
                "pydantic_ai.Agent.from_spec",
                "pydantic_ai.Agent.from_file",
                "pydantic_ai.agent.Agent.from_spec",
                "pydantic_ai.agent.Agent.from_file",
            ),
            bills=Bills.FREE,
            api="",
            returns=AGENT,
            parts=("model",),
        ),
    ),
)
