"""The layout of an answer proves what it is and finds its counts, or matches nothing."""

from __future__ import annotations

import json
from typing import Any

import pytest

from cost_lib.families.layouts import Layout, layout_of
from cost_lib.families.plain import count_chat, count_message, count_vectors
from tests.runtime.replay import CHAT, MESSAGE

VECTORS = {"object": "list", "data": [{"embedding": [0.1] * 9}], "model": "m", "usage": {"prompt_tokens": 8, "total_tokens": 8}}
TIERED = {"id": "c", "model": "m", "usage": {"prompt_tokens": 5, "completion_tokens": 2, "total_tokens": 7}, "service_tier": "flex"}


def words(layout: Layout | None, answer: Any) -> list[bytes] | None:
    """Return what a layout finds in an answer, as ``settle`` looks for it."""
    data = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
    assert layout is not None
    found = layout.tail(data, data.rfind(layout.mark))
    if found is None or (layout.head is not None and layout.head(data) is None):
        return None
    return list(found.group(*layout.order))


def learned(answer: Any, read: Any = count_chat, tier: str = "") -> Layout | None:
    return layout_of(json.dumps(answer).encode(), read, answer["model"], tier)


@pytest.mark.parametrize(
    ("answer", "read", "expected"),
    [(TIERED, count_chat, [b"5", b"2", b"", b"7", b""]), (VECTORS, count_vectors, [b"8", b"", b"", b"8", b""])],
)
def test_counts_are_found_in_their_order(answer: Any, read: Any, expected: list[bytes]) -> None:
    assert expected == words(learned(answer, read, answer.get("service_tier", "")), answer)


def test_other_counts_and_ids_are_of_the_same_layout() -> None:
    other = {**TIERED, "id": "another-1", "usage": {"prompt_tokens": 70, "completion_tokens": 0, "total_tokens": 70}}
    assert [b"70", b"0", b"", b"70", b""] == words(learned(TIERED, tier="flex"), other)


@pytest.mark.parametrize(
    "other",
    [
        {**TIERED, "model": "n"},
        {**TIERED, "service_tier": "priority"},
        {**TIERED, "usage": {**TIERED["usage"], "cost": 1}},  # type: ignore[dict-item]
        {**TIERED, "usage": {**TIERED["usage"], "prompt_tokens": -5}},  # type: ignore[dict-item]
        {**TIERED, "usage": {**TIERED["usage"], "prompt_tokens": 5.0}},  # type: ignore[dict-item]
        {"result": TIERED, **TIERED, "text": "x"},
        {"nested": {"model": "m"}, **TIERED},
        {**TIERED, "end": {"usage": {}}},
        {"id": "c", "model": "m", "usage": TIERED["usage"], 'x"usage': TIERED["usage"], "service_tier": "flex"},
        json.dumps(TIERED)[:-1].encode(),
        json.dumps(json.dumps(TIERED)).encode(),
    ],
)
def test_what_is_laid_out_otherwise_is_not_known(other: Any) -> None:
    assert words(learned(TIERED, tier="flex"), other) is None


@pytest.mark.parametrize("end", [{"about": {"model": "z"}}, {"object": "model"}, {"about": {"service_tier": "z"}}, {"of": "service_tier"}])
@pytest.mark.parametrize("other", [{"model": "n"}, {"service_tier": "priority"}])
def test_a_model_or_a_tier_of_another_table_proves_nothing(end: Any, other: Any) -> None:
    first = {"choices": [{}], "model": "m", "service_tier": "flex", "usage": TIERED["usage"], **end}
    layout = learned(first, tier="flex")
    assert layout is None or words(layout, {**first, **other}) is None


def test_the_answers_of_the_providers_have_layouts() -> None:
    assert words(learned(CHAT), CHAT)
    assert words(learned(MESSAGE, count_message, MESSAGE["usage"].get("service_tier") or ""), MESSAGE)
