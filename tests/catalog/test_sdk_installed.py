"""Hold the catalog against the SDKs that are installed: a new method that may bill is noticed by its name.

What posts (or opens a socket) must be catalogued, as billable or as free. Administration is left out: it moves no tokens.
"""

from __future__ import annotations

import re
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import pytest

from cost_lib.catalog import load
from cost_lib.catalog.model import Bills
from tests.catalog.sdk_source import posting_accessors

CLIENTS: Final = [
    ("openai", "openai.OpenAI"),
    ("openai", "openai.AsyncOpenAI"),
    ("anthropic", "anthropic.Anthropic"),
    ("anthropic", "anthropic.AsyncAnthropic"),
    ("google", "google.genai.client.Client"),
    ("google", "google.genai.client.AsyncClient"),
    ("groq", "groq.Groq"),
    ("mistralai", "mistralai.client.sdk.Mistral"),
    ("cohere", "cohere.Client"),
    ("cohere", "cohere.ClientV2"),
    ("cohere", "cohere.AsyncClientV2"),
    ("together", "together.Together"),
    ("cerebras", "cerebras.cloud.sdk.Cerebras"),
    ("perplexity", "perplexity.Perplexity"),
    ("writerai", "writerai.Writer"),
]
ADMINISTRATION: Final = re.compile(r"(beta\.)?(admin|organization)\..*|.*\.(update|delete|archive|cancel)(_async)?")
HTTP_CLIENT: Final = re.compile(r"aclose|base_url|close|copy|delete|get|get_api_list|patch|post|put|request|with_middleware|with_options")

# What an SDK must show, so that a changed way of sending requests does not make the comparison empty.
SEEN: Final = {
    "openai.OpenAI": {"chat.completions.create", "chat.completions.parse", "chat.completions.stream", "realtime.connect"},
    "anthropic.Anthropic": {"messages.create", "messages.stream", "beta.messages.tool_runner", "messages.batches.create"},
    "google.genai.client.Client": {"models.generate_content", "aio.models.generate_content_stream", "aio.live.connect"},
    "groq.Groq": {"chat.completions.create"},
    "mistralai.client.sdk.Mistral": {"chat.complete", "chat.stream_async", "ocr.process"},
    "cohere.ClientV2": {"chat", "chat_stream", "embed_jobs.create", "rerank"},
}

SERVICES: Final = {
    "bedrock-runtime": r"(?!get_|list_).*",
    "bedrock-agent-runtime": r"(?!get_|list_|delete_|update_|tag_|untag_|put_|end_|stop_|create_|check_).*",
    "bedrock-agentcore": r"invoke_.*|evaluate.*|start_.*|retrieve_.*|search_.*",
    "bedrock": r"create_.*_job|create_provisioned_.*|start_.*",
}


def _sends(client: str) -> set[str]:
    module, _, name = client.rpartition(".")
    return {accessor for accessor in posting_accessors(module, name) if not HTTP_CLIENT.fullmatch(accessor)}


def _installed(package: str, client: str) -> None:
    if find_spec(package) is None or not _sends(client):
        pytest.skip(f"{client} is not installed")


@pytest.mark.parametrize(("package", "client"), CLIENTS)
def test_every_method_that_posts_is_catalogued(package: str, client: str) -> None:
    _installed(package, client)
    catalog = load()
    entry = catalog.client(client)
    assert entry is not None
    unknown = {accessor for accessor in _sends(client) if catalog.method(entry, accessor) is None}
    assert sorted(accessor for accessor in unknown if not ADMINISTRATION.fullmatch(accessor)) == []


@pytest.mark.parametrize(("client", "accessors"), SEEN.items())
def test_the_comparison_sees_what_an_sdk_is_for(client: str, accessors: set[str]) -> None:
    if find_spec(client.partition(".")[0]) is None or not _sends(client):
        pytest.skip(f"{client} is not installed")
    assert accessors - _sends(client) == set()


@pytest.mark.parametrize(("service", "shape"), SERVICES.items())
def test_every_bedrock_operation_that_may_bill_is_catalogued(service: str, shape: str) -> None:
    loaders = pytest.importorskip("botocore.loaders")
    xform_name = pytest.importorskip("botocore").xform_name
    catalog = load()
    entry = catalog.client(f"boto3.{service}")
    assert entry is not None
    operations = {xform_name(name) for name in loaders.Loader().load_service_model(service, "service-2")["operations"]}
    assert {name for name in operations if re.fullmatch(shape, name) and catalog.method(entry, name) is None} == set()


@pytest.mark.parametrize(
    ("body", "accessors"),
    [
        ("return self._post('/x')", {"jobs.start"}),
        ("return self._http.request('post', '/x')", {"jobs.start"}),
        ("return self._build_request(method='POST')", {"jobs.start"}),
        ("return helper(self)", {"jobs.start"}),
        ("return self._get('/x')", set()),
    ],
)
def test_a_method_that_posts_is_seen_in_the_source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, body: str, accessors: set[str]) -> None:
    package = tmp_path / f"sdk_{abs(hash(body))}"
    package.mkdir()
    (package / "__init__.py").write_text("from .client import Client\n")
    (package / "client.py").write_text("from .jobs import Jobs\nclass Client:\n    @property\n    def jobs(self) -> Jobs: ...\n")
    (package / "jobs.py").write_text(f"class Jobs:\n    def start(self):\n        {body}\n    def peek(self): ...\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    assert accessors == posting_accessors(package.name, "Client")


def test_billable_methods_of_the_sdk_exist_in_it() -> None:
    _installed("openai", "openai.OpenAI")
    catalog = load()
    entry = catalog.client("openai.OpenAI")
    assert entry is not None
    known = {method.accessor for method in entry.client.methods if method.bills is not Bills.FREE and "until" not in method.note}
    assert {accessor for accessor in known - _sends("openai.OpenAI") if "*" not in accessor} == set()
