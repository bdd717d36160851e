"""What every test gets: no policy and no colours from the outside."""

from __future__ import annotations

import os

import pytest
from hypothesis import settings

FOREIGN = ("COSTMARK_POLICY", "COSTMARK_DEBUG", "NO_COLOR", "FORCE_COLOR", "GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE", "CI")

# how long an example takes says what else the machine does; `make properties` searches anew, a change is held against the same examples
settings.register_profile("same", deadline=None, derandomize=True)
settings.load_profile("same")


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take away what a developer's shell or a git hook would decide."""
    for name in FOREIGN:
        if name in os.environ:
            monkeypatch.delenv(name)
