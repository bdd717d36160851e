"""Look at a repository before anything is proposed."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from lint_plugin.adopting import ci_text, documents, layout
from lint_plugin.adopting.linters import find_linters
from lint_plugin.adopting.model import Survey
from lint_plugin.stages.discover import find

CHECKOUT: Final = ".git"
MAIN: Final = "main"
USUAL: Final = (MAIN, "master", "develop")


def look(root: Path) -> Survey:
    """Return what matters of a repository besides its calls."""
    document = documents.toml(documents.content(root, documents.PYPROJECT), documents.PYPROJECT) if _may_be_read(root) else {}
    paths = [file.path for file in find(root, ()).files]

    def read(path: str) -> bytes:
        try:
            return (root / path).read_bytes()
        except OSError:  # the analysis names it
            return b""

    found = find_linters(root, document)
    return Survey(
        root=root,
        has_git=(root / CHECKOUT).exists(),
        layout=layout.describe(paths, document),
        tests=layout.test_globs(paths, read),
        linters=found.found,
        notes=found.notes,
        ci=ci_text.systems(root),
        branch=_branch(root),
    )


def _may_be_read(root: Path) -> bool:
    """Tell whether pyproject.toml is TOML; whether that matters is for those to say who write to it."""
    try:
        documents.toml(documents.content(root, documents.PYPROJECT), documents.PYPROJECT)
    except documents.BrokenFileError:
        return False
    return True


def _branch(root: Path) -> str:
    """Return the branch that changes are merged into, as far as the checkout tells: its own may be anybody's."""
    git = root / CHECKOUT
    shared = _head(git / "refs/remotes/origin/HEAD").removeprefix("refs/remotes/origin/")
    if shared:
        return shared
    packed = _text(git / "packed-refs").splitlines()
    for name in USUAL:
        if (git / "refs/heads" / name).exists() or any(line.endswith(f" refs/heads/{name}") for line in packed):
            return name
    return _head(git / "HEAD").removeprefix("refs/heads/") or MAIN


def _head(file: Path) -> str:
    """Return the name that a symbolic reference leads to."""
    text = _text(file).strip()
    return text.removeprefix("ref: ") if text.startswith("ref: ") else ""


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
