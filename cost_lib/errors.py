"""Errors of cost_lib, one tree.

CostLibError
├── PolicyError      the policy file is wrong; exit code 2
├── NoLogError       there is no log to read; exit code 2
├── UnknownModelError  the catalog has no price for a model; exit code 2
├── BudgetExceeded   a call could spend more than a blocking budget has left
├── PersonalData     a tag looks like personal data, and the policy says `personal-data = "raise"`
├── SinkError        a place for events that there is not; exit code 2
├── EventLost        an event could not be kept, and `COSTMARK_STRICT=1` says that this is the caller's trouble
├── ReportError      there is nothing to report on; exit code 2
└── UntaggedCall     a call lacks required tags, and the policy says `on-untagged = "raise"`
"""

from os import PathLike, fspath


class CostLibError(Exception):
    """Root of everything that cost_lib raises on purpose."""

    exit_code = 1
    pointer: tuple[str, ...] = ()  # lines that show the place in what was typed


class PolicyError(CostLibError):
    """One thing wrong with the policy, with file and line; ``line`` is 0 where no line is to blame."""

    exit_code = 2

    def __init__(self, path: str | PathLike[str], line: int, message: str) -> None:
        self.path = fspath(path)
        self.line = line
        self.message = message
        super().__init__(self.path, line, message)

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line else self.path
        return f"{place}: {self.message}"


class NoLogError(CostLibError):
    """There is no log where one was to be read."""

    exit_code = 2

    def __init__(self, path: str) -> None:
        self.path = path
        super().__init__(path)

    def __str__(self) -> str:
        return f"{self.path}: no event files; COSTMARK_EVENTS_DIR or an argument names their folder"


class UnknownModelError(CostLibError):
    """The catalog has no price for a model that was asked for by name."""

    exit_code = 2

    def __init__(self, asked: str, suggestion: str) -> None:
        self.asked = asked
        self.suggestion = suggestion
        super().__init__(asked, suggestion)

    def __str__(self) -> str:
        hint = f"; did you mean {self.suggestion}?" if self.suggestion else ""
        return f"no price table has a model {self.asked!r}{hint}"


class UntaggedCall(CostLibError):  # noqa: N818 - the public name is what the caller did
    """A call without its required tags; nothing was sent."""

    def __init__(self, missing: tuple[str, ...], call_site: str, *, is_unregistered: bool = False) -> None:
        self.missing = missing
        self.call_site = call_site
        self.is_unregistered = is_unregistered  # it has a feature, which the policy does not know
        super().__init__(missing, call_site)

    def __str__(self) -> str:
        place = f" at {self.call_site}" if self.call_site else ""
        lacking = f"call{place} lacks {named_missing(self.missing, is_unregistered=self.is_unregistered)}"
        if self.is_unregistered:
            return f"{lacking}; add it to the policy's features, or write one of those"
        return f"{lacking}; write tagged(client, {self.missing[0]}=...) and nothing is refused"


def named_missing(missing: tuple[str, ...], *, is_unregistered: bool) -> str:
    """Name the tags that a call lacks; a feature that nobody has registered is there, and counts as missing."""
    return ", ".join("a feature that the policy registers" if is_unregistered and name == "feature" else name for name in missing)


class BudgetExceeded(CostLibError):  # noqa: N818 - the public name is what has happened
    """A call that a blocking budget has no room for; nothing was sent. Money is nano-USD."""

    def __init__(  # noqa: PLR0913 - one figure each
        self, budget: str, span: str, *, limit: int, spent: int, reserved: int, needed: int | None, trouble: str = ""
    ) -> None:
        self.budget = budget  # the feature; empty for the budget of everything
        self.span = span  # the day or month
        self.limit = limit
        self.spent = spent
        self.reserved = reserved  # by calls under way
        self.needed = needed  # what the call may cost at most; None where that is not known
        self.trouble = trouble  # why the budget cannot be kept, where that is the reason
        super().__init__(budget, span)

    def __str__(self) -> str:
        whose = f'the budget of "{self.budget}"' if self.budget else "the budget of everything"
        if self.trouble:
            return f"{whose} for {self.span} cannot be kept, and the policy says to block then: {self.trouble}"
        needs = f"may cost up to {_usd(self.needed)}" if self.needed is not None else "has no upper bound that is known"
        reserved = f" and {_usd(self.reserved)} reserved by calls under way" if self.reserved else ""
        return f"{whose} for {self.span} is {_usd(self.limit)}, of which {_usd(self.spent)} is spent{reserved}; this call {needs}"


class PersonalData(CostLibError):  # noqa: N818 - the public name is what was found
    """A tag that looks like personal data; nothing was sent. The value itself is not repeated."""

    def __init__(self, tag: str, kind: str, call_site: str) -> None:
        self.tag = tag
        self.kind = kind
        self.call_site = call_site
        super().__init__(tag, kind, call_site)

    def __str__(self) -> str:
        place = f" at {self.call_site}" if self.call_site else ""
        return f"the tag {self.tag}{place} looks like {self.kind}; tag the call with an identifier of your own instead"


class SinkError(CostLibError):
    """What was asked for is no place for events."""

    exit_code = 2


class EventLost(CostLibError):  # noqa: N818 - the public name is what happened
    """The call was made, and its event could not be kept."""


class ReportError(CostLibError):
    """There is nothing to report on, or nothing to do it with."""

    exit_code = 2


def _usd(nano: int) -> str:
    """Write nano-USD as dollars, to the cent or as exactly as it takes."""
    whole, rest = divmod(nano, 10**9)
    digits = f"{rest:09d}".rstrip("0")
    return f"${whole:,}.{digits.ljust(2, '0')}"
