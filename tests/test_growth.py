"""Which files join while a project is resolved."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from cost_lib import policy as policies
from lint_plugin import growth, pipeline
from lint_plugin.model import Request

BASE = "class Base:\n    def __init__(self, given):\n        self.given = given\n"
CLIENT = """\
from openai import OpenAI
from pkg.base import Base


class Asking(Base):
    def __init__(self):
        super().__init__(OpenAI())
        self.given.responses.create(model="gpt-4o-mini", input="?")
"""
USER = "from pkg.base import Base\n\n\ndef ask(base: Base):\n    base.given.responses.create(model='gpt-4o-mini', input='?')\n"
OTHER = "from pkg.base import Base\n\n\nclass Other{}(Base):\n    pass\n"


def joined(folder: Path, others: int, monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Check a project with a base class that a number of files have; return the files that joined on the way."""
    (folder / "pkg").mkdir()
    for name, text in {"base": BASE, "client": CLIENT, "user": USER, **{f"other{n}": OTHER.format(n) for n in range(others)}}.items():
        (folder / "pkg" / f"{name}.py").write_text(text)
    found: set[str] = set()
    grow = growth.Growth.grow

    def noted(self: growth.Growth, machine: Any) -> list[str]:
        more = grow(self, machine)
        found.update(more)
        return more

    monkeypatch.setattr(growth.Growth, "grow", noted)
    report = pipeline.check(Request(folder, policies.load(None, root=folder), noqa=False))
    assert {"pkg/client.py"} <= {finding.path for finding in report.findings}
    return found


def test_those_join_who_have_a_base_that_was_given_a_client(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert {"pkg/user.py", "pkg/other0.py"} == joined(tmp_path, 1, monkeypatch)


def test_a_base_that_everybody_has_brings_in_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert set() == joined(tmp_path, growth.COMMON, monkeypatch)
