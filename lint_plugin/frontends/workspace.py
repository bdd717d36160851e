"""Find the project that a path belongs to: its root, its policy, the place of its index."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from cost_lib import policy as policies
from lint_plugin.rules.registry import RULES
from lint_plugin.unmarked import is_shared, root_of

if TYPE_CHECKING:
    from cost_lib.policy import Policy

CHECKOUT: Final = ".git"
PROJECT: Final = ("pyproject.toml", "setup.py", "setup.cfg")
CACHE: Final = ".costmark_cache"


class Workspace(NamedTuple):
    """A project and the policy that holds for it."""

    root: Path
    policy: Policy
    file: Path | None  # that the policy was read from; None = defaults

    @property
    def is_project(self) -> bool:
        """Tell whether the files below the root belong together; those of a home or of ``/tmp`` do not, unless something marks them."""
        marked = any((self.root / mark).exists() for mark in (CHECKOUT, *PROJECT))
        return self.file is not None or marked or not is_shared(str(self.root))

    @property
    def cache(self) -> Path:
        """Folder of the project index."""
        return self.root / CACHE


def locate(start: Path, *, env: Mapping[str, str], isolated: bool = False, policy_from: str = "") -> Workspace:
    """Find the policy that holds for a file or folder, and the project around it."""
    folder = start if start.is_dir() else start.parent
    file = None if isolated else _policy_of(folder, env)
    root = _root(folder, file)
    if policy_from and policies.VARIABLE not in env:
        root = _root_at(folder, root, policy_from)
    return Workspace(root, _policy_at(policy_from, root) if policy_from else _load(file, root), file)


def _policy_of(folder: Path, env: Mapping[str, str]) -> Path | None:
    """Find the nearest policy, passing over those of folders that a policy above excludes, unless one works in them."""
    file = above = policies.find(folder, env=env)
    if policies.VARIABLE in env or file is None or Path.cwd().is_relative_to(file.parent):
        return file
    while above is not None and not (above.parent / CHECKOUT).exists():
        above = policies.find(above.parent.parent, env={}) if above.parent != above.parent.parent else None
        if above is not None and _excludes(above, file.parent):
            file = above
    return file


def _excludes(file: Path, folder: Path) -> bool:
    return _load(file, file.parent).excludes(folder.relative_to(file.parent).as_posix())


def _root_at(folder: Path, root: Path, revision: str) -> Path:
    """Return the nearest folder above with a policy of its own, now or at a revision: a change cannot take its policy away."""
    known = policy_folders_at(revision, folder)
    for above in (folder, *folder.parents):
        if above == root or not above.is_relative_to(root):
            return root
        excluded = _policy_at(revision, above.parent).excludes(above.name)
        if above in known and (not excluded or Path.cwd().is_relative_to(above)):
            return above
    return root


@cache
def policy_folders_at(revision: str, folder: Path) -> frozenset[Path]:
    """Return the folders of the checkout around one that have a policy at a revision."""
    from lint_plugin.revision import policy_folders  # git is asked by few

    return policy_folders(revision, folder)


@cache
def _policy_at(revision: str, root: Path) -> Policy:
    from lint_plugin.revision import policy_at  # git is asked by few

    return policy_at(revision, root)


@cache
def _load(file: Path | None, root: Path) -> Policy:
    return policies.load(file, known_codes=[rule.code for rule in RULES], root=root)


def forget() -> None:
    """Forget the policies that were read: they may have changed since."""
    for known in (_load, _policy_at, policy_folders_at):
        known.cache_clear()


def repository(root: Path) -> Path:
    """Give the top of the checkout around a project, or the project itself."""
    return next((folder for folder in (root, *root.parents) if (folder / CHECKOUT).exists()), root)


def _root(folder: Path, file: Path | None) -> Path:
    if file is not None and folder.is_relative_to(file.parent):
        return file.parent
    for marks in ((CHECKOUT,), PROJECT):
        for above in (folder, *folder.parents):
            if any((above / mark).exists() for mark in marks):
                return above
    return Path(root_of(str(folder), str(Path.cwd())))
