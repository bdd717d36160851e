"""Hold the catalog against the introspected surface of the SDKs (``../shared/provider-surface/surface.tsv``)."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import Final, NamedTuple

import pytest

from cost_lib.catalog import Catalog, load
from cost_lib.catalog.model import Bills

SURFACE: Final = Path(__file__).parents[3] / "shared" / "provider-surface" / "surface.tsv"

# One summary row each: they are the frameworks' business.
SUMMARIES: Final = frozenset(
    [
        "agno",
        "autogen-ext",
        "crewai",
        "dspy",
        "google-adk",
        "guidance",
        "haystack-ai",
        "instructor",
        "langchain",
        "langchain-anthropic",
        "langchain-core",
        "langchain-google-genai",
        "langchain-openai",
        "llama-index-llms-openai",
        "magentic",
        "marvin",
        "mirascope",
        "openai-agents",
        "pydantic-ai-slim",
        "semantic-kernel",
        "smolagents",
        "strands-agents",
    ]
)
ESCAPE_HATCHES: Final = re.compile(r"get|post|put|patch|request|.*\.do_request(_async)?|.*<any accessor>")
FREE: Final = frozenset(
    {
        ("openai", "moderations.create"),
        ("portkey-ai", "moderations.create"),
        ("litellm", "moderation"),
        ("litellm", "amoderation"),
        # billed by the hour of the instance
        ("boto3/botocore", "invoke_endpoint"),
        ("boto3/botocore", "invoke_endpoint_async"),
        ("boto3/botocore", "invoke_endpoint_with_response_stream"),
        # fetch what another call was charged for
        ("together", "post_training.operations.retrieve_custom_forward_backward"),
        ("together", "post_training.operations.retrieve_forward_backward"),
        ("together", "post_training.operations.retrieve_optim_step"),
        ("together", "post_training.operations.retrieve_sample"),
    }
)


class Row(NamedTuple):
    clients: tuple[str, ...]  # one of them has it
    accessor: str
    kind: str


def _rows() -> list[Row]:
    if not SURFACE.exists():
        return []
    with SURFACE.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file, delimiter="\t") if row["distribution"] not in SUMMARIES]
    return [
        Row(clients, accessor, row["api_kind"])
        for row in rows
        if not ESCAPE_HATCHES.fullmatch(row["accessor"]) and (row["distribution"], row["accessor"]) not in FREE
        for clients in _clients(row["client"])
        for accessor in re.split(r" ?/ ?|; ", row["accessor"])
        if accessor not in ("iteration", "chat completions")
    ]


def _clients(cell: str) -> list[tuple[str, ...]]:
    service = re.search(r"client\('([\w-]+)'\)", cell)
    if service:
        return [(f"boto3.{service[1]}",)]
    if cell.startswith("openai (module-level"):
        return [("openai",)]
    root = cell.partition(".")[0]
    names = [name if "." in name or name == root else f"{root}.{name}" for name in cell.split(" / ")]
    return [tuple(name.split("; ")) for name in names]


def _bills(catalog: Catalog, client: str, accessor: str) -> Bills:
    function = catalog.function(f"{client}.{accessor}")
    if function is not None:
        return function.function.bills
    entry = catalog.client(client)
    first, made, rest = accessor.partition("(...).")
    method = catalog.method(entry, first) if entry is not None else None
    if method is None:
        return Bills.FREE
    if made:
        return _bills(catalog, method.returns, rest)
    return Bills.TOKENS if method.returns else method.bills


def _billed_as(row: Row) -> set[Bills]:
    return {_bills(load(), client, row.accessor) for client in row.clients} - {Bills.FREE}


needs_surface = pytest.mark.skipif(not SURFACE.exists(), reason="the introspected surface is not there")


@needs_surface
def test_every_billable_row_of_the_introspected_surface_bills() -> None:
    assert [row for row in _rows() if not _billed_as(row)] == []


@needs_surface
def test_batches_and_fine_tuning_are_jobs() -> None:
    assert [row for row in _rows() if row.kind in ("batch", "finetune") and _billed_as(row) != {Bills.JOB}] == []


@needs_surface
def test_inference_bills_tokens() -> None:
    kinds = ("chat", "messages", "responses", "rerank", "realtime")
    later = re.compile(r".*\.defer(_batch)?|async_\..*")
    rows = [row for row in _rows() if row.kind in kinds and not later.fullmatch(row.accessor)]
    assert [row for row in rows if _billed_as(row) != {Bills.TOKENS}] == []
