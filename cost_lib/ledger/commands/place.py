"""Read the name of a place on the command line: a file, a folder, or an address of a bucket."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from cost_lib.ledger.buckets.address import Place


class PlaceType(click.Path):
    """What ``click.Path`` is, and addresses."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Place:
        """Read it."""
        from cost_lib.ledger.buckets.address import place_of

        return place_of(os.fsdecode(super().convert(value, param, ctx)))
