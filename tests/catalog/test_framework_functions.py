"""Look-ups of framework functions: factories of what bills, functions that bill, decorators."""

from __future__ import annotations

import pytest

from cost_lib.catalog import FunctionEntry, load
from cost_lib.catalog.model import Bills, Transport


def _function(name: str) -> FunctionEntry:
    found = load().function(name)
    assert found is not None, name
    return found


@pytest.mark.parametrize(
    "name",
    [
        "pydantic_ai.direct.model_request_stream",
        "agents.Runner.run",
        "agents.run.Runner.run_sync",
        "claude_agent_sdk.query",
        "claude_code_sdk.query",
        "llama_index.core.VectorStoreIndex.from_documents",
        "llama_index.core.Settings.llm.complete",
        "marvin.extract",
        "lmql.run",
        "ragas.evaluate",
        "deepeval.assert_test",
        "google.adk.evaluation.AgentEvaluator.evaluate",
        "autogen.initiate_chats",
        "langfuse.openai.openai.chat.completions.create",
    ],
)
def test_a_function_that_asks_a_model_bills(name: str) -> None:
    assert Bills.TOKENS is _function(name).function.bills


@pytest.mark.parametrize(
    ("name", "accessor"),
    [
        ("langchain.chat_models.init_chat_model", "invoke"),
        ("langchain.embeddings.init_embeddings", "embed_query"),
        ("langchain.chains.RetrievalQA.from_chain_type", "run"),
        ("langchain.chains.conversational_retrieval.base.ConversationalRetrievalChain.from_llm", ""),
        ("langchain.chains.question_answering.load_qa_chain", "run"),
        ("langchain.chains.summarize.load_summarize_chain", "invoke"),
        ("langchain.chains.combine_documents.create_stuff_documents_chain", "ainvoke"),
        ("langchain.chains.create_sql_query_chain", "invoke"),
        ("langchain.agents.initialize_agent", "run"),
        ("langchain.agents.create_tool_calling_agent", "invoke"),
        ("langchain_community.agent_toolkits.sql.base.create_sql_agent", "invoke"),
        ("langchain_experimental.agents.agent_toolkits.create_pandas_dataframe_agent", "run"),
        ("langchain.agents.create_agent", "stream"),
        ("langgraph.prebuilt.create_react_agent", "ainvoke"),
        ("deepagents.create_deep_agent", "astream"),
        ("langchain.retrievers.multi_query.MultiQueryRetriever.from_llm", "get_relevant_documents"),
        ("llama_index.core.load_index_from_storage", "insert"),
        ("llama_index.core.agent.ReActAgent.from_tools", "chat"),
        ("llama_index.core.program.LLMTextCompletionProgram.from_defaults", ""),
        ("instructor.from_openai", "chat.completions.create"),
        ("instructor.from_provider", "create_iterable"),
        ("instructor.patch", "chat.completions.create"),
        ("langsmith.wrappers.wrap_openai", "responses.create"),
        ("outlines.from_openai", ""),
        ("aider.coders.Coder.create", "run"),
        ("guardrails.Guard.from_pydantic", ""),
        ("marvin.fn", ""),
        ("lmql.query", ""),
        ("mirascope.llm.model", "call"),
    ],
)
def test_a_factory_bills_nothing_itself_but_makes_something_that_does(name: str, accessor: str) -> None:
    catalog, function = load(), _function(name).function
    assert Bills.FREE is function.bills
    made = catalog.client(function.returns)
    assert made is not None
    method = catalog.method(made, accessor)
    assert method is not None
    assert Bills.TOKENS is method.bills


@pytest.mark.parametrize(
    "name", ["mirascope.llm.call", "mirascope.core.openai.call", "magentic.prompt", "magentic.chatprompt", "ell.simple"]
)
def test_a_decorator_with_arguments_makes_a_function_that_bills(name: str) -> None:
    catalog = load()
    decorator = catalog.client(_function(name).function.returns)
    assert decorator is not None
    decorating = catalog.method(decorator, "")
    assert decorating is not None
    assert Bills.FREE is decorating.bills
    decorated = catalog.client(decorating.returns)
    assert decorated is not None
    called = catalog.method(decorated, "")
    assert called is not None
    assert Bills.TOKENS is called.bills


@pytest.mark.parametrize(
    "name",
    [
        "langchain.chains.retrieval.create_retrieval_chain",
        "langchain_core.runnables.RunnablePassthrough.assign",
        "langchain_core.prompts.ChatPromptTemplate.from_messages",
        "langchain.output_parsers.OutputFixingParser.from_llm",
        "langchain.hub.pull",
        "dspy.streamify",
        "outlines.generate.json",
    ],
)
def test_what_is_built_of_parts_bills_only_through_them(name: str) -> None:
    assert not _function(name).function.own


@pytest.mark.parametrize("literal", ["qa", "criteria", "labeled_score_string", "trajectory", "embedding_distance"])
def test_an_evaluator_that_asks_a_model_is_picked_by_its_name(literal: str) -> None:
    choice = _function("langchain.evaluation.load_evaluator").function.choice
    assert choice is not None
    assert literal in dict(choice.values)


@pytest.mark.parametrize("literal", ["string_distance", "exact_match", "regex_match", "json_validity"])
def test_an_evaluator_that_compares_strings_is_none(literal: str) -> None:
    choice = _function("langchain.evaluation.load_evaluator").function.choice
    assert choice is not None
    assert literal not in dict(choice.values)


def test_a_subprocess_is_marked() -> None:
    assert Transport.SUBPROCESS is _function("claude_agent_sdk.query").function.transport


def test_an_alternative_constructor_is_not_taken_for_the_class() -> None:
    assert load().client("langchain.output_parsers.OutputFixingParser.from_llm") is None
    assert load().client("langchain.embeddings.CacheBackedEmbeddings.from_bytes_store") is None
