"""Write to the two streams of the terminal, and bear with readers that stop reading."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping
from typing import TextIO

from lint_plugin.errors import WrongUseError
from lint_plugin.output.escape import visible


def emit(pieces: Iterable[str], stream: TextIO | None = None) -> None:
    """Write to standard output; a reader that closed its end (``| head``) has seen enough."""
    out = sys.stdout if stream is None else stream
    if out is None:  # started with the stream closed: there is nobody to tell
        return
    try:
        for piece in pieces:
            out.write(piece)
        out.flush()
    except BrokenPipeError:
        mute(out)
    except OSError as error:
        mute(out)
        raise WrongUseError(f"the output cannot be written: {error.strerror}") from error


def complain(sentence: str) -> None:
    """Say on standard error what went wrong or was left out."""
    emit([f"costmark: {visible(sentence)}\n"], sys.stderr)


def mute(stream: TextIO) -> None:
    """Send the rest of a stream nowhere, so that the interpreter's last flush does not fail on the closed pipe."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)


def is_colourful(stream: TextIO | None, env: Mapping[str, str]) -> bool:
    """Tell whether colours belong on a stream: a terminal, and nobody said no (https://no-color.org)."""
    return stream is not None and stream.isatty() and not env.get("NO_COLOR") and env.get("TERM") != "dumb"
