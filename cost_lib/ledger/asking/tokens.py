"""Cut what people ask for into words, and say where in it something is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from cost_lib.errors import ReportError

# a word ends at white space and at what the grammar uses; dots, slashes, colons, stars and dashes are parts of words
WORD: Final = re.compile(r"[^\s,()=!<>\"']+")
SIGN: Final = re.compile(r"!=|>=|<=|=|>|<|\(|\)|,")
BLANK: Final = re.compile(r"\s+")
HALF: Final = re.compile("[\ud800-\udfff]+")  # of a pair; bytes of an argument that are no UTF-8
QUOTES: Final = "'\""
UNSAFE: Final = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")


class AskedWronglyError(ReportError):
    """What was asked for is not understood; ``pointer`` shows the place."""

    def __init__(self, message: str, option: str, text: str, start: int, end: int) -> None:
        self.pointer = (f"  {plain(text)}", f"  {' ' * len(plain(text[:start]))}{'^' * max(1, len(plain(text[start:end])))}")
        super().__init__(f"{option}: {message}")


class Token(NamedTuple):
    """One word, quoted text or sign."""

    kind: str  # word, quoted, sign, end
    text: str
    start: int
    end: int


def plain(text: str) -> str:
    """Write every character that is not plainly visible as its escape."""
    return UNSAFE.sub(lambda match: f"\\x{ord(match.group()):02x}" if ord(match.group()) < 0x100 else f"\\u{ord(match.group()):04x}", text)


def cut(text: str, option: str) -> list[Token]:
    """Cut a text into its tokens; the last one is the end."""
    half = HALF.search(text)
    if half is not None:
        raise AskedWronglyError("this is no text that could be written", option, text, *half.span())
    return [*_tokens(text, option), Token("end", "", len(text), len(text))]


def _tokens(text: str, option: str) -> Iterator[Token]:
    at = 0
    while at < len(text):
        if blank := BLANK.match(text, at):
            at = blank.end()
        elif text[at] in QUOTES:
            token = _quoted(text, at, option)
            yield token
            at = token.end
        elif sign := SIGN.match(text, at):
            yield Token("sign", sign.group(), at, sign.end())
            at = sign.end()
        else:
            word = WORD.match(text, at)
            if word is None:  # an exclamation mark alone
                raise AskedWronglyError(f"{text[at]!r} says nothing here; != is «is not»", option, text, at, at + 1)
            token = Token("word", word.group(), at, word.end())
            if token.text.endswith(".") and word.end() < len(text) and text[word.end()] in QUOTES:  # tags."any name"
                name = _quoted(text, word.end(), option)
                token = Token("name", token.text + name.text, at, name.end)
            yield token
            at = token.end


def _quoted(text: str, start: int, option: str) -> Token:
    """Read a quoted text; the quote itself is written twice, as in SQL and CSV."""
    quote, parts, at = text[start], [], start + 1
    while True:
        end = text.find(quote, at)
        if end < 0:
            raise AskedWronglyError(f"the quote {quote} is never closed", option, text, start, len(text))
        parts.append(text[at:end])
        if text[end + 1 : end + 2] != quote:
            return Token("quoted", quote.join(parts), start, end + 1)
        at = end + 2
