"""Hold the catalog against the installed frameworks: a method that looks as if it bills must be known, by its name."""

from __future__ import annotations

import importlib
import inspect
import re
from typing import Final

import pytest

from cost_lib.catalog import load

# Verbs that send a request somewhere; what carries one of them is catalogued as billable, as free, or as giving the same object.
LOOKS_BILLABLE: Final = re.compile(
    r"(_?(a|async_)?(acall|ask|astream|batch|call|chat|complete|create|embed|extract|forward|generate|infer|invoke|iter|kickoff|measure"
    r"|predict|print_response|query|request|rerank|run|say|search|send|stream|structured|submit|summarize|synthesize|transform)(_.*|s|))"
    r"|.*_(batch|call|complete|create|embedding|generate|invoke|predict|query|request|run|search|stream|sync)"
)
# Looked at and left out: nothing of it sends a request.
HARMLESS: Final = re.compile(
    r"_.*|.*_schema|.*_jsonschema|model_.*|get_(input|output)_.*|is_.*|schema|schema_json|construct|from_orm|parse_(raw|obj|file)"
)

CLASSES: Final = [
    ("langchain_core", "langchain_core.language_models.BaseChatModel"),
    ("langchain_core", "langchain_core.language_models.BaseLLM"),
    ("langchain_core", "langchain_core.embeddings.Embeddings"),
    ("langchain_core", "langchain_core.runnables.RunnableSequence"),
    ("langchain_openai", "langchain_openai.ChatOpenAI"),
    ("langchain_openai", "langchain_openai.AzureChatOpenAI"),
    ("langchain_openai", "langchain_openai.OpenAI"),
    ("langchain_openai", "langchain_openai.OpenAIEmbeddings"),
    ("langchain_classic", "langchain_classic.chains.LLMChain"),
    ("langchain_classic", "langchain_classic.chains.RetrievalQA"),
    ("langchain_classic", "langchain_classic.agents.AgentExecutor"),
    ("langchain_classic", "langchain_classic.retrievers.MultiQueryRetriever"),
    ("pydantic_ai", "pydantic_ai.Agent"),
    ("pydantic_ai", "pydantic_ai.Embedder"),
    ("pydantic_ai", "pydantic_ai.models.Model"),
    ("agents", "agents.models.interface.Model"),
    ("agents", "agents.run.AgentRunner"),
    ("instructor", "instructor.Instructor"),
    ("instructor", "instructor.AsyncInstructor"),
    ("llama_index.core", "llama_index.core.llms.LLM"),
    ("llama_index.core", "llama_index.core.llms.function_calling.FunctionCallingLLM"),
    ("llama_index.core", "llama_index.core.embeddings.BaseEmbedding"),
    ("llama_index.core", "llama_index.core.query_engine.RetrieverQueryEngine"),
    ("llama_index.core", "llama_index.core.chat_engine.SimpleChatEngine"),
    ("llama_index.core", "llama_index.core.VectorStoreIndex"),
    ("dspy", "dspy.Predict"),
    ("dspy", "dspy.LM"),
    ("smolagents", "smolagents.CodeAgent"),
    ("smolagents", "smolagents.OpenAIModel"),
    ("strands", "strands.Agent"),
    ("crewai", "crewai.Crew"),
    ("crewai", "crewai.Agent"),
    ("crewai", "crewai.LLM"),
    ("agno", "agno.agent.Agent"),
]

FUNCTIONS: Final = [
    ("langchain", "langchain.chat_models.init_chat_model"),
    ("langchain", "langchain.embeddings.init_embeddings"),
    ("langchain", "langchain.agents.create_agent"),
    ("langchain_classic", "langchain_classic.chains.create_retrieval_chain"),
    ("langgraph.prebuilt", "langgraph.prebuilt.create_react_agent"),
    ("pydantic_ai", "pydantic_ai.direct.model_request"),
    ("pydantic_ai", "pydantic_ai.direct.model_request_stream_sync"),
    ("agents", "agents.Runner.run_streamed"),
    ("instructor", "instructor.from_provider"),
    ("instructor", "instructor.patch"),
]


def _installed(package: str, dotted: str) -> object:
    pytest.importorskip(package, exc_type=ImportError)
    for depth in range(dotted.count("."), 0, -1):
        module, names = ".".join(dotted.split(".")[:depth]), dotted.split(".")[depth:]
        try:
            found: object = importlib.import_module(module)
        except ModuleNotFoundError:
            continue
        for name in names:
            found = getattr(found, name)
        return found
    raise AssertionError(f"{dotted} is not in the installed {package}")


def _methods(cls: type) -> set[str]:
    named = {name for name, member in inspect.getmembers(cls) if callable(member) and not inspect.isclass(member)}
    called = {""} if "__call__" in named else set()
    return {name for name in named if LOOKS_BILLABLE.fullmatch(name) and not HARMLESS.fullmatch(name)} | called


@pytest.mark.parametrize(("package", "dotted"), CLASSES)
def test_no_method_that_looks_billable_is_unknown(package: str, dotted: str) -> None:
    cls = _installed(package, dotted)
    assert isinstance(cls, type)
    catalog = load()
    entry = catalog.client(dotted)
    assert entry is not None
    assert sorted(name for name in _methods(cls) if catalog.method(entry, name) is None and not catalog.is_same(entry, name)) == []


@pytest.mark.parametrize(("package", "dotted"), FUNCTIONS)
def test_the_installed_package_has_the_catalogued_function(package: str, dotted: str) -> None:
    assert callable(_installed(package, dotted))
    assert load().function(dotted) is not None or load().client(dotted) is not None
