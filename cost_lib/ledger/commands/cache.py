"""``costmark cache``: what caching saved."""

from __future__ import annotations

from typing import Final

import click

from cost_lib.ledger.commands.asked import Asked, asks

SHOWN: Final = (
    "requests", "share_cached", "share_of_tokens", "cost_nano_usd", "read_saved_nano_usd", "write_premium_nano_usd", "saved_nano_usd",
    "share_saved", "per_cached_request_nano_usd", "per_fresh_request_nano_usd",
)  # fmt: skip


@click.command("cache", short_help="What prompt caching saved.")
@asks(by="feature")
def command(asked: Asked) -> None:
    """Show what prompt caching saved, and what a request costs that read from a cache or did not.

    Saved is what the cached tokens would have cost as input, at the prices of the table that each event was priced by, less what
    they did cost, and less what was paid above that to write them. Tables are kept under prices/ beside the log.

    \b
    Examples:
      costmark cache
      costmark cache --by feature,model --month 2026-11
      costmark cache --by week --where "provider=anthropic"
    """
    from cost_lib.ledger.answer import answered
    from cost_lib.ledger.reports.caching import cache

    with asked.session() as session:
        question = asked.question(session, default="feature")
        table = cache(session, question)
        answer = answered("cache", session, table, question.period)
        unknown = next((record["unknown_cache_tokens"] for record in answer.records if record["line"] == "total"), 0)
        note = f"{unknown:,} tokens of caches have no price that is known, and count as nothing saved; costmark prices check says why"
        asked.show(answer._replace(notes=(*answer.notes, *((note,) if unknown else ()))), table, SHOWN)
