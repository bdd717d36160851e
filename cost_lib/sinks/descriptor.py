"""Write events to an open descriptor, such as the standard output of a container."""

from __future__ import annotations

import errno
import os
from typing import Final


class Descriptor:
    """A sink that makes one write of an event: up to PIPE_BUF bytes, which is a page, no pipe mixes it with what others write."""

    def __init__(self, descriptor: int) -> None:
        self.descriptor: Final = descriptor

    def write(self, line: bytes, at: int) -> None:  # noqa: ARG002 - the protocol's
        """Write one line before returning; a reader that does not keep up holds the caller, as it does with every print."""
        if os.write(self.descriptor, line) < len(line):
            raise OSError(errno.ENOSPC, "only a part of an event was written")
