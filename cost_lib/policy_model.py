"""What a policy says, once read: plain frozen data."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from cost_lib.globs import GlobSet

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from decimal import Decimal

# the keys of an event's row «who», and the two ids that a caller may set
BUILTIN_TAGS: Final = (
    "feature",
    "team",
    "project",
    "cost_center",
    "owner",
    "user_id",
    "user_segment",
    "environment",
    "priority",
    "request_type",
    "prompt_version",
    "chain_id",
    "session_id",
)


NO_RENAMES: Final[Mapping[str, str]] = {}


class Place(NamedTuple):
    """Where something is written in a policy file."""

    file: Path
    line: int


class Settings(NamedTuple):
    """What holds for one path."""

    required_tags: tuple[str, ...] = ("feature",)
    metering: str = "call"  # call, process
    on_untagged: str = "warn"  # record, warn, raise
    allow_raw: bool = False  # a raw client may be used here
    allow_raw_globs: tuple[str, ...] = ()  # as written; Policy.for_path has matched them
    exclude: tuple[str, ...] = ()  # as written; ask Policy.excludes
    enable: frozenset[str] = frozenset()
    disable: frozenset[str] = frozenset()  # never shares a code with ``enable``: of two, the nearer one to the path wins
    no_inline: frozenset[str] = frozenset()
    user_id: str = "hash"  # hash, plain, drop
    bills: frozenset[str] = frozenset(("tokens", "job"))  # what a call must bill to be reported
    personal_data: str = "hash"  # of tags other than user_id: hash, drop, raise, plain
    on_budget_error: str = "allow"  # a call under a blocking budget whose bound or book is not known: allow, block
    budget_zone: str = "UTC"  # in which days and months of budgets begin
    fix_with: str = ""  # wrapper of the house that ``costmark fix`` puts calls into; "" = ours


class TagSchema(NamedTuple):
    """One tag: of the event's own, or added by the policy."""

    name: str
    values: tuple[str, ...] = ()  # () = any
    from_env: str = ""  # environment variable that gives the value
    default: str = ""
    ambient: bool = False  # bound per request: not demanded statically
    literal: bool = False  # CMK204 demands a literal
    place: Place | None = None

    @property
    def is_given(self) -> bool:
        """Say whether the policy itself proves the tag."""
        return bool(self.from_env or self.default)


class Feature(NamedTuple):
    """One registered feature; money is nano-USD."""

    name: str
    owner: str = ""
    monthly_budget: int | None = None
    daily_budget: int | None = None
    alert_at: tuple[Decimal, ...] | None = None  # shares of the budget; None = not said
    on_exceeded: str = "alert"  # alert, block
    place: Place | None = None


class Total(NamedTuple):
    """The budget of everything together; money is nano-USD."""

    monthly_budget: int | None = None
    daily_budget: int | None = None
    alert_at: tuple[Decimal, ...] | None = None
    on_exceeded: str = "alert"
    place: Place | None = None


class Owner(NamedTuple):
    """One owner of features."""

    name: str
    notify_env: str = ""  # environment variable that holds where alerts go
    place: Place | None = None


class PolicyHost(NamedTuple):
    """A gateway's host that speaks for a provider."""

    host: str
    provider: str
    place: Place | None = None


class PriceOverride(NamedTuple):
    """House prices of ``provider/model``, in pico-USD a token; None = as in the catalog."""

    model: str
    input: int | None = None
    output: int | None = None
    cache_read: int | None = None
    cache_write_5m: int | None = None
    cache_write_1h: int | None = None
    place: Place | None = None


class Wrapper(NamedTuple):
    """A house wrapper that sanctions calls, and how it is given its tags."""

    name: str  # dotted: function, method, class or factory
    kind: str  # call, client, scope
    keywords: bool = True  # tags are keyword arguments under their own names
    arguments: tuple[str, ...] = ()  # arguments that take all tags as one dict
    renames: Mapping[str, str] = NO_RENAMES  # tag -> argument of another name
    client: str = ""  # dotted name of the SDK class that a client factory returns
    place: Place | None = None

    @property
    def as_decorator(self) -> bool:
        """Say whether it may stand above a function as well as in a ``with``."""
        return self.kind == "scope"


class PolicyException(NamedTuple):
    """A finding that is put up with until a date."""

    rule: str
    path: str
    owner: str
    reason: str
    expires: date
    place: Place
    glob: GlobSet

    def covers(self, path: str) -> bool:
        """Say whether a path, relative to the policy's root, is meant."""
        return self.glob.matches(path)

    def is_expired(self, today: date) -> bool:
        """Say whether the exception has stopped acting; on its last day it still acts."""
        return today > self.expires


class Explained(NamedTuple):
    """One value in force and where it comes from; no file and line 0 for a default."""

    key: str
    value: str  # as TOML
    file: Path | None
    line: int


class Written(NamedTuple):
    """One key as the files say it, for all paths together."""

    table: str  # as its header spells it; "" at the top level, ``exceptions[CMK101 scripts/a.py]`` for an item of a list
    key: str
    value: Any  # as TOML gave it
    shown: str  # as TOML
    place: Place
