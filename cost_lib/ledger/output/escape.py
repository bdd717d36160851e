"""Make values of unknown origin safe where they are shown: tags hold whatever a program was given."""

from __future__ import annotations

import re
from typing import Any, Final

from cost_lib.ledger.asking.tokens import plain

# what means something within a cell of Markdown: emphasis, code, links (bare ones too), HTML, mentions, formulas, the cell's end
MARKED: Final = re.compile(r"[\\`*_\[\]()<>#|~&$@]|:(?=//)|(?<=www)\.")
FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")
LONGEST: Final = 200  # characters of a value in a table


def for_terminal(text: str) -> str:
    """Write control characters, and what hides or reorders text, as escapes; cut what is endless."""
    return plain(text if len(text) <= LONGEST else f"{text[: LONGEST - 3]}...")


def for_markdown(text: str) -> str:
    """Write a text so that Markdown shows it as it is."""
    return MARKED.sub(lambda match: f"\\{match.group()}" if match.group() not in "<>&" else f"&#{ord(match.group())};", for_terminal(text))


def for_csv(value: Any) -> Any:
    """Write a text so that no spreadsheet takes it for a formula and no terminal obeys it; figures stay as they are."""
    if not isinstance(value, str):
        return "" if value is None else value
    return plain(f"'{value}" if value.lstrip(" ").startswith(FORMULA) else value)
