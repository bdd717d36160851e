"""Put ``tagged(..., feature=...)``, or the wrapper of the house, around a receiver: two insertions and no more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from lint_plugin.edits import Edit, around
from lint_plugin.stages.apply import arguments
from lint_plugin.stages.apply.callees import Callee
from lint_plugin.stages.apply.imports import Names
from lint_plugin.stages.apply.outline import Outline

HANDED_ON: Final = "\0inherited"  # the value of a tag that the callers bring
LIBRARY: Final = "cost_lib"
_SPLIT_BY: Final = frozenset((",", ":", "=", "yield", "for", "*"))  # inside brackets that hold more than one operand


class Form(NamedTuple):
    """What wraps a client, and how it is given its tags."""

    module: str = LIBRARY
    name: str = "tagged"
    keywords: bool = True
    renames: Mapping[str, str] = {}
    mapping: str = ""  # the argument that takes all tags as one dict

    def given(self, tags: Mapping[str, str], names: Names, quote: str) -> list[str]:
        """Return the arguments that say the tags."""
        written = {key: _written(value, names, quote) for key, value in tags.items()}
        named = [key for key in written if self.keywords or key in self.renames]
        found = [f"{self.renames.get(key, key)}={written[key]}" for key in named]
        rest = [f"{quote}{key}{quote}: {value}" for key, value in written.items() if key not in named]
        return [*found, f"{self.mapping}={{{', '.join(rest)}}}"] if rest and self.mapping else found


def _written(value: str, names: Names, quote: str) -> str:
    return names.local(LIBRARY, "inherited") if value == HANDED_ON else arguments.literal(value, quote)


def wrap(callee: Callee, span: tuple[int, int], tags: Mapping[str, str], names: Names, form: Form) -> list[Edit]:
    """Return the edits that give a receiver its tags."""
    outline = callee.outline
    first, last = span
    quote = callee.quote or outline.quote
    given = form.given(tags, names, quote)
    opening = _wrapped_already(outline, first, last, names, form)
    if opening >= 0:
        return _given_again(outline, opening, given)
    call = names.local(form.module, form.name)
    behind = "".join(f", {argument}" for argument in given)
    if outline.word(first) == "(" and outline.partner.get(first) == last and _is_single(outline, first, last):
        start, end = outline.code[first].start, outline.code[last - 1].end
        return [*around(start, end, call, behind)]
    start, end = outline.code[first].start, outline.code[last].end
    return [*around(start, end, f"{call}(", f"{behind})")]


def _given_again(outline: Outline, opening: int, given: Sequence[str]) -> list[Edit]:
    """Add arguments to a call of the wrapper; one that is there, and proves nothing, gets the new value."""
    known = {argument.keyword: argument for argument in arguments.split(outline, opening) if argument.keyword}
    edits: list[Edit] = []
    for text in given:
        key, _, value = text.partition("=")
        if key in known:
            edits.append(Edit(outline.code[known[key].first].start, outline.code[known[key].last].end, value))
    return [*edits, *arguments.add(outline, opening, [text for text in given if text.partition("=")[0] not in known])]


def _wrapped_already(outline: Outline, first: int, last: int, names: Names, form: Form) -> int:
    """Return the opening bracket of the wrapper's call that a receiver is; -1 for any other."""
    opening = outline.partner.get(last, -1)
    if outline.word(opening) != "(" or opening <= first:
        return -1
    spelling = "".join(outline.word(at) for at in range(first, opening))
    return opening if spelling in names.known(form.module, form.name) else -1


def _is_single(outline: Outline, first: int, last: int) -> bool:
    """Tell whether brackets hold one operand that can as well be an argument."""
    at = first + 1
    words: list[str] = []
    while at < last:
        words.append(outline.word(at))
        at = outline.partner.get(at, at) + 1
    return bool(words) and not _SPLIT_BY & set(words)


def add_to_call(callee: Callee, tags: Mapping[str, str], names: Names, form: Form) -> list[Edit]:
    """Return the edits that give a wrapper's own call its tags."""
    outline = callee.outline
    opening = callee.last + 1
    if not outline.is_called(callee.last):
        return []
    return arguments.add(outline, opening, form.given(tags, names, callee.quote or outline.quote))


__all__ = ["HANDED_ON", "Form", "Sequence", "add_to_call", "wrap"]
