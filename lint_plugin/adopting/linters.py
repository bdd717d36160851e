"""Which linters a repository has, and what their settings need so that our codes get through."""

from __future__ import annotations

from collections.abc import Mapping
from configparser import ConfigParser, Error
from pathlib import Path
from typing import Any, Final, NamedTuple

PREFIX: Final = "CMK"
FLAKE8_FILES: Final = ("setup.cfg", "tox.ini", ".flake8")
RUFF_FILES: Final = ("ruff.toml", ".ruff.toml")
HOOKS: Final = ".pre-commit-config.yaml"
UNUSED: Final = ("RUF", "ALL")  # ruff's rules about comments are among these


class Linters(NamedTuple):
    """What there is, and what people should change in it."""

    found: tuple[str, ...]
    notes: tuple[str, ...]


def find_linters(root: Path, document: Mapping[str, Any]) -> Linters:
    """Look for flake8, ruff and pre-commit; ``document`` is the repository's pyproject.toml."""
    found: list[str] = []
    notes: list[str] = []
    for name, section in _flake8(root, document):
        found.append(f"flake8 in {name}")
        selected = _words(section.get("select"))
        if selected and not any(PREFIX.startswith(code) or code.startswith(PREFIX) for code in selected):
            notes.append(
                f"{name}: flake8 only selects {', '.join(selected)}; add {PREFIX} to select there, and costmark reports in flake8 too"
            )
    for name, table in _ruff(root, document):
        found.append(f"ruff in {name}")
        lint = _table(table, "lint")
        chosen = [
            *_words(table.get("select")),
            *_words(table.get("extend-select")),
            *_words(lint.get("select")),
            *_words(lint.get("extend-select")),
        ]
        external = [*_words(table.get("external")), *_words(lint.get("external"))]
        if any(code.startswith(UNUSED) for code in chosen) and PREFIX not in external:
            notes.append(f'{name}: ruff takes "# noqa: {PREFIX}101" for a mistake; add external = ["{PREFIX}"] to its lint settings')
    if (root / HOOKS).exists():
        found.append("pre-commit")
    return Linters(tuple(found), tuple(notes))


def _flake8(root: Path, document: Mapping[str, Any]) -> list[tuple[str, Mapping[str, Any]]]:
    found: list[tuple[str, Mapping[str, Any]]] = []
    for name in FLAKE8_FILES:
        parser = ConfigParser(interpolation=None)
        try:
            parser.read_string((root / name).read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, Error):  # flake8 itself says what is wrong with it
            continue
        if parser.has_section("flake8"):
            found.append((name, dict(parser["flake8"])))
    section = _table(document, "tool").get("flake8")  # flake8-pyproject
    return [*found, ("pyproject.toml", section)] if isinstance(section, Mapping) else found


def _ruff(root: Path, document: Mapping[str, Any]) -> list[tuple[str, Mapping[str, Any]]]:
    import tomllib

    found: list[tuple[str, Mapping[str, Any]]] = []
    for name in RUFF_FILES:
        try:
            found.append((name, tomllib.loads((root / name).read_text(encoding="utf-8"))))
        except (OSError, ValueError):
            continue
    section = _table(document, "tool").get("ruff")
    return [*found, ("pyproject.toml", section)] if isinstance(section, Mapping) else found


def _table(document: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = document.get(name)
    return found if isinstance(found, Mapping) else {}


def _words(value: object) -> list[str]:
    """Read a list of codes, as TOML or as flake8 writes it."""
    if isinstance(value, list):
        return [str(item) for item in value]
    return value.replace(",", " ").split() if isinstance(value, str) else []
