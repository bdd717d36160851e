"""Report an error of costmark itself: what to send, and exit code 3."""

from __future__ import annotations

import os
import platform
import sys
import traceback
from types import TracebackType
from typing import Final

from lint_plugin import __version__

INTERNAL: Final = 3
INTERRUPTED: Final = 130
LAST: Final = 3  # places of the traceback that the short report names


def install() -> None:
    """Let errors that nobody foresaw end in a short report instead of a traceback."""
    sys.excepthook = report


def report(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Print what a bug report needs, and leave with the exit code for internal errors."""
    if issubclass(kind, KeyboardInterrupt):
        raise SystemExit(INTERRUPTED)
    if os.environ.get("COSTMARK_DEBUG") == "1":
        traceback.print_exception(kind, error, trace)
    places = [f"{place.filename}:{place.lineno} in {place.name}" for place in traceback.extract_tb(trace)[-LAST:]]
    lines = [
        f"costmark: internal error: {kind.__name__}: {error}",
        *(f"  at {place}" for place in reversed(places)),
        f"  costmark {__version__}, Python {platform.python_version()} on {sys.platform}",
        "This is a bug of costmark, nothing was decided about your code. Please report the lines above;",
        "COSTMARK_DEBUG=1 shows the whole traceback.",
    ]
    sys.stderr.write("\n".join(lines) + "\n")
    raise SystemExit(INTERNAL)
