"""Imports are added where isort and ruff leave them, once, and under a name that nothing else has."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from lint_plugin.edits import apply
from lint_plugin.fixing.habits import read_habits
from lint_plugin.stages.apply.file import SourceText
from lint_plugin.stages.apply.imports import Habits

RUFF = [str(Path(sys.executable).parent / "ruff"), "check", "--isolated", "--quiet", "--select", "I", "--output-format", "concise"]
USE = "\nx = 1\n"
TAKING = [
    "tagged = 1",
    "def tagged(): ...",
    "def f(tagged): ...",
    "for tagged in (): ...",
    "from x import tagged",
    "f = lambda tagged=1: tagged",
    "print(tagged)",
]
USUAL = Habits(frozenset({"own"}))
SORTED = [
    "import os\n",
    "import os\n\nimport openai\n",
    "import os\n\nimport anthropic\nimport openai\n",
    "import os\n\nimport anthropic\nfrom openai import OpenAI\n",
    "import os\n\nfrom anthropic import Anthropic\nfrom openai import OpenAI\n",
    "from anthropic import Anthropic\n",
    "from __future__ import annotations\n",
    '"""Docs."""\n\nfrom __future__ import annotations\n\nimport os\n\nfrom . import mine\n',
    "from . import mine\n",
    "import os\n\nfrom own import thing\n",
    "import os\n\nimport openai\n\nfrom own import thing\n",
    "import os\n\n# ours\nimport openai\n",
    "import os  # first\n\nimport anthropic  # second\nimport openai  # third\n",
    "from cost_lib import tags\n",
    "from cost_lib import UntaggedCall, inherited\n",
    "from cost_lib import inherited, tags\n",
    "from openai import (\n    AsyncOpenAI,\n    OpenAI,\n)\n",
    "import os\n\nimport openai\n\ntry:\n    import json\nexcept ImportError:\n    json = None\n",
    "#!/usr/bin/env python\n# Copyright\n\nimport os\n",
]


def added(text: str, names: tuple[str, ...] = ("tagged",), sorting: Habits = USUAL) -> str:
    draft = SourceText(text, sorting).start()
    for name in names:
        draft.names.local("cost_lib", name)
    return apply(text, draft.all_edits())


def unsorted(root: Path, *options: str) -> str:
    return subprocess.run([*RUFF, *options, "."], cwd=root, capture_output=True, text=True, check=False).stdout


@pytest.mark.parametrize("names", [("tagged",), ("tagged", "inherited"), ("with_current_tags", "tags", "tagged")])
def test_sorted_imports_stay_sorted(names: tuple[str, ...], tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    for number, text in enumerate(SORTED):
        (tmp_path / f"case{number}.py").write_text(f"{text}{USE}", encoding="utf-8")
    assert "" == unsorted(tmp_path)
    for path in tmp_path.glob("*.py"):
        path.write_text(added(path.read_text(encoding="utf-8"), names), encoding="utf-8")
    assert "" == unsorted(tmp_path)


@pytest.mark.parametrize("text", SORTED)
def test_every_name_is_imported_once(text: str) -> None:
    once = added(text)
    assert [once, once] == [added(text, ("tagged", "tagged")), added(once)]


def test_a_file_without_imports_gets_one_behind_its_docstring() -> None:
    assert '"""Docs."""\n\nfrom cost_lib import tagged\n\nx = 1\n' == added('"""Docs."""\nx = 1\n')


def test_a_definition_right_at_the_top_keeps_its_distance() -> None:
    assert "from cost_lib import tagged\n\n\ndef f(): ...\n" == added("def f(): ...\n")


def test_an_empty_file_gets_the_import_alone() -> None:
    assert "from cost_lib import tagged\n\n" == added("")


@pytest.mark.parametrize(
    "line",
    TAKING,
)
def test_a_taken_name_is_not_shadowed(line: str) -> None:
    assert "from cost_lib import tagged as costmark_tagged\n" in added(f"import os\n\n{line}\n")


@pytest.mark.parametrize("line", ["x.tagged = 1", "f(tagged=1)", "x = 'tagged'", "# tagged"])
def test_attributes_keywords_and_texts_take_no_name(line: str) -> None:
    assert "from cost_lib import tagged\n" in added(f"import os\n\n{line}\n")


def test_both_names_may_be_taken() -> None:
    assert "tagged as costmark_tagged_2" in added("tagged = costmark_tagged = 1\n")


def test_a_module_that_is_imported_as_a_whole_is_used() -> None:
    draft = SourceText("import cost_lib as cl\n", Habits()).start()
    assert ("cl.tagged", []) == (draft.names.local("cost_lib", "tagged"), draft.all_edits())


def test_an_import_with_a_fallback_counts() -> None:
    text = "try:\n    from cost_lib import tagged\nexcept ImportError:\n    tagged = None\n"
    assert text == added(text)


def test_an_import_for_types_alone_does_not_count() -> None:
    text = "from typing import TYPE_CHECKING\n\nif TYPE_CHECKING:\n    from cost_lib import tags\n"
    assert "from cost_lib import tags\n" not in added(text, ("tagged",)).partition("if TYPE")[0]
    assert "from cost_lib import tagged\n" in added(text, ("tagged",)).partition("if TYPE")[0]


def test_one_name_a_line_where_the_project_wants_it(tmp_path: Path) -> None:
    settings = "[tool.ruff.lint.isort]\nforce-single-line = true\nforce-sort-within-sections = true\nknown-first-party = ['mine']\n"
    (tmp_path / "pyproject.toml").write_text(settings, encoding="utf-8")
    text = "from anthropic import Anthropic\nimport openai\n\nimport mine\n"
    expected = (
        "from anthropic import Anthropic\nfrom cost_lib import inherited\nfrom cost_lib import tagged\nimport openai\n\nimport mine\n"
    )
    assert expected == added(text, ("tagged", "inherited"), read_habits(tmp_path))


def test_windows_line_ends_are_kept() -> None:
    assert "import os\r\n\r\nfrom cost_lib import tagged\r\nimport x\r\n".replace("import x\r\n", "") in added("import os\r\n\r\nx = 1\r\n")
