"""Errors of cost_lib, one tree.

CostLibError
├── PolicyError      the policy file is wrong; exit code 2
├── NoLogError       there is no log to read; exit code 2
├── UnknownModelError  the catalog has no price for a model; exit code 2
└── UntaggedCall     a call lacks required tags, and the policy says `on-untagged = "raise"`
"""

from os import PathLike, fspath


class CostLibError(Exception):
    """Root of everything that cost_lib raises on purpose."""

    exit_code = 1


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

    def __init__(self, missing: tuple[str, ...], call_site: str) -> None:
        self.missing = missing
        self.call_site = call_site
        super().__init__(missing, call_site)

    def __str__(self) -> str:
        place = f" at {self.call_site}" if self.call_site else ""
        return f"call{place} lacks {', '.join(self.missing)}; write tagged(client, {self.missing[0]}=...) and nothing is refused"
