"""Take the difference between two sums apart: volume, mix of models, tokens per request, price.

Of every line and model are known, before and after: requests, tokens by meter, cost by meter. The cost after is reached from the
cost before in four steps, and each step changes one thing alone:

    C0  what was spent before
    C1  as many requests as after, each at what one cost before
    C2  these requests on the models of after, each at what one cost before on its model
    C3  with the tokens of after, each at what one cost before on its model and meter
    C4  what was spent after

Volume is C1 - C0, mix C2 - C1, tokens C3 - C2, price C4 - C3. C1, C2 and C3 are exact fractions that are rounded to the nano-dollar
once each (half to even), so the four add up to the difference whatever was rounded: nothing is left over. What did not exist before
has no cost of before: a new model counts at its cost after (its effect is mix), a new meter of a model at its price after (its effect
is tokens), a line that is new at all is volume.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any, Final, NamedTuple

METERS: Final = ("input", "cache_read", "cache_write_5m", "cache_write_1h", "output")
REST: Final = "other"  # what a request costs beside its tokens: searches, images, fees, costs without a split


class Cell(NamedTuple):
    """What one model took and cost on one side."""

    requests: int = 0
    cost: int = 0
    tokens: Mapping[str, int] = {}
    costs: Mapping[str, int] = {}  # by meter; adds up to ``cost``


class Effects(NamedTuple):
    """Why a sum has changed, in nano-USD."""

    volume: int
    mix: int
    tokens: int
    price: int


NOTHING: Final = Cell()


def cell_of(record: Mapping[str, Any]) -> Cell:
    """Read a cell out of a row of compare.sql."""
    requests, cost = int(record["requests"]), int(record["cost_nano_usd"])
    tokens = {meter: int(record[f"{meter}_tokens"]) for meter in METERS}
    costs = {meter: int(record[f"split_{meter}"]) for meter in METERS}
    return Cell(requests, cost, {**tokens, REST: requests}, {**costs, REST: cost - sum(costs.values())})


def together(cells: Iterable[Cell]) -> Cell:
    """Add cells up."""
    found = list(cells)
    meters = (*METERS, REST)
    return Cell(
        sum(cell.requests for cell in found),
        sum(cell.cost for cell in found),
        {meter: sum(cell.tokens.get(meter, 0) for cell in found) for meter in meters},
        {meter: sum(cell.costs.get(meter, 0) for cell in found) for meter in meters},
    )


def effects(before: Mapping[str, Cell], after: Mapping[str, Cell]) -> Effects:
    """Take the difference of a line apart; both sides by model."""
    start, end = together(before.values()), together(after.values())
    if not start.requests:
        return Effects(end.cost - start.cost, 0, 0, 0)
    volume = round(Fraction(end.requests * start.cost, start.requests))
    mix = round(sum((_at_old_cost(before.get(model, NOTHING), cell) for model, cell in after.items()), Fraction(0)))
    tokens = round(sum((_at_old_price(before.get(model, NOTHING), cell) for model, cell in after.items()), Fraction(0)))
    return Effects(volume - start.cost, mix - volume, tokens - mix, end.cost - tokens)


def _at_old_cost(old: Cell, new: Cell) -> Fraction:
    """Give what the requests of after cost on this model at what one cost before."""
    return Fraction(new.requests * old.cost, old.requests) if old.requests else Fraction(new.cost)


def _at_old_price(old: Cell, new: Cell) -> Fraction:
    """Give what the tokens of after cost on this model at the prices of before, meter by meter."""
    if not old.requests:
        return Fraction(new.cost)
    return sum(
        (
            Fraction(count * old.costs.get(meter, 0), old.tokens[meter]) if old.tokens.get(meter) else Fraction(new.costs.get(meter, 0))
            for meter, count in new.tokens.items()
        ),
        Fraction(0),
    )
