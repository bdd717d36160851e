"""Write a file that a person asked for: the whole of it, or leave the old one."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from lint_plugin.errors import WrongUseError


def save(file: Path, text: str, *, option: str) -> None:
    """Write the whole file or leave the old one: a report cut short must not look like a clean one."""
    target = Path(os.path.realpath(file))  # a link stays one
    draft = target.with_name(f"{target.name}.{os.getpid()}.new")
    try:
        if target.exists() and not target.is_file():  # a device or a pipe is written to, never replaced
            target.write_text(text, encoding="utf-8", errors="backslashreplace")
            return
        draft.write_text(text, encoding="utf-8", errors="backslashreplace")
        draft.replace(target)
    except OSError as error:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
        raise WrongUseError(f"{option} {file}: {error.strerror}") from error
