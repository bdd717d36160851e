"""Choose where events go."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from cost_lib.sinks.files import Files
from cost_lib.sinks.memory import Memory

if TYPE_CHECKING:
    from cost_lib.sinks.base import Sink

FOLDER: Final = "costmark-events"
FOLDER_VARIABLE: Final = "COSTMARK_EVENTS_DIR"
OFF_VARIABLE: Final = "COSTMARK_OFF"


def default() -> Sink:
    """Return files, or memory where nothing is to be kept: under pytest, and where costmark is switched off."""
    folder = os.environ.get(FOLDER_VARIABLE)
    if os.environ.get(OFF_VARIABLE) == "1" or "PYTEST_VERSION" in os.environ or "pytest" in sys.modules:
        return Memory()
    return Files(Path(folder or FOLDER))
