"""How a project sorts its imports: by its settings for isort or ruff, and by what lies in its folders."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from lint_plugin.stages.apply.imports import Habits

SOURCES: Final = (".", "src")  # folders whose contents are the project's own, for ruff and isort alike


def read_habits(root: Path) -> Habits:
    """Return the habits of a project."""
    settings = _settings(root)

    def said(*names: str) -> Any:
        return next((settings[name] for name in names if name in settings), None)

    named = said("known-first-party", "known_first_party")
    own = {*_own(root), *(name.partition(".")[0] for name in named if isinstance(name, str))} if isinstance(named, list) else _own(root)
    others = said("known-third-party", "known_third_party")
    return Habits(
        own=frozenset(own) - frozenset(others if isinstance(others, list) else ()),
        mixed=bool(said("force-sort-within-sections", "force_sort_within_sections")) or said("profile") == "google",
        single=bool(said("force-single-line", "force_single_line")) or said("profile") == "google",
        joined=bool(said("combine-as-imports", "combine_as_imports")),
    )


def _settings(root: Path) -> Mapping[str, Any]:
    """Return what ruff, or else isort, is told of imports."""
    for name, keys in (
        ("ruff.toml", ("lint", "isort")),
        (".ruff.toml", ("lint", "isort")),
        ("pyproject.toml", ("tool", "ruff", "lint", "isort")),
        ("pyproject.toml", ("tool", "ruff", "isort")),
        ("pyproject.toml", ("tool", "isort")),
    ):
        found: Any = _read(root / name)
        for key in keys:
            found = found.get(key) if isinstance(found, dict) else None
        if isinstance(found, dict):
            return found
    return {}


def _read(file: Path) -> Mapping[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}


def _own(root: Path) -> set[str]:
    """Return the names that the project's own folders and files are imported by."""
    found: set[str] = set()
    for source in SOURCES:
        try:
            entries = list((root / source).iterdir())
        except OSError:
            continue
        found |= {entry.stem for entry in entries if entry.suffix == ".py" or (entry.is_dir() and entry.name.isidentifier())}
    return found
