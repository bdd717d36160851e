"""Know Guardrails: a guard sends the request that it validates."""

from __future__ import annotations

from typing import Final

from cost_lib.catalog.model import Bills, ClientClass, Function, Layer, Method, Provider

GUARD = "guardrails.Guard"

PROVIDER: Final = Provider(
    name="guardrails",
    layer=Layer.FRAMEWORK,
    packages=("guardrails-ai",),
    source="guardrails-ai 0.11.0, source read",
    checked="2026-11-22",
    classes=(
        ClientClass(
            names=(GUARD, "guardrails.AsyncGuard", "guardrails.guard.Guard", "guardrails.async_guard.AsyncGuard"),
            methods=(Method("", note="the callable or model is an argument of the call", runs="llm_api"),),
            free=("parse", "validate", "configure", "to_runnable", "to_dict", "error_spans_in_output"),
            same=("use", "use_many"),
            model="",
        ),
    ),
    functions=(
        Function(
            names=(
                "guardrails.Guard.from_pydantic",
                "guardrails.Guard.from_rail",
                "guardrails.Guard.from_rail_string",
                "guardrails.Guard.from_string",
                "guardrails.Guard.for_pydantic",
                "guardrails.Guard.for_rail",
                "guardrails.Guard.for_rail_string",
                "guardrails.Guard.for_string",
                "guardrails.Guard.load",
                "guardrails.AsyncGuard.for_*",
                "guardrails.AsyncGuard.from_*",
            ),
            bills=Bills.FREE,
            api="",
            returns=GUARD,
            model="",
        ),
    ),
)
