"""Hand events to Python's logging, one record each."""

from __future__ import annotations

import errno
import logging
from typing import Final

NAME: Final = "costmark.events"


class Logging:
    """A sink that logs each event as the message of an INFO record; where it goes from there is up to the program."""

    def __init__(self, name: str = NAME) -> None:
        self.logger: Final = logging.getLogger(name)
        if self.logger.level == logging.NOTSET:
            self.logger.setLevel(logging.INFO)  # the root's default would drop every event without a word

    def write(self, line: bytes, at: int) -> None:  # noqa: ARG002 - the protocol's
        """Log one event; without a handler nobody would see it, which counts as lost."""
        if not self.logger.hasHandlers() or not self.logger.isEnabledFor(logging.INFO):
            raise OSError(errno.ENODEV, f"the logger {self.logger.name} has no handler for INFO")
        self.logger.info("%s", line[:-1].decode())
