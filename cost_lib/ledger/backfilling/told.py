"""Say what came of a backfill."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from cost_lib.ledger.backfilling.model import AMBIGUOUS, BY_ID, BY_RULE, BY_TOKENS, NOTHING, Outcome, Trouble

MOST_NAMED: Final = 20
WORDS: Final = {
    BY_ID: "by the provider's id",
    BY_TOKENS: "by model, time and tokens",
    BY_RULE: "by a rule",
    AMBIGUOUS: "ambiguous, left without a feature",
    NOTHING: "nobody's: no line and no rule fits",
}


def as_text(found: Outcome, out: Path, *, is_dry: bool) -> str:
    """Write what came of it for a reader."""
    verb = "would be written" if is_dry else "written"
    span = f", {found.days[0]} to {found.days[-1]}" if found.days else ""
    lines = [f"{found.answers:,} answers: {found.written:,} events {verb} to {out}, {found.known:,} were there already{span}"]
    lines += [f"  {number:>9,}  {WORDS[how]}" for how, number in found.hows.items()]
    unpriced = f"; {found.unpriced:,} of unknown cost" if found.unpriced else ""
    lines.append(f"cost ${found.cost_nano_usd / 10**9:,.6f}{unpriced}")
    return "\n".join(lines) + "\n"


def remarks(found: Outcome) -> list[str]:
    """Return what has to be said beside the figures."""
    said = [*_named(found.troubles, "left out"), *_named(found.ambiguous, "ambiguous")]
    for provider, number in found.assumed.items():
        who = "1 answer does not say who was paid and is" if number == 1 else f"{number:,} answers do not say who was paid and are"
        said.append(f"{who} taken for {provider}'s by {'its' if number == 1 else 'their'} model; provider in the rules file says so")
    if found.twice:
        said.append(
            "1 line repeats an answer and does not count" if found.twice == 1 else f"{found.twice:,} lines repeat answers and do not count"
        )
    if found.spare:
        lines = "1 line of the application belongs" if found.spare == 1 else f"{found.spare:,} lines of the application belong"
        said.append(f"{lines} to no answer")
    return said


def as_json(found: Outcome, *, is_dry: bool) -> str:
    """Write what came of it for a program."""
    lists = {name: [{"file": str(one.spot.file), "line": one.spot.line, "reason": one.reason} for one in getattr(found, name)]
             for name in ("troubles", "ambiguous")}  # fmt: skip
    return json.dumps({**found._asdict(), **lists, "dry_run": is_dry}, indent=2) + "\n"


def _named(troubles: Sequence[Trouble], what: str) -> list[str]:
    said = [f"{what}: {one}" for one in troubles[:MOST_NAMED]]
    if len(troubles) > MOST_NAMED:
        said.append(f"{what}: {len(troubles):,} lines in all; --format json names them")
    return said
