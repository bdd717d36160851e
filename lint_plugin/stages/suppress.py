"""Drop the findings that a comment silences, and report comments that silence nothing.

``# noqa`` acts as in flake8: on its line, on every line that a multi-line string or a backslash joins to it, by exact code or by
prefix, and ``# flake8: noqa`` on the whole file. ``# costmark: allow[CMK101, CMK201] reason`` acts on its own line and by exact
code. Both may stand in one comment, behind others.
"""

from __future__ import annotations

import re
import tokenize
from bisect import bisect_right
from collections.abc import Collection, Iterable, Sequence
from io import BytesIO
from typing import Final, NamedTuple

from lint_plugin.lexemes import lex
from lint_plugin.model import Finding

UNUSED: Final = "CMK901"
UNUSED_NAME: Final = "unused-suppression"
UNREASONED: Final = "CMK902"
UNREASONED_NAME: Final = "suppression-without-reason"
OURS: Final = "CMK"
SAMPLE: Final = "# costmark: allow[CMK101] reason"

_ANY: Final = re.compile(rb"noqa|costmark:", re.IGNORECASE)
_NAMED: Final = re.compile(rb"(?i:noqa):\s?[^#\n\r]*CMK|costmark:[ \t]*allow")
_NOQA: Final = re.compile(r"# noqa(?::\s?(?P<codes>(?:[A-Z]+[0-9]+[,\s]*)+))?", re.IGNORECASE)
_NOQA_FILE: Final = re.compile(r"^[^\S\n\r]*# flake8[:=][^\S\n\r]*noqa", re.IGNORECASE | re.MULTILINE)
_ALLOW: Final = re.compile(r"#\s*costmark:\s*allow(?P<list>[ \t]*\[(?P<codes>[^\]#]*)\])?(?P<reason>[^#]*)")
_SEPARATOR: Final = re.compile(r"[,\s]+")
_LINE: Final = re.compile(r"\r\n|\n|\r")


class Rules(NamedTuple):
    """What a file's policy says about codes."""

    known: Collection[str]
    enabled: Collection[str]
    no_inline: Collection[str] = ()


class Silenced(NamedTuple):
    """What is left of a file's findings."""

    kept: tuple[Finding, ...]
    added: tuple[Finding, ...]  # CMK901 and CMK902
    suppressed: int


class _Mark(NamedTuple):
    """One suppressing comment."""

    kind: str  # "noqa" or "allow"
    line: int
    column: int
    first: int  # lines that it acts on
    last: int
    codes: tuple[str, ...]  # () = a bare noqa, or an allow that names nothing
    reason: str
    text: str
    is_comment: bool  # flake8 reads noqa in strings too

    def covers(self, code: str, line: int) -> bool:
        """Tell whether a finding is meant."""
        if not self.first <= line <= self.last:
            return False
        return code in self.codes if self.kind == "allow" else not self.codes or code.startswith(self.codes)


class _Lines:
    """Where the lines of a text begin, and which belong together for flake8."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts = [0, *(found.end() for found in _LINE.finditer(text))]
        self.comments: list[tuple[int, int]] = []
        self.first: dict[int, int] = {}
        self.last: dict[int, int] = {}
        begin = 1
        for lexeme in lex(text):
            if lexeme.kind == "comment":
                self.comments.append((lexeme.start, lexeme.end))
            elif lexeme.kind == "newline":
                end = self.at(lexeme.start)
                self._join(begin, end)
                begin = end + 1
        self._join(begin, len(self.starts))

    def _join(self, begin: int, end: int) -> None:
        for line in range(begin, end + 1 if end > begin else begin):
            self.first[line], self.last[line] = begin, end

    def at(self, offset: int) -> int:
        """Return the 1-based line of an offset."""
        return bisect_right(self.starts, offset)

    def group(self, line: int) -> tuple[int, int]:
        """Return the first and the last of the lines that belong together with one."""
        return self.first.get(line, line), self.last.get(line, line)

    def end(self, line: int) -> int:
        """Return the offset behind a line."""
        return self.starts[line] if line < len(self.starts) else len(self.text)


def is_needed(source: bytes) -> bool:
    """Tell whether a file without findings can hold an unused suppression of ours."""
    return b"costmark:" in source or (OURS.encode() in source and _NAMED.search(source) is not None)


def silence(path: str, source: bytes, findings: Sequence[Finding], rules: Rules, *, noqa: bool = True) -> Silenced:
    """Apply the comments of one file to its findings.

    With ``noqa`` off, what ``# noqa`` silences is kept, for flake8 to drop; its comments still count as used or unused.
    """
    if not _ANY.search(source) or not (findings or is_needed(source)):
        return Silenced(tuple(findings), (), 0)
    text = _decoded(source)
    if noqa and _NOQA_FILE.search(text):
        loud = tuple(_overruled(finding) for finding in findings if finding.code in rules.no_inline)
        return Silenced(loud, (), len(findings) - len(loud))
    marks = _marks(text)
    used: set[tuple[_Mark, str]] = set()
    kept, dropped = _applied(findings, marks, rules, used, noqa=noqa)
    added, hidden = _applied([*_unused(path, marks, rules, used), *_unreasoned(path, marks, rules)], marks, rules, set(), noqa=noqa)
    return Silenced(tuple(kept), tuple(sorted(added, key=lambda finding: (finding.line, finding.column))), dropped + hidden)


def _applied(
    findings: Iterable[Finding], marks: list[_Mark], rules: Rules, used: set[tuple[_Mark, str]], *, noqa: bool
) -> tuple[list[Finding], int]:
    """Return the findings that no mark silences and the number of the others; note in ``used`` which mark acted for which code."""
    kept: list[Finding] = []
    dropped = 0
    for finding in findings:
        acting = [mark for mark in marks if mark.covers(finding.code, finding.line)]
        used.update((mark, finding.code) for mark in acting)
        if finding.code in rules.no_inline and acting:
            kept.append(_overruled(finding))
        elif any(noqa or mark.kind == "allow" for mark in acting):
            dropped += 1
        else:
            kept.append(finding)
    return kept, dropped


def _overruled(finding: Finding) -> Finding:
    return finding._replace(message=f"{finding.message} (no-inline in the policy: no comment silences {finding.code})")


def _unused(path: str, marks: list[_Mark], rules: Rules, used: set[tuple[_Mark, str]]) -> Iterable[Finding]:
    """Report the comments, or the codes in them, that silence nothing."""
    if UNUSED not in rules.enabled:
        return
    for mark in marks:
        acted = tuple(code for other, code in used if other == mark)
        if mark.kind == "noqa":
            idle = _idle_noqa(mark, acted, rules)
        else:
            idle = tuple(code for code in dict.fromkeys(mark.codes) if code not in acted and _is_judged(code, (code,), rules))
        if mark.kind == "allow" and not mark.codes:
            yield _finding(path, mark, UNUSED, UNUSED_NAME, f"this comment names no code and silences nothing; write {SAMPLE}")
        elif idle:
            yield _finding(path, mark, UNUSED, UNUSED_NAME, _said(mark, idle, rules))


def _idle_noqa(mark: _Mark, acted: tuple[str, ...], rules: Rules) -> tuple[str, ...]:
    """Return the codes of a noqa that names ours alone and silences nothing."""
    if acted or not mark.is_comment or not mark.codes or not all(code.startswith(OURS) for code in mark.codes):
        return ()
    judged = all(_is_judged(code, tuple(rule for rule in rules.known if rule.startswith(code)), rules) for code in mark.codes)
    return mark.codes if judged else ()


def _is_judged(code: str, meant: Collection[str], rules: Rules) -> bool:
    """Tell whether a code that silenced nothing can be called unused: not where a rule that it means is off."""
    return code not in (UNUSED, UNREASONED) and all(rule in rules.enabled for rule in meant if rule in rules.known)


def _said(mark: _Mark, idle: tuple[str, ...], rules: Rules) -> str:
    names = ", ".join(idle)
    strange = [code for code in idle if not any(rule.startswith(code) for rule in rules.known)]
    if len(idle) == len(mark.codes):
        sentence = f"{mark.text} silences nothing here: remove it"
    else:
        sentence = f"{names} in {mark.text} {'silences' if len(idle) == 1 else 'silence'} nothing here: take {names} out"
    return f"{sentence} ({', '.join(strange)}: no such rule)" if strange else sentence


def _unreasoned(path: str, marks: list[_Mark], rules: Rules) -> Iterable[Finding]:
    """Report the permissions that do not say why."""
    if UNREASONED not in rules.enabled:
        return
    for mark in marks:
        if mark.kind == "allow" and mark.codes and not mark.reason:
            yield _finding(path, mark, UNREASONED, UNREASONED_NAME, f"{mark.text} gives no reason: write one behind the bracket")


def _finding(path: str, mark: _Mark, code: str, rule: str, message: str) -> Finding:
    return Finding(path, mark.line, mark.column, mark.line, code, rule, message, call=mark.text.removeprefix("# "))


def _marks(text: str) -> list[_Mark]:
    lines = _Lines(text)
    return [*_noqas(text, lines), *_allows(text, lines)]


def _noqas(text: str, lines: _Lines) -> Iterable[_Mark]:
    """Read the ``# noqa`` marks; of several on lines that belong together only the first one acts, as in flake8."""
    acting: set[int] = set()
    at = 0
    while found := _NOQA.search(text, at):
        line = lines.at(found.start())
        first, last = lines.group(line)
        bounded = _NOQA.match(text, found.start(), lines.end(last)) or found  # codes do not reach into the next line
        at = bounded.end()
        codes = tuple(code for code in _SEPARATOR.split(bounded["codes"] or "") if code)
        spot = bisect_right(lines.comments, (found.start(), len(text))) - 1
        is_comment = spot >= 0 and found.start() < lines.comments[spot][1]
        column = found.start() - lines.starts[line - 1] + 1
        reach = (0, -1) if first in acting else (first, last)
        acting.add(first)
        yield _Mark("noqa", line, column, *reach, codes, "", " ".join(bounded.group().split()), is_comment)


def _allows(text: str, lines: _Lines) -> Iterable[_Mark]:
    """Read the ``# costmark: allow[...]`` marks."""
    for start, end in lines.comments:
        for found in _ALLOW.finditer(text, start, end):
            if not found["list"] and found["reason"][:1].isalnum():
                continue  # another word: allowed, allowance
            line = lines.at(found.start())
            codes = tuple(code for code in _SEPARATOR.split(found["codes"] or "") if code)
            column = found.start() - lines.starts[line - 1] + 1
            shown = f"# costmark: allow[{', '.join(codes)}]"
            yield _Mark("allow", line, column, line, line, codes, found["reason"].strip(" \t-:–—.,"), shown, is_comment=True)


def _decoded(source: bytes) -> str:
    """Decode a source; in one that is broken the comments can still be read."""
    try:
        encoding, _ = tokenize.detect_encoding(BytesIO(source).readline)
        return source.decode(encoding)
    except (SyntaxError, UnicodeDecodeError, LookupError):
        return source.decode("latin-1")
