"""Look-up of prices: under which names a model travels, when a price holds, and what is refused with which reason."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from cost_lib.catalog.prices import Known, Price, Retired, context_key, find_price, forget, is_known
from cost_lib.model import Unknown

TODAY = datetime(2026, 11, 22, 12, tzinfo=UTC)


def price(provider: str, model: str, at: datetime | date = TODAY, context: str = "") -> Price:
    found = find_price(provider, model, at, context=context)
    assert isinstance(found, Price), found
    return found


def reason(provider: str, model: str, at: datetime | date = TODAY, context: str = "") -> str:
    found = find_price(provider, model, at, context=context)
    assert isinstance(found, Unknown), found
    return found.reason


@pytest.mark.parametrize(
    ("provider", "spelled", "plain"),
    [
        ("anthropic", "claude-haiku-4-5-20251001", "claude-haiku-4-5"),
        ("anthropic", "claude-sonnet-4-5@20250929", "claude-sonnet-4-5"),
        ("anthropic", "anthropic/claude-opus-4-8", "claude-opus-4-8"),
        ("openai", "gpt-5.2-20251211", "gpt-5.2"),
        ("openai", "GPT-4.1-Mini", "gpt-4.1-mini"),
        ("openai", "openai/gpt-4o", "gpt-4o"),
        ("openai", "openai:gpt-4o", "gpt-4o"),
        ("litellm", "openai/gpt-4o-mini", "openai/gpt-4o-mini"),
        ("litellm", "claude-opus-4-8", "anthropic/claude-opus-4-8"),
        ("gcp.gemini", "models/gemini-2.5-flash", "gemini-2.5-flash"),
        ("google-vertex", "publishers/google/models/gemini-2.0-flash@001", "gemini-2.0-flash-001"),
        ("vertex_ai", "projects/p/locations/us-central1/publishers/google/models/gemini-2.5-pro", "gemini-2.5-pro"),
        ("vertexai", "claude-opus-4-8@default", "claude-opus-4-8"),
        ("mistral_ai", "mistral-small-latest", "mistral-small-latest"),
        ("x_ai", "x-ai/grok-4.3", "grok-4.3"),
        ("deepseek", "deepseek/deepseek-v4-flash", "deepseek-v4-flash"),
        ("groq", "groq/openai/gpt-oss-120b", "openai/gpt-oss-120b"),
        ("bedrock", "arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-micro-v1:0", "amazon.nova-micro-v1:0"),
        ("aws.bedrock", "bedrock/us.anthropic.claude-sonnet-4-5-20250929-v1:0", "us.anthropic.claude-sonnet-4-5-20250929-v1:0"),
    ],
)
def test_one_model_has_one_price_under_all_its_spellings(provider: str, spelled: str, plain: str) -> None:
    assert price(provider, plain).rates == price(provider, spelled).rates


@pytest.mark.parametrize(
    ("model", "usd_per_million"),
    [
        ("global.anthropic.claude-sonnet-4-5-20250929-v1:0", 3),
        ("us.anthropic.claude-sonnet-4-5-20250929-v1:0", 3.3),
        ("eu.anthropic.claude-sonnet-4-5-20250929-v1:0", 3.3),
        ("anthropic.claude-sonnet-4-5-20250929-v1:0", 3.3),
        ("us-gov.anthropic.claude-sonnet-4-5-20250929-v1:0", 3.6),
        ("us.anthropic.claude-3-7-sonnet-20250219-v1:0", 3),
    ],
)
def test_the_geography_of_a_bedrock_name_is_in_its_price(model: str, usd_per_million: float) -> None:
    assert usd_per_million * 1_000_000 == price("bedrock", model).rates["input"]


def test_a_fine_tuned_model_has_its_own_price() -> None:
    assert 300_000 == price("openai", "ft:gpt-4o-mini:org::id").rates["input"]
    assert 150_000 == price("openai", "gpt-4o-mini").rates["input"]


def test_a_fine_tuned_model_never_falls_back_to_its_base() -> None:
    assert "has no model" in reason("openai", "ft:gpt-5.4:org::id")


@pytest.mark.parametrize("model", ["openai/gpt-oss-120b:free", "vendor-nobody-knows/model:free"])
def test_a_free_variant_of_openrouter_is_free(model: str) -> None:
    assert {} == price("openrouter", model).rates


@pytest.mark.parametrize(
    ("name", "table", "model"),
    [
        ("gpt-4o-mini-2024-07-18", "openai", "gpt-4o-mini"),
        ("claude-haiku-4-5-20251001", "anthropic", "claude-haiku-4-5"),
        ("openai/gpt-5-mini", "openai", "gpt-5-mini"),
        ("google-ai-studio/gemini-2.5-flash", "google", "gemini-2.5-flash"),
        ("@cf/meta/llama-3.1-8b-instruct-fp8-fast", "cloudflare", "@cf/meta/llama-3.1-8b-instruct-fp8-fast"),
        ("workers-ai/@cf/meta/llama-3.1-8b-instruct-fp8-fast", "cloudflare", "@cf/meta/llama-3.1-8b-instruct-fp8-fast"),
    ],
)
def test_a_gateway_that_has_models_of_its_own_passes_the_others_on(name: str, table: str, model: str) -> None:
    found = price("cloudflare", name)
    assert (table, model) == (found.provider, found.model)


def test_a_model_of_openrouter_keeps_its_vendor() -> None:
    assert "openai/gpt-4o-mini" == price("openrouter", "openai/gpt-4o-mini").model


def test_a_deployment_name_is_refused_loudly() -> None:
    assert "deployment name" in reason("azure-openai", "prod-chat")


def test_azure_knows_the_speech_models_by_its_own_names() -> None:
    assert 360_000_000_000 == price("azure-openai", "whisper").rates["audio_ms"]
    assert 15_000_000 == price("azure-openai", "tts").rates["characters"]


def test_azure_bills_the_model_behind_the_deployment_like_openai_but_for_its_own_search() -> None:
    assert {"web_searches"} == {meter for meter, rate in model_rates("openai") if (meter, rate) not in model_rates("azure-openai")}


def model_rates(provider: str) -> set[tuple[str, int]]:
    return set(price(provider, "gpt-5.2-2025-12-11").rates.items())


def test_an_unknown_model_is_no_zero_and_names_a_close_one() -> None:
    found = find_price("anthropic", "claude-hiaku-4-5", TODAY)
    assert isinstance(found, Unknown)
    assert "claude-haiku-4-5" == found.suggestion


def test_what_runs_on_one_s_own_machine_is_free() -> None:
    found = find_price("ollama", "llama3:8b", TODAY)
    assert not isinstance(found, Unknown)
    assert not found.rates
    assert "no model" in reason("ollama", "gpt-oss:120b-cloud")


@pytest.mark.parametrize("provider", ["vllm", "", "../openai", "no-such-provider"])
def test_a_provider_without_a_table_is_unknown(provider: str) -> None:
    assert "no price table" in reason(provider, "llama3")


def test_a_context_without_rates_is_not_the_standard_price() -> None:
    assert "has no priority rates" in reason("anthropic", "claude-opus-4-1", context="priority")


@pytest.mark.parametrize("context", ["default", "standard", "auto", "global+standard_only", ""])
def test_standard_tiers_are_the_standard_price(context: str) -> None:
    assert price("openai", "gpt-5.4") == price("openai", "gpt-5.4", context=context)


@pytest.mark.parametrize(
    ("provider", "model", "context", "standard", "expected"),
    [
        ("openai", "gpt-5.4", "flex", 2_500_000, 1_250_000),
        ("openai", "gpt-5.4", "priority", 2_500_000, 5_000_000),
        ("anthropic", "claude-opus-5", "fast", 5_000_000, 10_000_000),
        ("anthropic", "claude-opus-5", "us", 5_000_000, 5_500_000),
        ("anthropic", "claude-opus-5", "batch+us", 5_000_000, 2_750_000),
        ("openai", "gpt-5.4", "eu", 2_500_000, 2_750_000),
        ("openai", "gpt-4.1", "eu", 2_000_000, 2_000_000),
        ("vertex_ai", "claude-opus-4-8", "us", 5_000_000, 5_500_000),
        ("mistral", "mistral-large-2512", "batch", 500_000, 250_000),
    ],
)
def test_a_context_changes_the_rate(provider: str, model: str, context: str, standard: int, expected: int) -> None:
    assert standard == price(provider, model).rates["input"]
    assert expected == price(provider, model, context=context).rates["input"]


def test_a_surcharge_leaves_fees_alone() -> None:
    assert 10**10 == price("anthropic", "claude-opus-5", context="us").rates["web_searches"]


def test_a_context_key_is_in_order_and_without_standard_words() -> None:
    assert "batch+regional" == context_key("us", "default", "batch")


def test_a_price_changes_on_its_day_in_utc() -> None:
    change = datetime(2026, 8, 21, tzinfo=UTC)
    assert 5_000_000 == price("openai", "gpt-5.6-sol", change - timedelta(microseconds=1)).rates["input"]
    assert 4_000_000 == price("openai", "gpt-5.6-sol", change).rates["input"]


def test_a_moment_is_the_same_in_every_zone_and_without_one() -> None:
    ahead = datetime(2026, 8, 21, 5, tzinfo=timezone(timedelta(hours=6)))
    assert 5_000_000 == price("openai", "gpt-5.6-sol", ahead).rates["input"]
    assert 5_000_000 == price("openai", "gpt-5.6-sol", datetime(2026, 8, 20, 23)).rates["input"]  # noqa: DTZ001


def test_a_date_is_its_first_moment() -> None:
    assert 4_000_000 == price("openai", "gpt-5.6-sol", date(2026, 8, 21)).rates["input"]


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ("2026-11-20T00:59:59", 150_000),
        ("2026-11-20T01:00", 300_000),
        ("2026-11-20T03:59:59.999999", 300_000),
        ("2026-11-20T04:00", 150_000),
        ("2026-11-20T09:00", 300_000),
        ("2026-11-21T02:00", 150_000),  # a Saturday
        ("2026-08-20T02:00", 440_000),
        ("2026-08-22T02:00", 440_000),  # weekends were peak before the 23rd
        ("2026-08-10T02:00", 140_000),
    ],
)
def test_peak_hours_cost_more_on_their_days(at: str, expected: int) -> None:
    assert expected == price("deepseek", "deepseek-v4-flash", datetime.fromisoformat(at).replace(tzinfo=UTC)).rates["input"]


def test_a_remembered_answer_is_not_given_for_another_time() -> None:
    forget()
    moments = [datetime(2025, 5, 10, hour, tzinfo=UTC) for hour in (12, 20, 12, 23, 0, 20)]
    assert [270_000, 135_000, 270_000, 135_000, 135_000, 135_000] == [
        price("deepseek", "deepseek-chat", at).rates["input"] for at in moments
    ]


def test_a_time_before_the_first_rates_is_unknown() -> None:
    assert "has priority rates only from 2025-06-01 on" in reason("openai", "gpt-4.1", date(2025, 1, 1), "priority")


def test_a_price_says_where_it_was_read_and_when() -> None:
    found = price("openai", "o3", date(2025, 5, 1))
    assert "o3 at launch" in found.source
    assert "2026-11-22" == found.checked


@pytest.mark.parametrize(
    ("provider", "model"),
    [
        ("openai", "gpt-4o"),
        ("openai", "ft:gpt-9:org::id"),
        ("openai", "gpt-6.2-astra"),
        ("openai", "meta-llama/llama-4"),
        ("openai", "deepseek-chat"),
        ("openai", "llama3:8b"),
        ("openai", "gpt-oss-120b"),
        ("openai", ""),
        ("azure-openai", "prod-chat"),
        ("ollama", "anything"),
        ("huggingface", "someone/model"),
        ("openrouter", "vendor/new-model"),
        ("together", "someone/fine-tune"),
        ("litellm", "ollama/llama3"),
        ("litellm", "gpt-4o-of-our-router"),
        ("google", "tunedModels/mine-123"),
        ("google-vertex", "projects/p/locations/l/endpoints/1234567890"),
        ("google-vertex", "claude-sonnet-5@default"),
        ("bedrock", "arn:aws:bedrock:us-east-1:123:application-inference-profile/abc"),
    ],
)
def test_what_may_be_priced_or_named_by_its_user_is_never_reported(provider: str, model: str) -> None:
    assert isinstance(is_known(provider, model, TODAY), Known)


@pytest.mark.parametrize(
    ("provider", "model", "suggestion"),
    [
        ("openai", "gpt-4oo", "gpt-4o"),
        ("openai", "qqqqqq", ""),
        ("openai", "gtp-5.4-mini", "gpt-5.4-mini"),
        ("anthropic", "claude-opas-5", "claude-opus-5"),
        ("anthropic", "claude-sonet-4-6", "claude-sonnet-4-6"),
        ("gemini", "models/gemini-25-flash", "gemini-2.5-flash"),
        ("mistral", "mistral-smal-latest", "mistral-small-latest"),
        ("litellm", "anthropic/claude-opus-5-55", "claude-opus-5-5"),
    ],
)
def test_a_name_that_no_entry_matches_is_reported_with_the_closest(provider: str, model: str, suggestion: str) -> None:
    found = is_known(provider, model, TODAY)
    assert isinstance(found, Unknown)
    assert suggestion == found.suggestion


@pytest.mark.parametrize(
    ("provider", "model", "day"),
    [
        ("anthropic", "claude-3-opus-20240229", date(2026, 1, 5)),
        ("anthropic", "claude-opus-4-20250514", date(2026, 6, 15)),
        ("openai", "gpt-4.5-preview-2025-02-27", date(2025, 7, 14)),
        ("openai", "text-davinci-003", date(2024, 1, 4)),
        ("google", "models/gemini-1.5-pro-002", date(2025, 9, 29)),
        ("litellm", "openai/gpt-4-32k", date(2025, 6, 6)),
    ],
)
def test_a_retired_model_is_reported_from_its_day_on(provider: str, model: str, day: date) -> None:
    found = is_known(provider, model, day)
    assert isinstance(found, Retired)
    assert day == found.date
    assert not isinstance(is_known(provider, model, day - timedelta(days=1)), Retired)


def test_a_retired_model_keeps_its_price_for_old_calls() -> None:
    assert 15_000_000 == price("anthropic", "claude-3-opus-20240229").rates["input"]


def test_a_retired_model_is_no_suggestion() -> None:
    found = is_known("anthropic", "claude-3-opuss", TODAY)
    assert not isinstance(found, Unknown) or "claude-3-opus" not in found.suggestion
