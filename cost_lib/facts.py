"""Gather what is known of one request, from its sending to its event."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, Self

from cost_lib.compiled import SPEEDUPS
from cost_lib.model import Cost, Pass, Unknown, Usage
from cost_lib.operation import CallSite

__all__ = ["Facts"]

NOT_GIVEN: Final = Unknown("no usage was given")
NO_ERROR: Final[Mapping[str, Any]] = MappingProxyType({})


class Facts:
    """What is known of one request; written by hand because the import of ``dataclasses`` takes as long as a whole first event."""

    __slots__ = (
        "attempt",
        "call_site",
        "cost",
        "endpoint",
        "error",
        "event_id",
        "first_chunk",
        "host",
        "is_batch",
        "is_charged",
        "is_stream",
        "kind",
        "model",
        "model_class",
        "model_requested",
        "operation_id",
        "others",
        "passes",
        "price_context",
        "provider",
        "provider_request_id",
        "reported_cost",
        "reservation",
        "sdk",
        "service_tier",
        "started",
        "status",
        "tags",
        "transport",
        "usage",
        "usage_source",
    )

    def __init__(  # noqa: PLR0913 - what is known when a request is sent
        self,
        tags: Mapping[str, str],
        *,
        operation_id: str = "",
        call_site: CallSite | None = None,
        provider: str = "",
        host: str = "",
        endpoint: str = "",
        transport: str = "http",
        model_requested: str = "",
        model: str = "",
        usage: Usage | Unknown = NOT_GIVEN,
        started: float = 0.0,
    ) -> None:
        self.tags = tags
        self.operation_id = operation_id
        self.call_site = call_site
        self.provider = provider
        self.host = host
        self.endpoint = endpoint
        self.transport = transport
        self.model_requested = model_requested
        self.model = model
        self.usage = usage
        self.started = started  # time.perf_counter
        self.kind = "call"  # call, deferred, result, open, outcome
        self.event_id = ""  # made when the event is written, unless it is derived from the provider's object
        self.attempt = 1
        self.sdk = ""
        self.service_tier = ""
        self.price_context = ""
        self.model_class = ""
        self.is_stream = False
        self.is_batch = False
        self.is_charged = True  # an answer that says error costs nothing
        self.usage_source = ""  # empty: reported where there is a usage
        self.passes: tuple[Pass, ...] = ()  # what the usage leaves out
        self.reported_cost: int | None = None  # nano-USD, by the provider's own word
        self.provider_request_id = ""
        self.first_chunk = 0.0
        self.status = "ok"
        self.error = NO_ERROR
        self.reservation: Any = None  # what budgets have set aside for it
        self.cost: Cost | Unknown | None = None  # once it is priced
        self.others: Mapping[str, Any] = NO_ERROR  # keys of the event that few requests have

    def changed(self, **values: Any) -> Self:
        """Return a copy in which some facts are others."""
        found = object.__new__(type(self))
        for name in self.__slots__:
            setattr(found, name, getattr(self, name))
        for name, value in values.items():
            setattr(found, name, value)
        return found


if not TYPE_CHECKING and SPEEDUPS is not None:  # one is made for every request: the compiled class sets thirty attributes at once
    Facts = SPEEDUPS.take_facts(Facts({}))
