"""Tell where this costmark was installed from: that is where colleagues and CI can get it."""

from __future__ import annotations

import json
from importlib.metadata import PackageNotFoundError, distribution
from typing import Final

from lint_plugin import __version__
from lint_plugin.adopting.model import Origin

PACKAGE: Final = "costmark"
RECORD: Final = "direct_url.json"  # PEP 610: written by installers for what did not come from an index


def find_origin(repository: str = "") -> Origin:
    """Return the git repository that was named, or that was installed from, else the version on the index."""
    if repository:
        return _from_git(repository, f"v{__version__}")
    try:
        text = distribution(PACKAGE).read_text(RECORD)
    except PackageNotFoundError:  # run from its sources
        text = None
    return from_record(text or "")


def from_record(text: str) -> Origin:
    """Read the record of an installation; a path of this machine helps nobody else."""
    released = Origin(f"{PACKAGE}[lint]=={__version__}")
    try:
        record = json.loads(text or "{}")
        url, commit = record["url"], record["vcs_info"]
        revision = commit.get("requested_revision") or commit["commit_id"]
    except (ValueError, KeyError, TypeError, AttributeError):
        return released
    if (
        not isinstance(url, str)
        or not isinstance(revision, str)
        or url.startswith("file:")
        or "@" in url.partition("://")[2].partition("/")[0]
    ):
        return released  # a user name, perhaps a password, belongs into no file of the repository
    return _from_git(url, revision)


def _from_git(url: str, revision: str) -> Origin:
    return Origin(f"{PACKAGE}[lint] @ git+{url}@{revision}", url, revision)
