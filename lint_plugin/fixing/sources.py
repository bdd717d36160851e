"""The bytes of a source around its edited text: encoding, byte order mark and line ends stay what they were."""

from __future__ import annotations

import codecs
import io
import os
import tokenize
from pathlib import Path


def encode(before: bytes, text: str, edited: str) -> bytes | None:
    """Return the bytes of an edited text; ``None`` where even the text as it was would not give the bytes that were read."""
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(before).readline)
        if before.startswith(codecs.BOM_UTF8):
            encoding = "utf-8-sig"
        if text.encode(encoding) != before:
            return None
        return edited.encode(encoding)
    except (SyntaxError, UnicodeError, LookupError):
        return None


def obstacle(file: Path, root: Path) -> str:
    """Say why a file is not to be written; empty where it may be."""
    inside = [file, *(folder for folder in file.parents if folder != root and folder.is_relative_to(root))]
    linked = next((part for part in inside if part.is_symlink()), None)
    if linked is not None:
        what = "is a symbolic link" if linked == file else f"lies behind a symbolic link, {linked.relative_to(root).as_posix()}"
        return f"the file {what}: fix the file that it leads to"
    if not os.access(file, os.W_OK):
        return "the file is read-only"
    if not os.access(file.parent, os.W_OK):
        return "the folder of the file is read-only"
    return ""


def save(file: Path, before: bytes, after: bytes) -> str:
    """Replace a file as a whole and keep its mode; say why not where it changed meanwhile or cannot be written."""
    draft = file.with_name(f".{file.name}.{os.getpid()}.costmark")
    try:
        if file.read_bytes() != before:
            return "the file changed while it was looked at: run the fix again"
        state = file.stat()
        try:
            with draft.open("xb") as stream:
                stream.write(after)
                stream.flush()
                os.fsync(stream.fileno())
            draft.chmod(state.st_mode & 0o7777)
            draft.replace(file)
        finally:
            draft.unlink(missing_ok=True)
    except OSError as error:
        return f"the file cannot be written: {error.strerror or error}"
    return ""


def decode(data: bytes) -> str:
    """Return the text of a source for people to read."""
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
        return data.decode(encoding)
    except (SyntaxError, UnicodeError, LookupError):
        return data.decode("utf-8", "replace")
