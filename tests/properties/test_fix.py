"""Whatever calls are put together: the fix compiles, is silent afterwards, changes nothing twice and only adds to what was there."""

from __future__ import annotations

import ast
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from lint_plugin.fixing.model import Options
from lint_plugin.fixing.project import chooser
from tests.fixing import fix, project

HEADS = [
    "import openai\nfrom openai import OpenAI\n",
    '"""Docs."""\n\nfrom __future__ import annotations\n\nimport openai\nfrom openai import OpenAI\n',
    "import os, openai; from openai import OpenAI\n",
    "import openai\nfrom cost_lib import tagged\nfrom openai import OpenAI\n\ntagged\n",
    "import openai\nfrom openai import OpenAI\n\ntagged = tags = None\n",
]
RECEIVERS = [
    "client",
    "OpenAI()",
    "(client)",
    "(client or OpenAI())",
    "make()",
    'clients["a"]',
    "client.with_options(timeout=3)",
    "client\\\n    ",
]
ARGUMENTS = [
    "input=text",
    "*text",
    "**text",
    "input=text,",
    "\n    input=text,  # (\n",
    'input="a" "b"',
    'input=f"{text}("',
    "input=(text)",
    "",
]
PLACES = [
    "{}\n",
    "def f(text):\n    return {}\n",
    "async def f(text):\n    return await {}\n",
    "x = [{} for text in ()]\n",
    "if True: {}\n",
    "x = {} if text else not {}\n",
    "class A:\n    def f(self, text):\n        with {} as x:\n            yield x, {}\n",
    "x = lambda text: {}\n",
    "def f(text, *a, **k):\n    try:\n        {}\n    finally:\n        del text\n",
    "print(({}), -1 + {}.x)\n",
]
CALL = st.builds("{}.responses.create({})".format, st.sampled_from(RECEIVERS), st.sampled_from(ARGUMENTS))


@st.composite
def sources(draw: st.DrawFn) -> str:
    setup = "text = ''\nclient = OpenAI()\nclients = {'a': client}\n\n\ndef make():\n    return OpenAI()\n\n\n"
    places = [draw(st.sampled_from(PLACES)) for _ in range(draw(st.integers(1, 4)))]
    return f"{draw(st.sampled_from(HEADS))}{setup}{''.join(place.format(*(draw(CALL) for _ in range(3))) for place in places)}"


def standing(root: Path) -> list[str]:
    return [f"{finding.line} {finding.code}" for finding in chooser((), (), Options())(project(root))]


def without_tags(source: str) -> str:
    """Return the code without what a fix puts into it."""

    class Unwrap(ast.NodeTransformer):
        def visit_Call(self, node: ast.Call) -> ast.AST:
            self.generic_visit(node)
            is_ours = isinstance(node.func, ast.Name) and node.func.id in ("tagged", "costmark_tagged")
            return node.args[0] if is_ours else node

        def visit_ImportFrom(self, node: ast.ImportFrom) -> ast.AST | None:
            return None if node.module == "cost_lib" else node

    return ast.dump(Unwrap().visit(ast.parse(source)))


@settings(max_examples=15, deadline=None)
@given(sources())
def test_any_file_is_fixed_as_a_whole(source: str) -> None:
    with TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "app.py").write_text(source, encoding="utf-8")
        fix(root)
        after = (root / "app.py").read_text(encoding="utf-8")
        assert without_tags(source) == without_tags(after)
        assert [] == standing(root)
        fix(root)
        assert after == (root / "app.py").read_text(encoding="utf-8")
