"""Where a project begins that neither a policy, a checkout nor a project file marks. Standard library only: a hook asks too."""

# Paths are strings here: this runs before anything costly is imported.
# ruff: noqa: PTH111, PTH113, PTH118, PTH120

from __future__ import annotations

import os


def root_of(folder: str, here: str) -> str:
    """Return the working directory if a folder lies below it, else the folder; of a package, what it is imported from."""
    if os.path.commonpath((folder, here)) == here and not is_shared(here):
        folder = here
    while os.path.isfile(os.path.join(folder, "__init__.py")) and os.path.dirname(folder) != folder:
        folder = os.path.dirname(folder)
    return folder


def is_shared(folder: str) -> bool:
    """Tell whether a folder holds what has nothing in common: the file system, a home, the folder for temporary files."""
    home = os.path.expanduser("~")
    return folder in {os.path.dirname(folder), home, os.path.realpath(home), "/tmp", "/var/tmp", os.environ.get("TMPDIR", "").rstrip("/")}  # noqa: S108
