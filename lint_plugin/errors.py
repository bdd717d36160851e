"""Errors that end a run with one sentence.

LintError
├── MissingExtraError    the analyzer's packages are not installed; exit code 2
└── WrongUseError        arguments that cannot be meant; exit code 2
"""

from __future__ import annotations

from typing import Final

WRONG: Final = 2


class LintError(Exception):
    """Root of everything that the analyzer raises on purpose."""

    exit_code = WRONG


class MissingExtraError(LintError):
    """A package of an extra is not installed."""


class WrongUseError(LintError):
    """Arguments that contradict each other or name what does not exist."""
