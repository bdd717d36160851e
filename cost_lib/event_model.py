"""Describe an event key by key: what readers get, and what ``docs/event.schema.json`` is written from."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from msgspec import Meta

Count = Annotated[int, Meta(ge=0)]
Nano = Annotated[int, Meta(description="nano-USD, 10^-9 USD")]
Milliseconds = Annotated[float, Meta(ge=0)]


class CallSite(msgspec.Struct, omit_defaults=True, frozen=True):
    """The line of the user's code that made the call."""

    file: Annotated[str, Meta(description="relative to the policy's folder where it lies below it")] = ""
    name: Annotated[str, Meta(description="qualified name of the function")] = ""
    line: Count = 0


class Error(msgspec.Struct, omit_defaults=True, frozen=True):
    """What went wrong; never a message, which could quote the prompt."""

    class_: Annotated[str, Meta(description="class of the exception")] = msgspec.field(default="", name="class")
    status: Annotated[int, Meta(description="HTTP status")] = 0
    code: Annotated[str, Meta(description="the provider's code")] = ""


class Event(msgspec.Struct, omit_defaults=True, frozen=True):
    """One attempt of one call, or what became known of it later; a key that says nothing is left out."""

    v: Annotated[int, Meta(ge=1, description="version of the format; always the first key")]
    ts: Annotated[str, Meta(description="UTC with microseconds, when the event was written: at the end of the answer")]
    event_id: Annotated[str, Meta(description="unique per attempt; UUID of version 7, derived from the provider's object for results")]
    operation_id: Annotated[str, Meta(description="one per logical call, the same over its retries")] = ""
    attempt: Annotated[int, Meta(ge=1, description="counts the requests of one operation")] = 1
    kind: Annotated[str, Meta(description="call, deferred (a job handed in), result (its usage), open (under way), outcome")] = "call"
    provider_request_id: Annotated[str, Meta(description="as the answer's headers say")] = ""
    chain_id: Annotated[str, Meta(description="one per request or run of the program that makes the calls")] = ""
    session_id: str = ""

    feature: Annotated[str, Meta(description="what the call is for")] = ""
    team: str = ""
    project: str = ""
    cost_center: str = ""
    owner: Annotated[str, Meta(description="of the feature, by the policy's registry")] = ""
    user_id: Annotated[str, Meta(description="hashed unless the policy says plain")] = ""
    user_segment: str = ""
    environment: str = ""
    priority: str = ""
    request_type: str = ""
    prompt_version: str = ""
    tags: Annotated[dict[str, str], Meta(description="every other tag")] = {}

    provider: Annotated[str, Meta(description="who is paid")] = ""
    host: str = ""
    endpoint: str = ""
    transport: Annotated[str, Meta(description="http, or manual where record_call was used")] = ""
    model_requested: str = ""
    model: Annotated[str, Meta(description="as billed: what the answer says")] = ""
    model_class: Annotated[str, Meta(description="frontier, workhorse, fast")] = ""
    service_tier: str = ""
    batch: bool = False
    stream: bool = False

    input_tokens: Annotated[int | None, Meta(description="uncached, without those of units")] = None
    cache_read_tokens: int | None = None
    cache_write_5m_tokens: int | None = None
    cache_write_1h_tokens: int | None = None
    output_tokens: Annotated[int | None, Meta(description="reasoning included")] = None
    reasoning_tokens: Annotated[int | None, Meta(description="the part of output_tokens that was reasoning")] = None
    units: Annotated[dict[str, int], Meta(description="other meters: audio, images, searches, seconds, characters ...")] = {}
    usage_source: Annotated[str, Meta(description="reported, estimated, unknown, none (nothing was charged)")] = ""
    usage_reason: Annotated[str, Meta(description="why the usage is unknown or estimated")] = ""

    cost_nano_usd: Nano | None = None
    cost_split: Annotated[dict[str, int], Meta(description="nano-USD by meter; adds up to cost_nano_usd")] = {}
    cost_source: Annotated[str, Meta(description="catalog, override, provider, unknown, none")] = ""
    cost_reason: Annotated[str, Meta(description="why the cost is unknown")] = ""
    provider_cost_nano_usd: Annotated[int | None, Meta(description="what the provider itself says, in nano-USD")] = None
    price_version: Annotated[str, Meta(description="hash of the price table, which is archived beside the log")] = ""
    price_context: Annotated[str, Meta(description="what chose the price: batch, flex, priority, regional, fast ..., joined by +")] = ""
    passes: Annotated[
        list[dict[str, Any]],
        Meta(description="what second models and passes used, which is in no other count but the cost: model, why, meters"),
    ] = []

    latency_ms: Milliseconds | None = None
    ttft_ms: Annotated[float | None, Meta(description="to the first piece of a stream")] = None
    status: Annotated[str, Meta(description="ok, error, refused, closed (early), abandoned (never read to its end), broken")] = ""
    error: Error | None = None
    call_site: CallSite | None = None
    service: str = ""
    release: str = ""
    sdk: Annotated[str, Meta(description="how the client introduced itself")] = ""
    policy: Annotated[str, Meta(description="hash of the policy, none without one, broken where it could not be read")] = ""
    lost: Annotated[int, Meta(ge=0, description="events of this process that could not be written since the last one that could")] = 0
    cut: Annotated[tuple[str, ...], Meta(description="keys that were shortened or left out to keep the line below 4 KiB")] = ()
    outcome: Annotated[str, Meta(description="of kind outcome: what came of the work, by name")] = ""
    success: Annotated[bool | None, Meta(description="of kind outcome: whether it was what was wanted")] = None
    value: Annotated[float | None, Meta(description="of kind outcome: what it was worth, in whatever unit the name says")] = None


def schema() -> dict[str, Any]:
    """Return the JSON schema of an event."""
    found, components = msgspec.json.schema_components([Event], ref_template="#/$defs/{name}")
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "costmark event, version 1"}
    return {**head, **found[0], "$defs": components}
