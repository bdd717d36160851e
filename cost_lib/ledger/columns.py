"""Name the columns of the ledger: what is read from a line, what is stored, what rollups are made by and what they add up."""

from __future__ import annotations

from typing import Final

IDS: Final = ("event_id", "operation_id", "provider_request_id", "chain_id", "session_id")
WHO: Final = tuple("feature team project cost_center owner user_id user_segment environment priority request_type prompt_version".split())
WHAT: Final = tuple("provider host endpoint transport model_requested model model_class service_tier".split())
TOKENS: Final = (
    "input_tokens",
    "cache_read_tokens",
    "cache_write_5m_tokens",
    "cache_write_1h_tokens",
    "output_tokens",
    "reasoning_tokens",
)
SOURCES: Final = ("usage_source", "usage_reason", "cost_source", "cost_reason", "price_version", "price_context")
PROCESS: Final = ("service", "release", "sdk", "policy")
TEXTS: Final = (*IDS, "kind", *WHO, *WHAT, *SOURCES, "status", *PROCESS, "outcome")
NUMBERS: Final = ("attempt", *TOKENS, "cost_nano_usd", "provider_cost_nano_usd", "lost")
FRACTIONS: Final = ("latency_ms", "ttft_ms", "value")
FLAGS: Final = ("batch", "stream", "success")
DOCUMENTS: Final = {"tags": "{", "units": "{", "cost_split": "{", "passes": "[", "cut": "["}  # and how they begin

LARGEST: Final = 10**15  # of what is no count: milliseconds, values of outcomes

# what DuckDB is told of a line
READ: Final = {
    "v": "BIGINT",
    "ts": "VARCHAR",
    **dict.fromkeys(TEXTS, "VARCHAR"),
    **dict.fromkeys(NUMBERS, "BIGINT"),
    **dict.fromkeys(FRACTIONS, "DOUBLE"),
    **dict.fromkeys(FLAGS, "BOOLEAN"),
    **dict.fromkeys(DOCUMENTS, "JSON"),
    "error": 'STRUCT("class" VARCHAR, status BIGINT, code VARCHAR)',
    "call_site": "STRUCT(file VARCHAR, name VARCHAR, line BIGINT)",
}

# what is stored of an event, in this order, and how it is made of what was read
STORED: Final = {
    "ts": "ts::TIMESTAMP",
    "event_id": "event_id",
    "operation_id": "operation_id",
    "attempt": "coalesce(attempt, 1)",
    "kind": "coalesce(kind, 'call')",
    **{name: name for name in IDS[2:]},
    **{name: name for name in WHO},
    "tags": "nullif(tags::VARCHAR, '{}')",
    **{name: name for name in WHAT},
    "batch": "coalesce(batch, false)",
    "stream": "coalesce(stream, false)",
    **{name: name for name in TOKENS},
    "units": "nullif(units::VARCHAR, '{}')",
    "usage_source": "usage_source",
    "usage_reason": "usage_reason",
    "cost_nano_usd": "cost_nano_usd",
    "cost_split": "nullif(cost_split::VARCHAR, '{}')",
    "cost_source": "cost_source",
    "cost_reason": "cost_reason",
    "provider_cost_nano_usd": "provider_cost_nano_usd",
    "price_version": "price_version",
    "price_context": "price_context",
    "passes": "nullif(passes::VARCHAR, '[]')",
    "latency_us": "(latency_ms * 1000)::BIGINT",
    "ttft_us": "(ttft_ms * 1000)::BIGINT",
    "status": "coalesce(status, '')",
    "error_class": "error.class",
    "error_status": "error.status",
    "error_code": "error.code",
    "call_site": "call_site.file || ':' || coalesce(call_site.line, 0)",
    "call_site_name": "call_site.name",
    **{name: name for name in PROCESS},
    "lost": "lost",
    "cut": "nullif(cut::VARCHAR, '[]')",
    "outcome": "outcome",
    "success": "success",
    "value": "value",
    "more": "@more",
}

_INTEGERS: Final = {*NUMBERS, "latency_us", "ttft_us", "error_status"}
# the types of what is stored; what is not named is text
TYPES: Final = {
    name: "TIMESTAMP"
    if name == "ts"
    else "BIGINT"
    if name in _INTEGERS
    else "BOOLEAN"
    if name in FLAGS
    else "DOUBLE"
    if name == "value"
    else "VARCHAR"
    for name in STORED
}

# what rollups are made by
DAY_DIMENSIONS: Final = (
    *(name for name in WHO if name != "user_id"),
    *(name for name in WHAT if name != "transport"),
    "batch",
    "stream",
    "kind",
    "status",
    "usage_source",
    "cost_source",
    "price_context",
    "call_site",
    "tags",
)
USER_DIMENSIONS: Final = ("user_id", "user_segment", "environment")
# what they add up, as it is made of events
MEASURES: Final = {
    "requests": "sum(request)",
    "attempts": "count(*)",
    **{name: f"coalesce(sum({name}), 0)" for name in TOKENS},
    "cost_nano_usd": "coalesce(sum(cost_nano_usd), 0)",
    "unpriced": "count(*) FILTER (is_unpriced)",
    "errors": "count(*) FILTER (status = 'error')",
    "latency_us_sum": "coalesce(sum(latency_us), 0)",
    "latency_count": "count(latency_us)",
}
# and the parts of the cost, by meter; users' rollups, which are the longest, do without
SPLITS: Final = ("split_input", "split_cache_read", "split_cache_write_5m", "split_cache_write_1h", "split_output")
DAY_MEASURES: Final = {**MEASURES, **{name: f"coalesce(sum({name}), 0)" for name in SPLITS}}
OUTCOMES: Final = (
    "ts",
    "event_id",
    "operation_id",
    "chain_id",
    "session_id",
    "user_id",
    "user_segment",
    "feature",
    "outcome",
    "success",
    "value",
    "tags",
)
# the trees of a ledger and the columns of their files
TREES: Final = {
    "events": TYPES,
    "days": {"dt": "DATE", **{name: TYPES[name] for name in DAY_DIMENSIONS}, **dict.fromkeys(DAY_MEASURES, "BIGINT")},
    "user_days": {"dt": "DATE", **{name: TYPES[name] for name in USER_DIMENSIONS}, **dict.fromkeys(MEASURES, "BIGINT")},
    "outcomes": {name: TYPES[name] for name in OUTCOMES},
    "strays": {"event_id": "VARCHAR"},
}
