"""Errors that end a run with one sentence.

LintError
└── WrongUseError         arguments that cannot be meant; exit code 2
"""

from __future__ import annotations

from typing import Final

WRONG: Final = 2


class LintError(Exception):
    """Root of everything that the analyzer raises on purpose."""

    exit_code = WRONG


class WrongUseError(LintError):
    """Arguments that contradict each other or name what does not exist."""
