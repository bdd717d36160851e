"""Name what can be asked for: each name, the columns it needs, and the expression it stands for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Final, NamedTuple

from cost_lib.ledger.asking.tokens import AskedWronglyError, Token, plain

if TYPE_CHECKING:
    from cost_lib.policy import Policy

TAGS: Final = "tags."
NOTHING_KNOWN: Final[tuple[str, ...]] = ()


class Dimension(NamedTuple):
    """What a name stands for."""

    name: str
    raw: str  # what rows are grouped by before it is made readable; ``{tag}`` is the parameter of a tag's name
    columns: frozenset[str]
    kind: str = "text"  # text, time, number, money
    tag: str | None = None  # the name of a custom tag
    shown: str = "nullif({raw}, '')"  # VARCHAR, NULL where there is nothing; of a number as it is

    @property
    def expression(self) -> str:
        """Return how it is read off a row at once."""
        return self.shown.replace("{raw}", self.raw)


def _text(name: str, column: str = "") -> Dimension:
    column = column or name
    return Dimension(name, column, frozenset((column,)))


def _flag(name: str) -> Dimension:
    return Dimension(name, name, frozenset((name,)), shown="CASE WHEN {raw} THEN 'true' ELSE 'false' END")


def _time(name: str, raw: str, shown: str = "CAST({raw} AS VARCHAR)") -> Dimension:
    return Dimension(name, raw, frozenset(("dt",)), "time", shown=shown)


def _number(name: str, column: str = "", kind: str = "number") -> Dimension:
    return Dimension(name, column or name, frozenset((column or name, "event_id")), kind, shown="{raw}")  # of single events


WHO: Final = "feature team project cost_center owner environment priority request_type prompt_version".split()
WHAT: Final = "provider host endpoint model_requested model_class service_tier status usage_source cost_source call_site".split()
RARE: Final = "transport service release sdk usage_reason cost_reason price_version price_context error_class error_code".split()
DIMENSIONS: Final[Mapping[str, Dimension]] = {
    one.name: one
    for one in (
        *map(_text, WHO),
        _text("segment", "user_segment"),
        _text("user", "user_id"),
        _text("session", "session_id"),
        _text("chain", "chain_id"),
        _text("operation", "operation_id"),
        *map(_text, WHAT),
        Dimension(
            "model", "coalesce(nullif(model, ''), nullif(model_requested, ''))", frozenset(("model", "model_requested")), shown="{raw}"
        ),
        _text("function", "call_site_name"),
        *map(_text, RARE),
        _flag("batch"),
        _flag("stream"),
        Dimension("attributed", "is_attributed", frozenset(("is_attributed",)), shown="CASE WHEN {raw} THEN 'yes' ELSE 'no' END"),
        _text("meter"),
        _time("day", "dt"),
        _time("week", "CAST(date_trunc('week', dt) AS DATE)"),
        _time("month", "CAST(date_trunc('month', dt) AS DATE)", "left(CAST({raw} AS VARCHAR), 7)"),
    )
}
NUMBERS: Final[Mapping[str, Dimension]] = {
    one.name: one
    for one in (
        _number("cost", "cost_nano_usd", "money"),
        *map(_number, "input_tokens cache_read_tokens cache_write_5m_tokens cache_write_1h_tokens output_tokens reasoning_tokens".split()),
        *map(_number, "latency_ms ttft_ms attempt error_status".split()),
    )
}
ALIASES: Final = {
    "user_id": "user",
    "user_segment": "segment",
    "session_id": "session",
    "chain_id": "chain",
    "run": "chain",
    "operation_id": "operation",
    "callsite": "call_site",
    "site": "call_site",
    "env": "environment",
    "version": "prompt_version",
    "date": "day",
    "cost_usd": "cost",
}
BY: Final = (
    "feature, team, project, owner, user, segment, environment, provider, model, model_class, prompt_version, "
    "request_type, priority, session, chain, meter, call_site, day, week, month"
)


def tag_dimension(name: str) -> Dimension:
    """Return the dimension of a custom tag; its name is a parameter like any value."""
    return Dimension(f"{TAGS}{name}", "tag_value(tags, {tag})", frozenset(("tags",)), tag=name)


def named(token: Token, rules: Policy, *, option: str, text: str, numbers: bool = False) -> Dimension:
    """Find what a name stands for, or say what it may have meant."""
    word = token.text
    if word.lower().startswith(TAGS) and len(word) > len(TAGS):
        return tag_dimension(word[len(TAGS) :])
    simple = word.lower().replace("-", "_")
    simple = ALIASES.get(simple, simple)
    found = DIMENSIONS.get(simple) or (NUMBERS.get(simple) if numbers else None)
    if found is not None:
        return found
    own = tuple(rules.tags)
    if word in own:
        return tag_dimension(word)
    if simple in NUMBERS:
        raise AskedWronglyError(f"{plain(word)} is a figure; figures are for --where, such as {simple}>1000", option, text, *token[2:])
    raise AskedWronglyError(
        _unknown(word, simple, (*DIMENSIONS, *ALIASES, *own, *(NUMBERS if numbers else NOTHING_KNOWN))), option, text, *token[2:]
    )


def _unknown(word: str, simple: str, known: Iterable[str]) -> str:
    """Say that nothing has this name, and what may have been meant."""
    from difflib import get_close_matches  # only errors pay for it

    near = get_close_matches(simple, list(known), n=1, cutoff=0.6)
    own = f"tags.{plain(word) if word.isidentifier() else 'NAME'}"
    hint = f"did you mean {near[0]}? A tag of your own is {own}" if near else f"known are {BY}, and {own} for a tag of your own"
    return f"nothing is called {plain(word)!r}; {hint}"
