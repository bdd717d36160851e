"""Tell whether a file that did not matter to the last run would matter to the next one; a coarse look, which errs on the side of doubt."""

from __future__ import annotations

import os

from lint_plugin import stamp

TYPE_CHECKING = False  # the one in typing costs two thirds of an interpreter's start
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Final

SPAN: Final = 200  # bytes before the quoted name of a library in which a call that imports it begins
_SPACED: Final = bytes(byte if byte < 128 and (chr(byte).isalnum() or chr(byte) == "_") else 32 for byte in range(256))  # words alone


def is_indifferent(path: str, data: bytes, known: dict[str, bytes]) -> bool:
    """Tell whether a file that did not matter still does not; a coarse look, which errs on the side of doubt."""
    (words,) = stamp.rows(known["words"])
    (imports,) = stamp.rows(known["imports"])
    return not (
        any(word in data for word in words)
        or any(token in data and _may_import(data, token) for token in imports)
        or any(all(word in data for word in group) for group in stamp.rows(known["groups"]))
        or _may_take(data, known)
        or _holds(path, data, known["forms"])
        or (_is_test(path) and _holds(path, data, known["fixtures"]))
    )


def _may_import(data: bytes, token: bytes) -> bool:
    """Tell whether the name of a library may stand in an import of it."""
    at = data.find(token)
    while at >= 0:
        before = data[data.rfind(b"\n", 0, at) + 1 : at]
        if b"from" in before or b"import" in before:
            return True
        if data[at - 1 : at] in (b'"', b"'") and b"import" in data[max(0, at - SPAN) : at]:  # import_module("x")
            return True
        at = data.find(token, at + 1)
    return False


def _may_take(data: bytes, known: dict[str, bytes]) -> bool:
    """Tell whether a file may import something from another that the last run looked for."""
    wanted = {segment: names for segment, *names in stamp.rows(known["segments"])}
    if not wanted:
        return False
    statements = b"\n".join(_imports(data))
    segments = wanted.keys() & set(statements.translate(_SPACED).split())
    return any(b"*" in statements or any(name in data for name in wanted[segment]) for segment in segments)


def _imports(data: bytes) -> Iterator[bytes]:
    """Yield the lines with an import, each with the names in brackets that follow."""
    at = data.find(b"import")
    while at >= 0:
        end = data.find(b"\n", at)
        end = len(data) if end < 0 else end
        if data[at + len(b"import") : end].lstrip(b" \t").startswith(b"("):
            close = data.find(b")", at)
            end = max(end, len(data) if close < 0 else close + 1)
        yield data[data.rfind(b"\n", 0, at) + 1 : end]
        at = data.find(b"import", at + 1)


def _is_test(path: str) -> bool:
    """Tell whether a file may be given fixtures."""
    name = path.rpartition("/")[2]
    return name.startswith(("test_", "conftest.")) or name.endswith("_test.py")


def _holds(path: str, data: bytes, section: bytes) -> bool:
    """Tell whether a file holds a word of those that were looked for below some folder above it."""
    return any(path.startswith(os.fsdecode(folder)) and any(word in data for word in words) for folder, *words in stamp.rows(section))
