"""Offer a pytest fixture: ``pytest_plugins = ["cost_lib.pytest_plugin"]`` in ``conftest.py`` makes it known."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cost_lib.testing import Events, capture_events

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["costmark_events"]


@pytest.fixture
def costmark_events() -> Iterator[Events]:
    """Keep the events of a test in memory: ``costmark_events.one()["feature"] == "faq"``."""
    with capture_events() as events:
        yield events
