"""Who answers for a file, by the repository's CODEOWNERS."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from lint_plugin.gitignore import Ignore

PLACES: Final = (".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS")


class Owners:
    """The rules of a CODEOWNERS file; without one nobody is known."""

    def __init__(self, text: str = "", base: str = "") -> None:
        """Read the rules; ``base`` is the project's folder in the repository, with a slash behind it, empty for the top."""
        self._base: Final = base
        self._rules: Final[list[tuple[Ignore, str]]] = []
        for line in text.splitlines():
            words = line.partition(" #")[0].split()
            if words and not words[0].startswith(("#", "[", "^")):
                self._rules.append((Ignore(words[0]), next((plain(word) for word in words[1:] if "@" in word), "")))

    def of(self, path: str) -> str:
        """Return the owner of a path; empty where there is none. The last rule that fits counts."""
        full = f"{self._base}{path}"
        return next((owner for rule, owner in reversed(self._rules) if _fits(rule, full)), "")


def _fits(rule: Ignore, path: str) -> bool:
    """Tell whether a rule means a file or a folder around it."""
    segments = path.split("/")
    whole = ["/".join(segments[: number + 1]) for number in range(len(segments))]
    is_folder = [True] * (len(segments) - 1) + [False]
    return any(rule.verdict(part, name, is_folder=kind) for part, name, kind in zip(whole, segments, is_folder, strict=True))


def plain(owner: str) -> str:
    """Return an owner without sign and organization: ``@acme/team-search`` is ``team-search``."""
    name, _, domain = owner.removeprefix("@").partition("@")
    return name if domain else name.rpartition("/")[2]


def read(repository: Path, root: Path) -> Owners:
    """Read the owners of the repository that a project lies in."""
    base = root.relative_to(repository).as_posix() if root.is_relative_to(repository) else "."
    for place in PLACES:
        try:
            text = (repository / place).read_text(encoding="utf-8", errors="replace")
        except OSError:
            continue
        return Owners(text, "" if base == "." else f"{base}/")
    return Owners()
