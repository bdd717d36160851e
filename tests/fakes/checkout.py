"""A real git checkout to try things in."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

WHO = ("-c", "user.name=test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false", "-c", "protocol.file.allow=always")


class Repository:
    """A checkout with a branch ``main``."""

    def __init__(self, folder: Path) -> None:
        """Make an empty one."""
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.run("init", "-q", "-b", "main")

    def run(self, *arguments: str) -> str:
        """Run git in it."""
        env = os.environ | {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
        done = subprocess.run(["git", *WHO, *arguments], cwd=self.folder, env=env, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def write(self, files: dict[str, str | None]) -> None:
        """Write files, or remove them."""
        for path, text in files.items():
            place = self.folder / path
            if text is None:
                place.unlink()
                continue
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(text, encoding="utf-8")

    def commit(self, files: dict[str, str | None] | None = None) -> str:
        """Write files and commit everything; return the commit."""
        self.write(files or {})
        self.run("add", "-A")
        self.run("commit", "-q", "--allow-empty", "-m", "change")
        return self.run("rev-parse", "HEAD")

    def branch(self, name: str, start: str) -> None:
        """Go to a new branch; the first one is there already."""
        if name != "main":
            self.run("checkout", "-q", "-b", name, start)
