"""The ledger: from the log of events to answers, for the command and for notebooks.

from cost_lib import ledger

with ledger.open() as book:
    print(book.report(by="team,model", month="2026-11").df())
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from os import PathLike, fspath
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cost_lib.ledger.book import Ledger
    from cost_lib.ledger.buckets.address import Place
    from cost_lib.policy import Policy

__all__ = ["open"]


def open(  # noqa: A001 - ledger.open() reads as what it does
    path_or_paths: str | PathLike[str] | Iterable[str | PathLike[str]] | None = None,
    policy: Policy | None = None,
    *,
    prices: str = "recorded",
    engine: str | None = None,
) -> Ledger:
    """Open files and folders of a log or ledger, this program's own by default, under a policy, by default the one in force here.

    A ledger may be in a bucket: ``open("s3://bucket/folder")``. ``prices`` are the costs that reports show: "recorded", "restated"
    or "restated:3". ``engine`` asks what ``costmark export`` wrote instead: "clickhouse://host/database", "spark://host:7077/folder".
    """
    from cost_lib.ledger.book import Ledger
    from cost_lib.ledger.buckets.address import place_of
    from cost_lib.ledger.sources import default_places
    from cost_lib.policy import find, load

    if path_or_paths is None:
        places: tuple[Place, ...] = () if engine else tuple(default_places())
    elif isinstance(path_or_paths, (str, PathLike)):
        places = (place_of(fspath(path_or_paths)),)
    else:
        places = tuple(place_of(fspath(one)) for one in path_or_paths)
    return Ledger(places, policy if policy is not None else load(find(Path.cwd(), env=os.environ)), prices=prices, engine=engine)
