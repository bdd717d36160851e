"""Keep each price table that was used beside the log, so that a stored cost can be worked out again in years.

A version is a hash over a table's text and the house prices that were laid over it; the file is named after both.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from cost_lib.catalog.rate_tables import text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER: Final = "prices"
DIGITS: Final = 12  # of the hash that names a version
MODE: Final = 0o600
FOLDER_MODE: Final = 0o700
Overrides = Mapping[str, Mapping[str, int]]  # provider/model -> meter -> pico-USD
NO_OVERRIDES: Final[Overrides] = {}


class _Kept:
    """What the process knows of tables and of where to keep them."""

    def __init__(self) -> None:
        self.folder: Path | None = None
        self.versions: dict[tuple[str, str], str] = {}  # by table and mark of the house prices
        self.used: dict[str, str] = {}  # file name -> text


_kept: Final = _Kept()


def version_of(table: str, mark: str = "", overrides: Overrides = NO_OVERRIDES) -> str:
    """Return the version of a table under house prices, which ``mark`` names; used for the first time, it is kept beside the log."""
    found = _kept.versions.get((table, mark))
    return found if found is not None else _use(table, mark, overrides)


def archive(folder: Path) -> None:
    """Keep the tables that this process has used, and those that it will use, under a log's folder."""
    _kept.folder = folder
    for name, text in _kept.used.items():
        _write(folder, name, text)


@contextmanager
def apart(folder: Path) -> Iterator[None]:
    """Keep what is used meanwhile under another folder, and what other tables it is used with apart."""
    before = _kept.folder, dict(_kept.versions), dict(_kept.used)
    _kept.folder = folder
    _kept.versions.clear()
    _kept.used.clear()
    try:
        yield
    finally:
        _kept.folder = before[0]
        _kept.versions.clear()
        _kept.versions.update(before[1])
        _kept.used.clear()
        _kept.used.update(before[2])


def forget() -> None:
    """Start over, for tests."""
    _kept.folder = None
    _kept.versions.clear()
    _kept.used.clear()


def _use(table: str, mark: str, overrides: Overrides) -> str:
    text = "".join(_texts(table, overrides))
    version = _hash(text)
    name = f"{table or 'house'}-{version}.json"
    _kept.versions[table, mark] = version
    _kept.used[name] = text
    if _kept.folder is not None:
        _write(_kept.folder, name, text)
    return version


def _hash(text: str) -> str:
    try:
        from _blake2 import blake2b  # hashlib loads OpenSSL too, which costs more than all that a first event needs
    except ImportError:
        from hashlib import blake2b
    return blake2b(text.encode(), digest_size=DIGITS // 2).hexdigest()


def _texts(table: str, overrides: Overrides) -> Iterator[str]:
    """Yield a table, and the house prices that concern it as one more line."""
    from json import dumps

    yield text_of(table)
    if overrides:
        yield dumps({"house-prices": {name: dict(rates) for name, rates in sorted(overrides.items())}}) + "\n"


def _write(folder: Path, name: str, text: str) -> None:
    """Write a file that is not there yet, whole or not at all; a log without its tables is still a log."""
    target = folder / FOLDER / name
    if target.exists():
        return
    draft = target.with_name(f".{name}.{os.getpid()}")
    try:
        target.parent.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0), MODE)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
        draft.replace(target)
    except OSError:
        with suppress(OSError):
            draft.unlink()
