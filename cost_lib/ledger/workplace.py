"""Have a folder to write parts in: the ledger itself, or one whose files are then put into a bucket."""

from __future__ import annotations

import secrets
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final, NamedTuple

from cost_lib.errors import ReportError
from cost_lib.ledger import durable
from cost_lib.ledger.buckets.address import Bucket, Place
from cost_lib.ledger.buckets.writing import objects_of
from cost_lib.ledger.locking import locked

PROBE: Final = "writers"  # an object that is there from the first compaction on
SAID: Final = b"Compactions write this object only where it is not: so they know that this store keeps conditions.\n"


class Workplace(NamedTuple):
    """A ledger that is written to, and the folder for its new files."""

    ledger: Place
    folder: Path

    def name(self, generation: int, number: int) -> str:
        """Name a part of the next manifest; in a bucket as nobody else ever will, and so that the name tells its time."""
        name = f"{generation:08d}-{number:04d}"
        return f"{name}-{int(time.time() * 1000):011x}{secrets.token_hex(4)}" if isinstance(self.ledger, Bucket) else name

    def hand_over(self, files: Sequence[Path]) -> None:
        """Bring finished files to where the ledger is."""
        if not isinstance(self.ledger, Bucket):
            return
        objects = objects_of(self.ledger)
        for file in files:
            durable.Steps.before("put")
            if not objects.put(file.relative_to(self.folder).as_posix(), file):
                raise ReportError(f"{self.ledger}: {file.name} is there already; run again, nothing is lost")
            file.unlink()


@contextmanager
def working_at(ledger: Place) -> Iterator[Workplace]:
    """Hold a ledger, where it can be held: in a bucket, whoever is first with the next manifest has won."""
    if isinstance(ledger, Bucket):
        _demand_conditions(ledger)
        with tempfile.TemporaryDirectory(prefix="costmark-") as folder:
            yield Workplace(ledger, Path(folder))
    else:
        durable.make(ledger)
        with locked(ledger):
            yield Workplace(ledger, ledger)


def _demand_conditions(ledger: Bucket) -> None:
    """Refuse a store that writes over what is there although it is asked not to."""
    objects = objects_of(ledger)
    if objects.put(PROBE, SAID) and objects.put(PROBE, SAID):
        raise ReportError(f"{ledger}: this store does not keep If-None-Match, so two compactions could undo each other; use a folder")
