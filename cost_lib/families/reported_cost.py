"""Read the cost that some providers report with the usage, in nano-USD."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Decimal

from cost_lib.families.fields import LARGEST, Body, count, number

NANO_PER_TICK = Decimal("0.1")  # xAI counts in 10^-10 USD


def cost_of(usage: Body) -> int | None:
    """Return what the provider says that the request cost; None where it does not say."""
    ticks = count(usage, "cost_in_usd_ticks")
    if 0 < ticks < LARGEST:  # 0 is what resellers of xAI's models write
        return _rounded(ticks * NANO_PER_TICK)
    cost = number(usage, "cost", "total_cost") if isinstance(usage.get("cost"), dict) else number(usage, "cost")
    if cost is None or cost < 0:
        return None
    own = number(usage, "cost_details", "upstream_inference_cost") if usage.get("is_byok") is True else None
    return _rounded((Decimal(repr(cost)) + Decimal(repr(own or 0))) * 10**9)  # with the caller's own key the rest is billed elsewhere


def _rounded(nano: Decimal) -> int:
    return int(nano.to_integral_value(ROUND_HALF_EVEN))
