"""Gather what is known of one request, from its sending to its event."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from cost_lib.model import Unknown, Usage
from cost_lib.operation import CallSite

__all__ = ["Facts"]

NOT_GIVEN: Final = Unknown("no usage was given")


@dataclass(slots=True)
class Facts:
    """What is known of one request."""

    tags: Mapping[str, str]
    operation_id: str = ""
    attempt: int = 1
    call_site: CallSite | None = None
    provider: str = ""
    host: str = ""
    endpoint: str = ""
    transport: str = "http"
    sdk: str = ""
    model_requested: str = ""
    model: str = ""
    service_tier: str = ""
    price_context: str = ""
    is_stream: bool = False
    is_charged: bool = True  # an answer that says error costs nothing
    usage: Usage | Unknown = NOT_GIVEN
    provider_request_id: str = ""
    started: float = 0.0  # time.perf_counter
    first_chunk: float = 0.0
    status: str = "ok"
    error: Mapping[str, Any] = field(default_factory=dict)
