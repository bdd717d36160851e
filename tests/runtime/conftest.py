"""What every test of the run time gets: its own events, no policy, nothing said yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cost_lib import in_force, stderr, unmeter
from cost_lib.testing import Events, capture_events

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(autouse=True)
def events(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Events]:
    monkeypatch.chdir(tmp_path)
    in_force.forget()
    stderr.forget()
    with capture_events() as found:
        yield found
    unmeter()
    in_force.forget()
