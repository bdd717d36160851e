"""Hold the catalog against the frameworks' rows of the introspected surface (``../shared/provider-surface/surface.tsv``)."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import Final

import pytest

from cost_lib.catalog import load

SURFACE: Final = Path(__file__).parents[3] / "shared" / "provider-surface" / "surface.tsv"

# distribution -> the class that its row speaks of
CLASSES: Final = {
    "agno": "agno.agent.Agent",
    "autogen-ext": "autogen_ext.models.openai.OpenAIChatCompletionClient",
    "dspy": "dspy.LM",
    "google-adk": "google.adk.Runner",
    "langchain-anthropic": "langchain_anthropic.ChatAnthropic",
    "langchain-core": "langchain_core.language_models.BaseChatModel",
    "langchain-google-genai": "langchain_google_genai.ChatGoogleGenerativeAI",
    "llama-index-llms-openai": "llama_index.llms.openai.OpenAI",
    "mirascope": "mirascope.llm.Model",
    "pydantic-ai-slim": "pydantic_ai.Agent",
    "semantic-kernel": "semantic_kernel.connectors.ai.open_ai.OpenAIChatCompletion",
    "strands-agents": "strands.Agent",
}


def _accessors(written: str) -> list[str]:
    """Take the plain names of a row such as ``run/arun/iter`` or ``get_text(s)/call_*``; ``__call__`` is the instance itself."""
    names = re.split(r"[/ ]+", re.sub(r"\(s\)|\.\.\.", "", written))
    return ["" if name == "__call__" else re.sub(r"\((_\w+)\)", r"\1", name) for name in names if not re.search(r"[*,]", name) and name]


def _rows() -> list[tuple[str, str]]:
    if not SURFACE.exists():
        return []
    with SURFACE.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file, delimiter="\t") if row["distribution"] in CLASSES]
    return [(CLASSES[row["distribution"]], accessor) for row in rows for accessor in _accessors(row["accessor"])]


@pytest.mark.skipif(not SURFACE.exists(), reason="the introspected surface is not at hand")
@pytest.mark.parametrize(("name", "accessor"), _rows())
def test_the_catalog_knows_what_a_framework_offers(name: str, accessor: str) -> None:
    catalog = load()
    entry = catalog.client(name)
    assert entry is not None
    assert catalog.method(entry, accessor) is not None


@pytest.mark.skipif(not SURFACE.exists(), reason="the introspected surface is not at hand")
def test_every_such_framework_has_a_row_with_accessors() -> None:
    assert set(CLASSES.values()) == {name for name, _ in _rows()}
