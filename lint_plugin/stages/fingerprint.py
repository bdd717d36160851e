"""Give every finding a fingerprint that outlives moves, renames of the file, reformatting and edits around it.

It is made of the rule's code, the scope inside the module, the outline of the reported expression and its occurrence among equal
ones in the same file. There is neither a path nor a line in it, and no argument: a call whose prompt is edited stays the same
call. Two files may therefore hold the same fingerprint; who compares reports compares multisets, with the path as a preference.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

from lint_plugin.lexemes import Lexeme, lex
from lint_plugin.model import Finding

try:
    from _blake2 import blake2b  # hashlib loads OpenSSL too, which costs more than all fingerprints of a project
except ImportError:
    from hashlib import blake2b

WIDTH: Final = 8  # bytes
Key = tuple[str, str, str]

_KEYWORDS: Final = frozenset(
    ("and", "as", "assert", "await", "elif", "else", "for", "from", "if", "in", "is", "lambda", "not", "or", "return", "while", "yield")
)
_STRING: Final = re.compile(r"(?P<prefix>[a-zA-Z]*)(?P<quote>\"\"\"|'''|\"|')(?P<body>.*?)(?P=quote)?", re.DOTALL)
_ESCAPED: Final = re.compile(r"\\(?:\r\n|\n|\r|(?P<quote>[\"']))")
_NEWLINE: Final = re.compile(r"\r\n|\n|\r")
_QUOTES: Final = re.compile(r"[\"']")
_SILENT: Final = frozenset(("newline", "joined", "comment"))


def stamp(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings with their fingerprints, in their order."""
    listed = list(findings)
    order = sorted(range(len(listed)), key=lambda at: (listed[at].path, listed[at].cell, listed[at].line, listed[at].column))
    seen: Counter[tuple[str, Key]] = Counter()
    for at in order:
        finding = listed[at]
        key = identity(finding)
        listed[at] = finding._replace(fingerprint=_digest(*key, str(seen[finding.path, key])))
        seen[finding.path, key] += 1
    return listed


def identity(finding: Finding) -> Key:
    """Return what equal findings have in common: code, scope and outline."""
    return finding.code, finding.scope, outline(finding.call)


def arguments(call: str) -> str:
    """Return a short digest of an expression with its arguments, to tell equal outlines apart."""
    return _digest(call)[:8]


def normalise(source: str) -> str:
    """Return an expression in a form that no formatter changes: quotes, spaces, comments, needless brackets and commas are gone."""
    return "".join(_spaced(_pieces(source, with_arguments=True)))


def outline(source: str) -> str:
    """Return the normal form without the arguments of calls: ``client.messages.create()``."""
    return "".join(_spaced(_pieces(source, with_arguments=False)))


def _digest(*parts: str) -> str:
    return blake2b("\0".join(parts).encode("utf-8", "surrogatepass"), digest_size=WIDTH).hexdigest()


def _spaced(pieces: Iterable[str]) -> Iterator[str]:
    """Put a space where two words would run together."""
    last = ""
    for piece in pieces:
        if last[-1:].isidentifier() and (piece[0].isalnum() or piece[0] == "_"):
            yield " "
        yield piece
        last = piece


def _pieces(source: str, *, with_arguments: bool) -> list[str]:
    """Return what counts of an expression, in order."""
    out: list[str] = []
    brackets: list[str] = []  # what closes each open bracket: nothing for one that only groups
    skipped = 0  # depth inside arguments that do not count
    for lexeme in lex(source):
        text = source[lexeme.start : lexeme.end]
        if lexeme.kind in _SILENT:
            continue
        if skipped:
            skipped += {"open": 1, "close": -1}.get(lexeme.kind, 0)
            if skipped:
                continue
        if lexeme.kind == "open":
            is_call = text == "(" and _can_be_called(out)
            skipped = int(is_call and not with_arguments)
            brackets.append(")" if is_call else "" if text == "(" else text)
            out.extend([text] if brackets[-1] else [])
        elif lexeme.kind == "close":
            _close(out, text, brackets.pop() if brackets else "")
        else:
            _append(out, lexeme, text)
    return out


def _can_be_called(out: list[str]) -> bool:
    """Tell whether a bracket behind the pieces holds arguments."""
    if not out:
        return False
    last = out[-1]
    return last not in _KEYWORDS and (last[-1].isidentifier() or last[-1].isdigit() or last[-1] in ")]}'")


def _close(out: list[str], text: str, closing: str) -> None:
    while out and out[-1] == ",":  # one in valid code
        out.pop()
    if closing:
        out.append(text)


def _append(out: list[str], lexeme: Lexeme, text: str) -> None:
    if lexeme.kind == "string":
        body = _string(text)
        if out and out[-1][-1] == "'" == body[0]:
            out[-1] = f"{out[-1][:-1]}{body[1:]}"  # literals side by side are one
        else:
            out.append(body)
    elif lexeme.kind == "number":
        out.append(text.lower())
    elif text != "await":
        out.append(text)


def _string(text: str) -> str:
    """Return a string literal between single quotes, whatever it was written between; quotes inside become backticks."""
    found = _STRING.fullmatch(text)
    if found is None:
        return text
    prefix = found["prefix"].lower().replace("u", "")
    body = found["body"]
    if "r" not in prefix:
        body = _ESCAPED.sub(r"\g<quote>", body)
    body = _QUOTES.sub("`", _NEWLINE.sub(r"\\n", body))
    return f"{prefix}'{body}'"
