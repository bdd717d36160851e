"""Time a price look-up and a whole cost, beside genai-prices where it is installed.

Run ``python benchmarks/price_lookup.py``; thread CPU. Targets: a warm look-up at most 0.2 µs, a cold one at most 1 ms.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
import timeit
from collections.abc import Callable
from datetime import UTC, datetime
from importlib import util
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from cost_lib.catalog.prices import Price, find_price, forget  # noqa: E402
from cost_lib.model import Usage  # noqa: E402
from cost_lib.pricing import cost  # noqa: E402

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
MODELS = (
    ("anthropic", "claude-haiku-4-5", "one price for all times"),
    ("anthropic", "claude-opus-4-6", "dated"),
    ("openai", "gpt-5.4", "dated, tiers, five contexts"),
    ("deepseek", "deepseek-v4-flash", "peak hours"),
    ("aws", "us.anthropic.claude-sonnet-4-5-20250929-v1:0", "found by pattern"),
    ("openrouter", "openai/gpt-5.4", "the largest table"),
)
USAGE = Usage(1000, cache_read_tokens=300, output_tokens=500)


def main() -> None:
    """Print one line a model, then the peer."""
    print(f"{'model':<48} {'cold ms':>8} {'warm µs':>8} {'cost µs':>8}  kind")
    for provider, model, kind in MODELS:
        cold = cold_ms(provider, model)
        warm = best_us(lambda provider=provider, model=model: find_price(provider, model, AT))  # type: ignore[misc]
        price = find_price(provider, model, AT)
        whole = best_us(lambda price=price: cost(USAGE, price))  # type: ignore[misc]
        name = price.model if isinstance(price, Price) else model
        print(f"{provider + ' ' + name:<48} {cold:8.3f} {warm:8.3f} {whole:8.2f}  {kind}")
    print(f"import: {import_ms('cost_lib.pricing'):.1f} ms over an empty interpreter")
    print_peer()


def cold_ms(provider: str, model: str) -> float:
    """Time the first look-up of a process that has read no table."""
    times = []
    for _ in range(21):
        forget()
        times.append(timeit.timeit(lambda: find_price(provider, model, AT), timer=time.thread_time, number=1))
    return statistics.median(times) * 1e3


def best_us(call: Callable[[], object], number: int = 20_000) -> float:
    """Give the best of seven runs; the cost of the empty lambda is taken off."""
    empty = min(timeit.repeat(lambda: None, timer=time.thread_time, number=number, repeat=7))
    return (min(timeit.repeat(call, timer=time.thread_time, number=number, repeat=7)) - empty) / number * 1e6


def import_ms(module: str) -> float:
    """Give what importing a module adds to an interpreter's start."""

    def run(code: str) -> float:
        return min(timeit.repeat(lambda: subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True), number=1, repeat=7))

    return (run(f"import {module}") - run("pass")) * 1e3


def print_peer() -> None:
    """Compare with genai-prices, which looks up and prices in one call."""
    if util.find_spec("genai_prices") is None:
        print("genai-prices is not installed: no comparison")
        return
    from genai_prices import Usage as PeerUsage  # type: ignore[import-not-found, unused-ignore]
    from genai_prices import calc_price

    peer_usage = PeerUsage(input_tokens=1300, cache_read_tokens=300, output_tokens=500)
    peer = best_us(lambda: calc_price(peer_usage, "claude-haiku-4-5", provider_id="anthropic", genai_request_timestamp=AT), 500)
    look_up = best_us(lambda: find_price("anthropic", "claude-haiku-4-5", AT))
    whole = best_us(lambda: cost(USAGE, find_price("anthropic", "claude-haiku-4-5", AT)))
    print(f"genai-prices calc_price: {peer:.1f} µs = {peer / look_up:.0f} x our look-up, {peer / whole:.0f} x look-up and cost")


if __name__ == "__main__":
    main()
