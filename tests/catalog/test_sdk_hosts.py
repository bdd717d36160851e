"""Hold the host table against the hosts and paths of recorded traffic (``../shared/provider-surface/hosts.tsv``)."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Final

import pytest

from cost_lib.catalog import load, providers_in

HOSTS: Final = Path(__file__).parents[3] / "shared" / "provider-surface" / "hosts.tsv"

FREE: Final = frozenset({("api.openai.com", "/v1/moderations")})
BY_THE_HOUR: Final = "runtime.sagemaker."

needs_hosts = pytest.mark.skipif(not HOSTS.exists(), reason="the recorded hosts are not there")


def _rows() -> list[tuple[str, str]]:
    if not HOSTS.exists():
        return []
    with HOSTS.open(encoding="utf-8", newline="") as file:
        rows = [(row["host"], row["path"]) for row in csv.DictReader(file, delimiter="\t")]
    return [row for row in rows if row not in FREE and not row[0].startswith(BY_THE_HOUR)]


@needs_hosts
def test_every_recorded_billable_url_is_known() -> None:
    catalog = load()
    assert [row for row in _rows() if catalog.host(row[0].replace("*", "x1"), row[1].replace("*", "y2")) is None] == []


@needs_hosts
def test_holes_of_a_folded_url_match_too() -> None:
    catalog = load()
    assert [row for row in _rows() if catalog.host(*row) is None] == []


@needs_hosts
def test_every_recorded_host_is_found_in_a_file_that_names_it() -> None:
    unseen = [host for host, _ in _rows() if not providers_in(f'BASE = "https://{host.replace("*", "x1")}/v1"'.encode())]
    assert unseen == []


@pytest.mark.parametrize(
    ("provider", "host", "path"),
    [
        ("openai", "api.openai.com", "/v1/chat/completions"),
        ("openai", "API.OpenAI.com", "/v1/chat/completions/?x=1"),
        ("azure.ai.openai", "acme.openai.azure.com", "/openai/deployments/gpt/chat/completions"),
        ("anthropic", "api.anthropic.com", "/v1/messages"),
        ("aws.bedrock", "bedrock-runtime.eu-west-1.amazonaws.com", "/model/x/converse"),
        ("gcp.gemini", "generativelanguage.googleapis.com", "/v1beta/models/gemini:generateContent"),
        ("gcp.vertex_ai", "us-east5-aiplatform.googleapis.com", "/v1/projects/p/locations/l/publishers/anthropic/models/c:rawPredict"),
        ("deepseek", "api.deepseek.com", "/chat/completions"),
        ("zai", "api.z.ai", "/api/paas/v4/chat/completions"),
        ("replicate", "api.replicate.com", "/v1/models/owner/name/predictions"),
        ("ollama", "localhost:11434", "/api/chat"),
        ("ollama", "localhost:11434", "/v1/messages"),
        ("x_ai", "us-east-1.api.x.ai", "/v1/responses"),
        ("aws.bedrock", "bedrock-runtime-fips.us-gov-west-1.amazonaws.com", "/model/x/converse"),
        ("baseten", "inference.baseten.co", "/v1/chat/completions"),
    ],
)
def test_a_billable_url_pays_its_provider(provider: str, host: str, path: str) -> None:
    found = load().host(host, path)
    assert found is not None
    assert provider == found.provider


@pytest.mark.parametrize(
    ("host", "path"),
    [
        ("api.openai.com", "/v1/models"),
        ("api.openai.com", "/v1/moderations"),
        ("api.anthropic.com", "/v1/messages/count_tokens"),
        ("generativelanguage.googleapis.com", "/v1beta/models/gemini:countTokens"),
        ("bedrock-runtime.eu-west-1.amazonaws.com", "/model/x/count-tokens"),
        ("api.twilio.com", "/2010-04-01/Accounts/x/Messages.json"),
        ("localhost", "/api/chat"),
        ("notapi.openai.com.example.org", "/v1/chat/completions"),
    ],
)
def test_a_free_or_foreign_url_pays_nobody(host: str, path: str) -> None:
    assert load().host(host, path) is None


def test_a_known_host_tells_its_provider_whatever_the_path() -> None:
    assert {known.provider for known in load().hosts("api.openai.com")} == {"openai"}


def test_usage_on_streams_is_asked_for_only_with_a_dated_source() -> None:
    asked = [known for provider in load().providers for known in provider.hosts if known.include_usage]
    assert [known.host for known in asked if not known.include_usage[:10].startswith("2026-")] == []
