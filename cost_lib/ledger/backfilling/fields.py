"""Know under which names logs hold what is needed; a rules file adds its own names in front."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cost_lib.policy_model import BUILTIN_TAGS

Names = Mapping[str, tuple[str, ...]]

# of a line that wraps an answer; a line without any of the first is the answer itself
RESPONSES: Final[Names] = {
    "response": ("response.body", "response", "response_body", "responseBody", "output.outputBodyJson", "body", "completion_response"),
    "request": ("request.body", "request", "request_body", "requestBody", "input.inputBodyJson", "params"),
    "headers": ("response.headers", "response_headers", "responseHeaders", "headers"),
    "url": ("request.url", "url", "request_url", "uri"),
    "status": ("response.status_code", "response.status", "status_code", "statusCode", "http_status"),
    "provider": ("provider", "provider_name", "custom_llm_provider"),
    "model": ("request.body.model", "request.model", "request_body.model", "modelId", "model_id"),
    "time": ("timestamp", "time", "ts", "@timestamp", "logged_at", "finished_at", "end_time", "endTime", "date"),
    "request_id": ("response.request_id", "request_id", "requestId", "x_request_id", "x-request-id", "provider_request_id"),
    "latency_ms": ("latency_ms", "duration_ms", "elapsed_ms"),
    "batch": ("batch", "is_batch"),
}
RECORDS: Final[Names] = {
    "response_id": (
        "response_id", "responseId", "provider_response_id", "completion_id", "message_id", "llm_response_id", "request_id", "requestId",
        "provider_request_id", "x_request_id",
    ),
    "time": ("ts", "timestamp", "time", "@timestamp", "created_at", "date", "datetime"),
    "model": ("model", "model_name", "llm_model"),
    "input_tokens": ("input_tokens", "prompt_tokens", "usage.input_tokens", "usage.prompt_tokens", "tokens_in"),
    "output_tokens": ("output_tokens", "completion_tokens", "usage.output_tokens", "usage.completion_tokens", "tokens_out"),
    "latency_ms": ("latency_ms", "duration_ms", "elapsed_ms"),
    **{name: (name, f"tags.{name}") for name in BUILTIN_TAGS},
    "tags": ("tags",),
}  # fmt: skip
# the answer's own words for what its line does not say
IDS: Final = ("id", "responseId", "response_id", "message.id", "response.id", "ResponseMetadata.RequestId")
TIMES: Final = ("created_at", "created", "createTime", "response.created_at")
ID_HEADERS: Final = ("x-request-id", "request-id", "x-amzn-requestid", "apim-request-id", "x-goog-request-id", "cf-ray")


def with_own(names: Names, own: Mapping[str, tuple[str, ...]]) -> Names:
    """Lay the names of a rules file over those that are known: what it names is looked for there alone."""
    return {**names, **own}
