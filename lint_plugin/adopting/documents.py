"""Read the files that are extended; what is wrong with one is a sentence that says what to do."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any, Final

from lint_plugin.errors import LintError

PYPROJECT: Final = "pyproject.toml"
_LINE: Final = re.compile(r"at line (\d+)")
_CONFLICT: Final = re.compile(r"^(?:<{7}|={7}|>{7})(?: .*)?$", re.MULTILINE)


class BrokenFileError(LintError):
    """A file of the repository that cannot be extended as it is; exit code 2."""


def content(root: Path, name: str) -> bytes | None:
    """Return the bytes of a file; ``None`` where there is none."""
    file = root / name
    try:
        if file.exists() and not file.is_file():
            raise BrokenFileError(f"{name} is no file: move it out of the way, then run 'costmark init' again")
        return file.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as problem:
        raise BrokenFileError(f"{name} cannot be read ({problem.strerror}): make it readable, then run 'costmark init' again") from None


def text_of(data: bytes, name: str) -> str:
    """Return the text of a file that is UTF-8 and holds no merge conflict."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BrokenFileError(f"{name} is not UTF-8 text: save it as UTF-8, then run 'costmark init' again") from None
    conflict = _CONFLICT.search(text)
    if conflict is not None:
        line = text.count("\n", 0, conflict.start()) + 1
        raise BrokenFileError(f"{name}:{line}: the file holds a merge conflict: resolve it, then run 'costmark init' again")
    return text


def toml(data: bytes | None, name: str) -> dict[str, Any]:
    """Return what a TOML file says."""
    if data is None:
        return {}
    text = text_of(data, name)
    try:
        return tomllib.loads(text.replace("\r\n", "\n"))
    except (tomllib.TOMLDecodeError, RecursionError) as problem:
        line = _LINE.search(str(problem))
        place = f"{name}:{line.group(1)}" if line else name
        raise BrokenFileError(
            f"{place}: the file is not valid TOML ({problem}): mend it, or keep the policy apart: costmark init --policy-file costmark.toml"
        ) from None
