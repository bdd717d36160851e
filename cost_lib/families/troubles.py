"""Find the code of an error in an answer; its message is never kept, because it may repeat the prompt."""

from __future__ import annotations

import re
from typing import Any, Final

from cost_lib.families.fields import Body

CODE: Final = r"[A-Za-z0-9_.:#/-]{1,64}"
NAMES: Final = ("code", "type", "status")
PLAIN: Final = ("__type", "code", "type", "error_type")


def code_of(body: Body) -> str:
    """Return the code of an error; empty where the answer is none."""
    error: Any = body.get("error")
    if isinstance(error, dict):
        return _first(error, NAMES) or "error"
    if error and body.get("type") != "response":
        return error if isinstance(error, str) and re.fullmatch(CODE, error) else "error"
    return _first(body, NAMES) if body.get("type") == "error" else ""  # an event of OpenAI's responses


def plain_code_of(body: Body) -> str:
    """Return the code of an answer that is known to be an error."""
    return code_of(body) or _first(body, PLAIN)


def _first(body: Body, names: tuple[str, ...]) -> str:
    for name in names:
        value = body.get(name)
        if isinstance(value, (str, int)) and not isinstance(value, bool) and re.fullmatch(CODE, str(value)):
            return str(value)
    return ""
