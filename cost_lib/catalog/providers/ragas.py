"""Know the evaluation libraries Ragas and DeepEval: judges and synthesizers are requests too."""

from __future__ import annotations

from typing import Final

from cost_lib.catalog.model import Bills, ClientClass, Function, Layer, Method, Provider

RAGAS_LLM = "ragas.llms.BaseRagasLLM"
TESTSET = "ragas.testset.TestsetGenerator"
DEEPEVAL_LLM = "deepeval.models.DeepEvalBaseLLM"

PROVIDER: Final = Provider(
    name="ragas",
    layer=Layer.FRAMEWORK,
    packages=("ragas", "deepeval"),
    source="ragas 0.4.3, deepeval 4.3.1, source read",
    checked="2026-11-22",
    classes=(
        ClientClass(
            names=(RAGAS_LLM, "ragas.llms.base.BaseRagasLLM"),
            methods=(
                Method("generate", model=""),
                Method("agenerate", model=""),
                Method("generate_text", model=""),
                Method("agenerate_text", model=""),
            ),
            own=False,
            abstract=True,
            model="",
        ),
        ClientClass(
            names=(
                "ragas.llms.LangchainLLMWrapper",
                "ragas.llms.LlamaIndexLLMWrapper",
                "ragas.llms.base.LangchainLLMWrapper",
                "ragas.llms.base.LlamaIndexLLMWrapper",
                "ragas.llms.base.InstructorLLM",
                "ragas.llms.llm_factory()",
            ),
            bases=(RAGAS_LLM,),
            parts=("langchain_llm", "llm", "client"),
            model="",
        ),
        ClientClass(
            names=(TESTSET, "ragas.testset.synthesizers.generate.TestsetGenerator", "ragas.testset.generator.TestsetGenerator"),
            methods=(
                Method("generate", model=""),
                Method("generate_with_langchain_docs", model=""),
                Method("generate_with_llamaindex_docs", model=""),
                Method("generate_with_chunks", model=""),
            ),
            parts=("llm", "generator_llm", "critic_llm", "embedding_model", "embeddings"),
            model="",
        ),
        # Metrics of Ragas send requests through the model they are given.
        ClientClass(
            names=(
                "ragas.metrics.AnswerAccuracy",
                "ragas.metrics.AnswerCorrectness",
                "ragas.metrics.AnswerRelevancy",
                "ragas.metrics.AspectCritic",
                "ragas.metrics.ContextEntityRecall",
                "ragas.metrics.ContextPrecision",
                "ragas.metrics.ContextRecall",
                "ragas.metrics.ContextRelevance",
                "ragas.metrics.FactualCorrectness",
                "ragas.metrics.Faithfulness",
                "ragas.metrics.LLMContext*",
                "ragas.metrics.NoiseSensitivity",
                "ragas.metrics.ResponseGroundedness",
                "ragas.metrics.ResponseRelevancy",
                "ragas.metrics.RubricsScore",
                "ragas.metrics.SimpleCriteriaScore",
                "ragas.metrics.SummarizationScore",
                "ragas.metrics.TopicAdherenceScore",
            ),
            methods=(
                Method("single_turn_score", model=""),
                Method("single_turn_ascore", model=""),
                Method("multi_turn_score", model=""),
                Method("multi_turn_ascore", model=""),
                Method("score", model=""),
                Method("ascore", model=""),
            ),
            parts=("llm", "embeddings"),
            own=False,
            model="",
        ),
        ClientClass(
            provider="deepeval",
            names=(
                "deepeval.metrics.GEval",
                "deepeval.metrics.ArenaGEval",
                "deepeval.metrics.ConversationalGEval",
                "deepeval.metrics.DAGMetric",
                "deepeval.metrics.*Metric",
            ),
            methods=(Method("measure", model=""), Method("a_measure", model="")),
            free=("is_successful",),
            parts=("model",),
        ),
        ClientClass(
            provider="deepeval",
            names=(
                "deepeval.metrics.BaseMetric",
                "deepeval.metrics.BaseConversationalMetric",
                "deepeval.metrics.BaseArenaMetric",
                "deepeval.metrics.base_metric.*",
                "deepeval.metrics.ExactMatchMetric",
                "deepeval.metrics.PatternMatchMetric",
                "deepeval.metrics.AudioIntegrityMetric",
            ),
            own=False,
            abstract=True,
            model="",
        ),
        ClientClass(
            provider="deepeval",
            names=("deepeval.synthesizer.Synthesizer", "deepeval.synthesizer.synthesizer.Synthesizer"),
            methods=(
                Method("generate_goldens_from_docs", model=""),
                Method("a_generate_goldens_from_docs", model=""),
                Method("generate_goldens_from_contexts", model=""),
                Method("a_generate_goldens_from_contexts", model=""),
                Method("generate_goldens_from_scratch", model=""),
                Method("a_generate_goldens_from_scratch", model=""),
                Method("generate_goldens_from_goldens", model=""),
                Method("a_generate_goldens_from_goldens", model=""),
            ),
            free=("save_as", "push", "to_pandas"),
            parts=("model",),
        ),
        ClientClass(
            provider="deepeval",
            names=("deepeval.simulator.ConversationSimulator", "deepeval.conversation_simulator.ConversationSimulator"),
            methods=(Method("simulate", model=""),),
            parts=("simulator_model",),
            model="simulator_model",
        ),
        ClientClass(
            provider="deepeval",
            names=(DEEPEVAL_LLM, "deepeval.models.base_model.DeepEvalBaseLLM"),
            methods=(
                Method("generate", model=""),
                Method("a_generate", model=""),
                Method("generate_with_schema", model=""),
                Method("a_generate_with_schema", model=""),
                Method("batch_generate", model=""),
            ),
            free=("load_model", "get_model_name"),
            own=False,
            abstract=True,
        ),
        ClientClass(
            provider="deepeval",
            names=(
                "deepeval.models.OpenAIModel",
                "deepeval.models.GPTModel",
                "deepeval.models.AzureOpenAIModel",
                "deepeval.models.AnthropicModel",
                "deepeval.models.GeminiModel",
                "deepeval.models.AmazonBedrockModel",
                "deepeval.models.LiteLLMModel",
                "deepeval.models.KimiModel",
                "deepeval.models.GrokModel",
                "deepeval.models.DeepSeekModel",
                "deepeval.models.OllamaModel",
                "deepeval.models.PortkeyModel",
                "deepeval.models.OpenRouterModel",
            ),
            bases=(DEEPEVAL_LLM,),
        ),
    ),
    functions=(
        Function(
            names=("ragas.evaluate", "ragas.aevaluate", "ragas.evaluation.evaluate", "ragas.evaluation.aevaluate"),
            api="evaluation",
            parts=("llm", "embeddings"),
            positions=("dataset", "metrics", "llm", "embeddings"),
            model="",
        ),
        Function(
            names=("ragas.testset.TestsetGenerator.from_*", "ragas.testset.generator.TestsetGenerator.from_*"),
            bills=Bills.FREE,
            api="",
            returns=TESTSET,
            parts=("llm", "generator_llm", "embedding_model"),
            positions=("llm",),
            model="",
        ),
        Function(
            names=("ragas.llms.llm_factory", "ragas.llms.base.llm_factory"),
            bills=Bills.FREE,
            api="",
            returns="ragas.llms.llm_factory()",
            parts=("client",),
            positions=("model",),
        ),
        Function(
            names=(
                "deepeval.evaluate",
                "deepeval.assert_test",
                "deepeval.evaluate.evaluate",
                "deepeval.evaluate.assert_test",
                "deepeval.compare",
            ),
            api="evaluation",
            model="",
        ),
    ),
)
