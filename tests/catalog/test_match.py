"""Look-ups: dotted name and accessor to what they bill."""

from __future__ import annotations

import pytest

from cost_lib.catalog import Catalog, ClientEntry, load
from cost_lib.catalog.model import Bills, ClientClass, Function, Layer, Method, Provider, Transport


def _entry(name: str) -> ClientEntry:
    entry = load().client(name)
    assert entry is not None, name
    return entry


def _catalog(*classes: ClientClass, functions: tuple[Function, ...] = ()) -> Catalog:
    return Catalog([Provider("acme", Layer.SDK, ("acme",), "test", "2026-11-22", classes, functions)])


TOKENS = [
    ("openai.OpenAI", "chat.completions.create"),
    ("openai.Client", "responses.create"),
    ("openai._client.AsyncOpenAI", "chat.completions.with_raw_response.create"),
    ("openai.AsyncOpenAI", "with_streaming_response.chat.completions.create"),
    ("openai.AzureOpenAI", "embeddings.create"),
    ("openai.lib.azure.AsyncAzureOpenAI", "beta.chat.completions.parse"),
    ("openai.BedrockOpenAI", "responses.parse"),
    ("openai.OpenAI", "beta.threads.runs.create_and_poll"),
    ("openai.resources.chat.completions.AsyncCompletions", "create"),
    ("openai.resources.Chat", "completions.create"),
    ("anthropic.Anthropic", "messages.create"),
    ("anthropic.AsyncAnthropicBedrock", "messages.stream"),
    ("anthropic.lib.vertex.AnthropicVertex", "beta.messages.create"),
    ("anthropic.AnthropicFoundry", "messages.with_raw_response.create"),
    ("anthropic.Anthropic", "completions.create"),
    ("anthropic.lib.threads.BetaAsyncMessageThread", "send"),
    ("cartesia.tts.AsyncCartesiaTTS", "generate"),
    ("google.genai.Client", "models.generate_content"),
    ("google.genai.Client", "aio.models.generate_content_stream"),
    ("google.genai.client.AsyncClient", "models.embed_content"),
    ("google.genai.chats.AsyncChat", "send_message"),
    ("google.generativeai.GenerativeModel", "generate_content"),
    ("vertexai.preview.generative_models.GenerativeModel", "generate_content_async"),
    ("vertexai.language_models.CodeGenerationModel", "predict"),
    ("mistralai.Mistral", "chat.complete"),
    ("mistralai.client.Mistral", "chat.stream_async"),
    ("mistralai.client.MistralClient", "chat"),
    ("mistralai.async_client.MistralAsyncClient", "embeddings"),
    ("cohere.ClientV2", "chat"),
    ("cohere.AsyncClient", "rerank"),
    ("groq.AsyncGroq", "audio.transcriptions.create"),
    ("together.Together", "images.generate"),
    ("ollama.AsyncClient", "generate"),
    ("boto3.bedrock-runtime", "converse_stream"),
    ("mypy_boto3_bedrock_runtime.client.BedrockRuntimeClient", "invoke_model"),
    ("litellm.Router", "acompletion"),
    ("openrouter.OpenRouter", "chat.send_async"),
    ("fireworks.client.Fireworks", "chat.completions.acreate"),
    ("replicate.Client", "run"),
    ("huggingface_hub.InferenceClient", "chat.completions.create"),
    ("voyageai.AsyncClient", "embed"),
    ("cerebras.cloud.sdk.Cerebras", "completions.create"),
    ("xai_sdk.sync.chat.Chat", "sample"),
    ("zai.ZaiClient", "chat.completions.create"),
    ("azure.ai.inference.aio.ChatCompletionsClient", "complete"),
    ("portkey_ai.Portkey", "prompts.completions.create"),
    ("qianfan.ChatCompletion", "do"),
]

JOBS = [
    ("openai.OpenAI", "batches.create"),
    ("openai.AsyncOpenAI", "fine_tuning.jobs.create"),
    ("openai.OpenAI", "videos.create_and_poll"),
    ("anthropic.Anthropic", "messages.batches.create"),
    ("google.genai.Client", "aio.batches.create"),
    ("mistralai.Mistral", "batch.jobs.create_async"),
    ("boto3.bedrock", "create_model_invocation_job"),
]

STORED = [
    ("openai.OpenAI", "vector_stores.create"),
    ("openai.OpenAI", "beta.vector_stores.file_batches.upload_and_poll"),
    ("openai.OpenAI", "containers.create"),
    ("google.genai.Client", "caches.create"),
]

FREE = [
    ("openai.OpenAI", "moderations.create"),
    ("openai.OpenAI", "beta.threads.create"),
    ("openai.OpenAI", "beta.threads.messages.create"),
    ("openai.OpenAI", "beta.assistants.create"),
    ("openai.OpenAI", "files.create"),
    ("openai.OpenAI", "responses.input_tokens.count"),
    ("anthropic.Anthropic", "messages.count_tokens"),
    ("anthropic.AsyncAnthropic", "beta.files.upload"),
    ("anthropic.Anthropic", "beta.vaults.create"),
    ("google.genai.Client", "aio.models.count_tokens"),
    ("mistralai.Mistral", "files.upload"),
    ("cohere.Client", "tokenize"),
    ("boto3.bedrock-runtime", "count_tokens"),
    ("voyageai.Client", "count_tokens"),
]

UNKNOWN = [
    ("openai.OpenAI", "post"),
    ("openai.OpenAI", "chat.completions"),
    ("openai.OpenAI", "chat.completions.created"),
    ("openai.OpenAI", ""),
    ("openai.OpenAI", "messages.create"),
    ("anthropic.Anthropic", "chat.completions.create"),
    ("anthropic.Anthropic", "beta.vaults"),
]


@pytest.mark.parametrize(("name", "accessor"), TOKENS)
def test_inference_bills_tokens(name: str, accessor: str) -> None:
    method = load().method(_entry(name), accessor)
    assert method is not None
    assert Bills.TOKENS is method.bills


@pytest.mark.parametrize(("name", "accessor"), JOBS)
def test_deferred_work_bills_a_job(name: str, accessor: str) -> None:
    method = load().method(_entry(name), accessor)
    assert method is not None
    assert Bills.JOB is method.bills


@pytest.mark.parametrize(("name", "accessor"), STORED)
def test_what_is_kept_bills_storage(name: str, accessor: str) -> None:
    method = load().method(_entry(name), accessor)
    assert method is not None
    assert Bills.STORAGE is method.bills


@pytest.mark.parametrize(("name", "accessor"), FREE)
def test_look_alikes_are_known_to_be_free(name: str, accessor: str) -> None:
    method = load().method(_entry(name), accessor)
    assert method is not None
    assert Bills.FREE is method.bills


@pytest.mark.parametrize(("name", "accessor"), UNKNOWN)
def test_an_uncatalogued_accessor_is_unknown(name: str, accessor: str) -> None:
    assert load().method(_entry(name), accessor) is None


@pytest.mark.parametrize(
    "accessor", ["chat", "chat.completions", "with_raw_response", "chat.with_raw_response", "beta.vector_stores.files"]
)
def test_a_resource_on_the_way_is_a_prefix(accessor: str) -> None:
    assert load().prefix(_entry("openai.AsyncOpenAI"), accessor)


@pytest.mark.parametrize("accessor", ["chat.completions.create", "base_url", "chat.messages"])
def test_a_leaf_or_foreign_attribute_is_no_prefix(accessor: str) -> None:
    assert not load().prefix(_entry("openai.AsyncOpenAI"), accessor)


@pytest.mark.parametrize(
    ("name", "accessor", "made"),
    [
        ("google.genai.Client", "chats.create", "google.genai.chats.Chat"),
        ("google.genai.Client", "aio.chats.create", "google.genai.chats.AsyncChat"),
        ("google.genai.client.AsyncClient", "chats.create", "google.genai.chats.AsyncChat"),
        ("anthropic.AsyncAnthropicVertex", "beta.messages.thread", "anthropic.lib.threads.BetaAsyncMessageThread"),
        ("xai_sdk.AsyncClient", "chat.create", "xai_sdk.aio.chat.Chat"),
        ("vertexai.language_models.ChatModel", "start_chat", "vertexai.language_models.ChatSession"),
    ],
)
def test_a_chat_factory_bills_nothing_itself_but_makes_something_that_does(name: str, accessor: str, made: str) -> None:
    catalog = load()
    method = catalog.method(_entry(name), accessor)
    assert method is not None
    assert (Bills.FREE, made) == (method.bills, method.returns)
    assert catalog.bills(_entry(made))


def test_a_service_client_is_picked_by_its_literal_name() -> None:
    found = load().function("boto3.client")
    assert found is not None
    assert found.function.choice is not None
    assert "boto3.bedrock-runtime" == dict(found.function.choice.values)["bedrock-runtime"]


@pytest.mark.parametrize(
    ("name", "bills"),
    [
        ("openai.chat.completions.create", Bills.TOKENS),
        ("openai.ChatCompletion.acreate", Bills.TOKENS),
        ("openai.Moderation.create", Bills.FREE),
        ("openai.batches.create", Bills.JOB),
        ("litellm.acompletion", Bills.TOKENS),
        ("ollama.chat", Bills.TOKENS),
        ("replicate.run", Bills.TOKENS),
        ("google.generativeai.embed_content", Bills.TOKENS),
        ("together.Complete.create", Bills.TOKENS),
        ("dashscope.Generation.call", Bills.TOKENS),
    ],
)
def test_module_functions_bill(name: str, bills: Bills) -> None:
    found = load().function(name)
    assert found is not None
    assert bills is found.function.bills


@pytest.mark.parametrize(
    ("name", "provider"),
    [
        ("openai.OpenAI", "openai"),
        ("openai.AzureOpenAI", "azure.ai.openai"),
        ("anthropic.AnthropicBedrock", "aws.bedrock"),
        ("anthropic.AsyncAnthropicVertex", "gcp.vertex_ai"),
        ("google.genai.Client", "gcp.gen_ai"),
        ("mistralai.Mistral", "mistral_ai"),
        ("boto3.bedrock-runtime", "aws.bedrock"),
    ],
)
def test_the_class_tells_who_is_paid(name: str, provider: str) -> None:
    assert provider == _entry(name).provider


def test_litellm_is_a_framework() -> None:
    assert Layer.FRAMEWORK is _entry("litellm.Router").layer


@pytest.mark.parametrize(
    ("name", "accessor", "transport"),
    [
        ("openai.OpenAI", "realtime.connect", Transport.WEBSOCKET),
        ("google.genai.Client", "aio.live.connect", Transport.WEBSOCKET),
        ("xai_sdk.sync.chat.Chat", "sample", Transport.GRPC),
        ("vertexai.generative_models.ChatSession", "send_message", Transport.GRPC),
        ("openai.OpenAI", "responses.create", Transport.HTTP),
    ],
)
def test_what_the_http_boundary_cannot_meter_is_marked(name: str, accessor: str, transport: Transport) -> None:
    method = load().method(_entry(name), accessor)
    assert method is not None
    assert transport is method.transport


def test_with_options_gives_the_same_client() -> None:
    assert load().is_same(_entry("openai.AsyncAzureOpenAI"), "with_options")


def test_create_does_not_give_the_same_client() -> None:
    assert not load().is_same(_entry("openai.OpenAI"), "create")


def test_a_mere_factory_does_not_bill() -> None:
    assert not load().bills(_entry("boto3.Session"))


@pytest.mark.parametrize("name", ["twilio.rest.Client", "openai", "openai.OpenAIError", "redis.Redis"])
def test_a_foreign_name_is_no_client(name: str) -> None:
    assert load().client(name) is None


def test_only_the_named_providers_are_loaded() -> None:
    catalog = load(["groq"])
    assert ["groq"] == [provider.name for provider in catalog.providers]
    assert catalog.client("openai.OpenAI") is None


def test_the_same_providers_in_any_order_give_the_same_catalog() -> None:
    assert load(["groq", "cohere"]) is load(["cohere", "groq"])


def test_an_exact_name_goes_before_a_pattern() -> None:
    exact, pattern = ClientClass(("acme.ChatFast",)), ClientClass(("acme.Chat*",))
    entry = _catalog(pattern, exact).client("acme.ChatFast")
    assert entry is not None
    assert exact is entry.client


def test_the_pattern_with_the_longest_beginning_wins() -> None:
    wide, narrow = ClientClass(("acme.*",)), ClientClass(("acme.chat.*",))
    entry = _catalog(wide, narrow).client("acme.chat.Model")
    assert entry is not None
    assert narrow is entry.client


def test_a_pattern_may_end_in_a_literal() -> None:
    catalog = _catalog(ClientClass(("acme.*Chat",)))
    assert catalog.client("acme.v2.FastChat") is not None
    assert catalog.client("acme.v2.ChatModel") is None


def test_a_star_segment_matches_one_segment() -> None:
    catalog = _catalog(ClientClass(("acme.Client",), (Method("services.*.run"),)))
    entry = catalog.client("acme.Client")
    assert entry is not None
    assert catalog.method(entry, "services.mail.run") is not None
    assert catalog.method(entry, "services.run") is None
    assert catalog.method(entry, "services.a.b.run") is None
    assert catalog.prefix(entry, "services.mail")
    assert not catalog.prefix(entry, "services.mail.run")


def test_an_own_method_goes_before_an_inherited_one() -> None:
    base = ClientClass(("acme.Client",), (Method("chat"), Method("embed")))
    derived = ClientClass(("acme.Local",), free=("chat",), bases=("acme.Client",))
    catalog = _catalog(base, derived)
    entry = catalog.client("acme.Local")
    assert entry is not None
    assert [Bills.FREE, Bills.TOKENS] == [found.bills for found in (catalog.method(entry, "chat"), catalog.method(entry, "embed")) if found]


def test_a_held_object_bills_through_its_attribute() -> None:
    held = ClientClass(("acme.Model",), (Method("generate"), Method("batch.run")))
    index = ClientClass(("acme.Index",), attributes=(("llm", "acme.Model"),))
    catalog = _catalog(held, index)
    entry = catalog.client("acme.Index")
    assert entry is not None
    assert catalog.method(entry, "llm.generate") is not None
    assert catalog.method(entry, "llm.close") is None
    assert catalog.prefix(entry, "llm")
    assert catalog.prefix(entry, "llm.batch")
    assert catalog.bills(entry)


def test_calling_the_instance_is_the_empty_accessor() -> None:
    catalog = _catalog(ClientClass(("acme.Predict",), (Method(""),)))
    entry = catalog.client("acme.Predict")
    assert entry is not None
    assert catalog.method(entry, "") is not None


def test_leaves_hold_the_last_segment_of_what_bills_and_nothing_else() -> None:
    catalog = _catalog(
        ClientClass(("acme.Client",), (Method("chat.send"), Method("session", Bills.FREE), Method("")), free=("count",)),
        functions=(Function(("acme.complete",)), Function(("acme.tokenize",), bills=Bills.FREE)),
    )
    assert {"send", "complete"} == catalog.leaves()


def test_twilio_chains_are_not_distinctive() -> None:
    assert "messages.create" not in load().chains()
