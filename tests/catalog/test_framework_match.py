"""Look-ups of framework names: what bills, what only looks alike, what bills when a part does."""

from __future__ import annotations

import pytest

from cost_lib.catalog import ClientEntry, load
from cost_lib.catalog.model import Bills, Layer, Transport


def _entry(name: str) -> ClientEntry:
    entry = load().client(name)
    assert entry is not None, name
    return entry


TOKENS = [
    ("langchain_openai.ChatOpenAI", "invoke"),
    ("langchain_openai.chat_models.azure.AzureChatOpenAI", "abatch_as_completed"),
    ("langchain_core.language_models.BaseChatModel", "stream_events"),
    ("langchain_core.language_models.chat_models.BaseChatModel", "agenerate"),
    ("langchain.chat_models.ChatOpenAI", ""),
    ("langchain.chat_models.openai.ChatOpenAI", "predict_messages"),
    ("langchain.llms.openai.OpenAI", "predict"),
    ("langchain.OpenAI", ""),
    ("langchain_community.chat_models.tongyi.ChatTongyi", "astream"),
    ("langchain_classic.llms.Anthropic", "apredict"),
    ("langchain_anthropic.ChatAnthropic", "astream_events"),
    ("langchain_aws.ChatBedrockConverse", "ainvoke"),
    ("langchain_mistralai.chat_models.ChatMistralAI", "completion_with_retry"),
    ("langchain_litellm.chat_models.litellm.ChatLiteLLM", "invoke"),
    ("langchain_openai.OpenAIDecisions", "invoke"),
    ("langchain.embeddings.openai.OpenAIEmbeddings", "embed_documents"),
    ("langchain_community.embeddings.QianfanEmbeddingsEndpoint", "embed_query"),
    ("langchain_aws.embeddings.bedrock.BedrockEmbeddings", "aembed_video"),
    ("langchain_cohere.CohereRerank", "compress_documents"),
    ("langchain.chains.LLMChain", "predict_and_parse"),
    ("langchain.chains.retrieval_qa.base.RetrievalQA", "run"),
    ("langchain.chains.HypotheticalDocumentEmbedder", "embed_query"),
    ("langchain_experimental.sql.SQLDatabaseChain", "arun"),
    ("langchain.agents.AgentExecutor", "iter"),
    ("langchain.evaluation.CriteriaEvalChain", "aevaluate_strings"),
    ("langchain.retrievers.multi_query.MultiQueryRetriever", "get_relevant_documents"),
    ("langchain.memory.ConversationSummaryMemory", "save_context"),
    ("llama_index.llms.openai.OpenAI", "stream_complete"),
    ("llama_index.llms.OpenAI", "complete"),
    ("llama_index.core.llms.function_calling.FunctionCallingLLM", "achat_with_tools"),
    ("llama_index.embeddings.openai.OpenAIEmbedding", "get_text_embedding_batch"),
    ("llama_index.core.query_engine.SubQuestionQueryEngine", "aquery"),
    ("llama_index.core.chat_engine.ContextChatEngine", "stream_chat"),
    ("llama_index.core.agent.workflow.FunctionAgent", "run"),
    ("llama_index.core.VectorStoreIndex", "insert_nodes"),
    ("pydantic_ai.Agent", "run_stream_events"),
    ("pydantic_ai.agent.Agent", "run_sync"),
    ("pydantic_ai.models.openai.OpenAIChatModel", "request_stream"),
    ("pydantic_ai.Embedder", "embed_documents_sync"),
    ("pydantic_ai.ImageGenerator", "generate"),
    ("instructor.Instructor", "chat.completions.create_with_completion"),
    ("instructor.AsyncInstructor", "messages.create"),
    ("dspy.Predict", ""),
    ("dspy.ChainOfThought", "acall"),
    ("dspy.LM", ""),
    ("dspy.OpenAI", ""),
    ("dspy.MIPROv2", "compile"),
    ("crewai.Crew", "kickoff_for_each_async"),
    ("crewai.Agent", "kickoff"),
    ("crewai.LLM", "acall"),
    ("autogen.ConversableAgent", "a_initiate_chat"),
    ("autogen_agentchat.agents.AssistantAgent", "on_messages_stream"),
    ("autogen_agentchat.teams.SelectorGroupChat", "run_stream"),
    ("autogen_ext.models.openai.AzureOpenAIChatCompletionClient", "create_stream"),
    ("agents.models.openai_responses.OpenAIResponsesModel", "get_response"),
    ("haystack.components.generators.chat.OpenAIResponsesChatGenerator", "run_async"),
    ("haystack_integrations.components.generators.anthropic.AnthropicChatGenerator", "run"),
    ("semantic_kernel.Kernel", "invoke_prompt"),
    ("semantic_kernel.connectors.ai.open_ai.AzureChatCompletion", "get_streaming_chat_message_contents"),
    ("semantic_kernel.agents.ChatCompletionAgent", "get_response"),
    ("smolagents.ToolCallingAgent", "run"),
    ("smolagents.LiteLLMModel", ""),
    ("google.adk.runners.InMemoryRunner", "run_async"),
    ("agno.agent.Agent", "aprint_response"),
    ("phi.assistant.Assistant", "chat"),
    ("agno.models.openai.OpenAIChat", "response_stream"),
    ("strands.Agent", ""),
    ("strands.multiagent.Graph", "invoke_async"),
    ("mirascope.llm.Model", "context_resume_stream_async"),
    ("magentic.Chat", "asubmit"),
    ("marvin.Agent", "run_async"),
    ("aider.coders.EditBlockCoder", "run"),
    ("swarm.Swarm", "run_and_stream"),
    ("mem0.AsyncMemory", "add"),
    ("embedchain.App", "query"),
    ("browser_use.Agent", "run"),
    ("guardrails.AsyncGuard", ""),
    ("outlines.models.openai.AsyncOpenAI", "generate_stream"),
    ("ragas.testset.TestsetGenerator", "generate"),
    ("deepeval.metrics.FaithfulnessMetric", "a_measure"),
    ("agent_framework.ChatAgent", "run_stream"),
    ("langfuse.openai.AsyncOpenAI", "chat.completions.create"),
    ("posthog.ai.anthropic.Anthropic", "messages.create"),
]

FREE = [
    ("langchain_openai.ChatOpenAI", "get_num_tokens"),
    ("langchain_anthropic.ChatAnthropic", "get_num_tokens_from_messages"),
    ("langchain.chains.LLMChain", "prep_prompts"),
    ("langchain.agents.AgentExecutor", "lookup_tool"),
    ("llama_index.core.VectorStoreIndex", "as_retriever"),
    ("llama_index.llms.openai.OpenAI", "get_tool_calls_from_response"),
    ("pydantic_ai.Agent", "tool_plain"),
    ("pydantic_ai.Agent", "override"),
    ("pydantic_ai.models.anthropic.AnthropicModel", "count_tokens"),
    ("dspy.ChainOfThought", "load"),
    ("dspy.LM", "inspect_history"),
    ("crewai.Crew", "calculate_usage_metrics"),
    ("autogen_ext.models.openai.OpenAIChatCompletionClient", "count_tokens"),
    ("semantic_kernel.Kernel", "invoke_function_call"),
    ("smolagents.CodeAgent", "replay"),
    ("strands.Agent", "tool.calculator"),
    ("guardrails.Guard", "parse"),
    ("claude_agent_sdk.ClaudeSDKClient", "receive_response"),
    ("mem0.Memory", "get_all"),
    ("aider.models.Model", "token_count"),
]

NOTHING_BILLS = [
    "langchain_core.prompts.ChatPromptTemplate",
    "langchain_core.output_parsers.StrOutputParser",
    "langchain_core.runnables.RunnableLambda",
    "langchain_core.runnables.RunnablePassthrough",
    "langchain_core.language_models.fake_chat_models.FakeListChatModel",
    "langchain.llms.fake.FakeListLLM",
    "langchain.llms.LlamaCpp",
    "langchain_community.llms.huggingface_pipeline.HuggingFacePipeline",
    "langchain_community.embeddings.HuggingFaceEmbeddings",
    "langchain_huggingface.HuggingFaceEmbeddings",
    "langchain_core.embeddings.FakeEmbeddings",
    "langchain.chains.TransformChain",
    "langchain.chains.OpenAIModerationChain",
    "langchain.evaluation.StringDistanceEvalChain",
    "llama_index.core.llms.MockLLM",
    "llama_index.llms.llama_cpp.LlamaCPP",
    "llama_index.embeddings.huggingface.HuggingFaceEmbedding",
    "pydantic_ai.models.test.TestModel",
    "pydantic_ai.models.function.FunctionModel",
    "smolagents.TransformersModel",
    "autogen_ext.models.replay.ReplayChatCompletionClient",
    "haystack.components.embedders.SentenceTransformersTextEmbedder",
    "deepeval.metrics.ExactMatchMetric",
]

FOREIGN = [
    "langgraph.graph.StateGraph",
    "langchain_core.tools.tool",
    "langchain_core.documents.Document",
    "langchain_community.document_loaders.PyPDFLoader",
    "langchain_text_splitters.RecursiveCharacterTextSplitter",
    "langchain_community.vectorstores.FAISS",
    "llama_index.core.SimpleDirectoryReader",
    "llama_index.core.node_parser.SentenceSplitter",
    "llama_index.core.workflow.Workflow",
    "pydantic_ai.RunContext",
    "dspy.Signature",
    "dspy.Retrieve",
    "dspy.InputField",
    "crewai.Process",
    "agents.Agent",
    "agents.function_tool",
    "smolagents.tool",
    "smolagents.DuckDuckGoSearchTool",
    "haystack.Document",
    "haystack.components.builders.PromptBuilder",
    "mem0.MemoryClient",
    "agno.tools.duckduckgo.DuckDuckGoTools",
]


@pytest.mark.parametrize(("name", "accessor"), TOKENS)
def test_a_request_through_a_framework_bills_tokens(name: str, accessor: str) -> None:
    method = load().method(_entry(name), accessor)
    assert method is not None
    assert Bills.TOKENS is method.bills


@pytest.mark.parametrize(("name", "accessor"), FREE)
def test_what_sends_nothing_is_known_to_be_free(name: str, accessor: str) -> None:
    method = load().method(_entry(name), accessor)
    assert method is not None
    assert Bills.FREE is method.bills


@pytest.mark.parametrize("name", NOTHING_BILLS)
def test_parts_local_models_and_stand_ins_never_bill(name: str) -> None:
    entry = _entry(name)
    assert not load().bills(entry)
    assert not entry.client.own


@pytest.mark.parametrize("name", FOREIGN)
def test_what_holds_no_model_is_not_catalogued(name: str) -> None:
    assert load().client(name) is None
    assert load().function(name) is None


@pytest.mark.parametrize(
    "name",
    [
        "langchain_core.language_models.BaseChatModel",
        "langchain_core.language_models.LLM",
        "langchain_core.embeddings.Embeddings",
        "langchain_core.runnables.Runnable",
        "langchain.chains.base.Chain",
        "llama_index.core.llms.CustomLLM",
        "llama_index.core.query_engine.CustomQueryEngine",
        "dspy.Module",
        "dspy.BaseLM",
        "crewai.BaseLLM",
        "google.adk.agents.BaseAgent",
        "autogen_agentchat.agents.BaseChatAgent",
        "agno.workflow.Workflow",
        "smolagents.Model",
        "pydantic_ai.models.Model",
        "deepeval.models.DeepEvalBaseLLM",
    ],
)
def test_a_subclass_of_a_base_class_is_the_projects_own(name: str) -> None:
    assert _entry(name).client.abstract


@pytest.mark.parametrize(
    "name",
    [
        "langchain_core.runnables.Runnable",
        "langchain_core.runnables.RunnableSequence",
        "langchain_core.runnables.RunnableParallel",
        "langchain_core.runnables.history.RunnableWithMessageHistory",
        "langchain.chains.SequentialChain",
        "langchain.embeddings.CacheBackedEmbeddings",
        "langchain.retrievers.ContextualCompressionRetriever",
        "llama_index.core.ingestion.IngestionPipeline",
        "pydantic_ai.models.fallback.FallbackModel",
        "google.adk.agents.SequentialAgent",
        "haystack.Pipeline",
        "dspy.Refine",
    ],
)
def test_a_container_bills_only_through_its_parts(name: str) -> None:
    assert not _entry(name).client.own


@pytest.mark.parametrize(
    "name",
    [
        "langchain_openai.ChatOpenAI",
        "langchain_core.prompts.PromptTemplate",
        "langchain_core.output_parsers.JsonOutputParser",
        "langchain.llms.fake.FakeListLLM",
        "langchain.chains.LLMChain",
        "langchain.agents.create_agent()",
    ],
)
def test_runnables_compose_with_a_pipe(name: str) -> None:
    client = _entry(name).client
    assert "|" in client.operators
    assert "langchain_core.runnables.RunnableSequence" == client.composite


@pytest.mark.parametrize("leaf", ["bind_tools", "with_structured_output", "with_retry", "with_fallbacks", "configurable_fields"])
def test_a_bound_chat_model_is_still_the_model(leaf: str) -> None:
    assert load().is_same(_entry("langchain_openai.ChatOpenAI"), leaf)


@pytest.mark.parametrize(
    ("name", "accessor", "transport"),
    [
        ("langchain_google_vertexai.ChatVertexAI", "invoke", Transport.GRPC),
        ("langchain_google_vertexai.VertexAIEmbeddings", "embed_query", Transport.GRPC),
        ("langchain_google_genai.ChatGoogleGenerativeAI", "invoke", Transport.HTTP),
        ("pydantic_ai.models.xai.XaiModel", "request", Transport.GRPC),
        ("agents.realtime.RealtimeSession", "send_audio", Transport.WEBSOCKET),
        ("claude_agent_sdk.ClaudeSDKClient", "query", Transport.SUBPROCESS),
    ],
)
def test_what_does_not_travel_by_http_is_marked(name: str, accessor: str, transport: Transport) -> None:
    method = load().method(_entry(name), accessor)
    assert method is not None
    assert transport is method.transport


def test_a_drop_in_client_counts_as_the_sdk() -> None:
    assert Layer.SDK is _entry("langfuse.openai.OpenAI").layer


def test_a_chat_model_counts_as_a_framework() -> None:
    assert Layer.FRAMEWORK is _entry("langchain_openai.ChatOpenAI").layer
