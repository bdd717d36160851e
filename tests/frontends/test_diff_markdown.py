"""The comment on a pull request: whatever the change is called, it stays text of ours with code in it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from lint_plugin.changes import as_markdown, as_text
from lint_plugin.changes.model import ADDED, CHANGED, BaselineChange, CallChange, Diff, NewFeature, SettingChange
from lint_plugin.inventory.coverage import Share
from lint_plugin.inventory.model import ATTRIBUTED, RAW, Row

OWN = re.compile(r"[A-Za-z0-9 .,:;()%-]*")  # what stands outside of code
KINDS = frozenset("heading paragraph table thead tbody tr th td bullet_list list_item strong".split())
HOSTILE = [
    "<img src=x onerror=alert(1)>",
    "`</code><script>`",
    "a|b",
    "a\\|b",
    "a\\",
    "@everyone",
    "[x](javascript:alert(1))",
    "![x](https://example.com/pixel.png)",
    "https://example.com",
    "#1 acme/app#2",
    "\r\n\n# Approved\n",
    "\x1b[31m\x07",
    "\u202ecod.exe",
    "\u200b",
    "\udcff",
    "<!-- costmark -->",
    "$x$",
    "~~~\n```",
    "&lt;b&gt;",
    ":shipit: **bold** _it_",
    " ` ` ",
    "x" * 10_000,
]


def row(text: str, status: str) -> Row:
    return Row(text, 1, 1, 0, text, text, status, text, text, text, text, "sdk", text, (text,), ())


def diff(text: str, times: int = 1) -> Diff:
    return Diff(
        revision=text,
        calls=(CallChange(ADDED, row(text, RAW), None), CallChange(CHANGED, row(text, RAW), row("other", ATTRIBUTED), ("status",))) * times,
        features=(NewFeature(text, text, is_registered=False),) * times,
        settings=(SettingChange(text, 1, text, text, text, text, is_looser=True),) * times,
        baseline=BaselineChange(text, (text,) * times, (text,) * times, text),
        before=Share("total", 1),
        now=Share("total", 1, 2),
        problems=(text,) * times,
        notes=(text,),
    )


def rendered(found: Diff) -> str:
    return "".join(as_markdown.render(found))


def tokens(text: str) -> Iterator[Token]:
    """Parse as the code host does, and give what a page would be made of."""
    first, _, rest = text.partition("\n")
    assert as_markdown.MARKER == first
    for token in MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).parse(rest):
        yield token
        yield from token.children or ()


def strange(text: str) -> list[str]:
    """Return what is neither a table, a list, a heading, code nor plain words of ours."""
    found = []
    for token in tokens(text):
        kind = token.type.removesuffix("_open").removesuffix("_close")
        if kind in ("inline", "softbreak", "code_inline") or kind in KINDS:
            continue
        if not (kind == "text" and OWN.fullmatch(token.content)):
            found.append(f"{token.type}: {token.content}")
    return found


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_names_stay_code(text: str) -> None:
    assert [] == strange(rendered(diff(text)))


@settings(deadline=None, max_examples=80)
@given(st.text(st.sampled_from("`|\\<>@[]()!*_~#&$:/. \n\r\tax1-\u202e\u00a0"), max_size=12))
def test_no_name_whatsoever_leaves_its_code(text: str) -> None:
    found = rendered(diff(text))
    assert [] == strange(found)
    assert (6, 5) == (row_width(found, "| added"), row_width(found, "| **yes**"))


def row_width(text: str, start: str) -> int:
    return next(line for line in text.splitlines() if line.startswith(start)).count("|") - 1


def test_a_comment_is_never_too_long() -> None:
    found = rendered(diff("\u20ac" * 1000, times=200))
    assert len(found.encode()) < 60_000
    assert "more are not listed here." in found or as_markdown.CUT in found


def test_a_comment_is_cut_between_lines() -> None:
    lines = rendered(diff("\u20ac" * 1000, times=200)).splitlines()
    assert [] == [line for line in lines if line.startswith("|") and not line.endswith("|")]
    assert as_markdown.CUT.strip() == lines[-1]


def test_a_terminal_is_not_driven_by_names() -> None:
    found = "".join(as_text.render(diff("\x1b[31m\r\u202e")))
    assert not set(found) & {"\x1b", "\r", "\u202e"}
