"""What a team does to its code, at random and with the real formatter: nothing becomes new, nothing is lost."""

from __future__ import annotations

import random
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import black
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cost_lib.policy import Policy
from lint_plugin import baseline, pipeline
from lint_plugin.baseline import Applied
from lint_plugin.model import Report, Request

HEAD = "from openai import OpenAI\nimport anthropic\nimport os\n\nclient = OpenAI()\nclaude = anthropic.Anthropic()\n\n\n"
CALLS = (
    "client.chat.completions.create(model='gpt-4o-mini', messages=[{{'role': 'user', 'content': text}}], temperature={n})",
    "client.responses.create(model=\"gpt-4o\", input=f'{{text}} {n}')",
    "client.with_options(timeout={n}).responses.create(model='gpt-4o', input=text)",
    "claude.messages.create(model='claude-sonnet-4-5', max_tokens={n}, messages=[dict(role='user', content=text)])",
    "(client\n        .embeddings\n        .create(model='text-embedding-3-small', input=[text, '{n}']))",
)
FILLING = (
    "def fill_{n}(a, b={n}):\n    return [a, b, 'x' * {n}, {{'k': a, \"l\": b}}]\n",
    "# a comment of {n} words\n",
    "LIMIT_{n} = os.environ.get('LIMIT', {n})\n",
    "class Other{n}:\n    size = {n}\n    def total(self): return self.size + {n}\n",
)


class Function(NamedTuple):
    """A function with calls, in a class or not."""

    name: str
    calls: tuple[str, ...]
    owner: str

    def text(self, indent: str = "    ") -> str:
        body = "".join(f"{indent}reply_{at} = {call}\n" for at, call in enumerate(self.calls))
        code = f"def {self.name}({'self, ' if self.owner else ''}text):\n{body}{indent}return reply_0\n"
        if not self.owner:
            return code
        return f"class {self.owner}:\n" + "".join(f"{indent}{line}\n" if line else "\n" for line in code.splitlines())


Project = dict[str, list[Function]]

functions = st.builds(
    Function,
    st.sampled_from(["ask", "sum_up", "embed"]),
    st.lists(st.builds(lambda call, n: call.format(n=n), st.sampled_from(CALLS), st.integers(1, 9)), min_size=1, max_size=3).map(tuple),
    st.sampled_from(["", "Service", "Bot"]),
)
projects = st.dictionaries(
    st.sampled_from(["app.py", "core/bot.py", "core/tools.py"]), st.lists(functions, min_size=1, max_size=3), min_size=1
)


@pytest.fixture
def root() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp())
    yield folder
    shutil.rmtree(folder)


def lay_out(root: Path, project: Project, chance: random.Random | None = None) -> Report:
    """Write a project, in a team's many ways where there is a chance, and check it."""
    for old in (*root.glob("*.py"), *root.glob("*/*.py")):
        old.unlink()
    for path, bodies in project.items():
        file = root / path
        file.parent.mkdir(exist_ok=True)
        file.write_text(source(bodies, chance), encoding="utf-8")
    return pipeline.check(Request(root, Policy()))


def source(bodies: list[Function], chance: random.Random | None) -> str:
    if chance is None:
        return HEAD + "\n\n".join(body.text() for body in bodies)
    text = HEAD
    for body in bodies:
        for _ in range(chance.randrange(3)):
            text += chance.choice(FILLING).format(n=chance.randrange(100)) + "\n" * chance.randrange(3)
        text += body.text(chance.choice(["    ", "  ", "\t"])) + "\n\n"
    if chance.random() < 0.7:
        mode = black.Mode(line_length=chance.choice([20, 60, 88, 200]), string_normalization=chance.random() < 0.5)
        text = black.format_str(text, mode=mode)
    return text


def changed(project: Project, chance: random.Random) -> Project:
    """Move, rename and reorder."""
    places = {path: chance.choice([path, f"moved/{Path(path).name}", f"{Path(path).stem}_v2.py"]) for path in project}
    after: Project = {}
    for path, bodies in project.items():
        for body in bodies:
            goal = places[path] if chance.random() < 0.8 else chance.choice(["extra.py", *places.values()])
            after.setdefault(goal, []).append(body._replace(calls=tuple(chance.sample(body.calls, len(body.calls)))))
    for bodies in after.values():
        chance.shuffle(bodies)
    return after


def held(root: Path, before: Report, after: Report) -> Applied:
    file = root / "base.json"
    baseline.write(before, file, root=root)
    return baseline.apply(after, baseline.read(file), root=root)


BOUNDED = settings(deadline=None, max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])


@BOUNDED
@given(projects, st.randoms(use_true_random=False))
def test_moves_renames_black_insertions_and_reordering_make_nothing_new_and_lose_nothing(
    root: Path, project: Project, chance: random.Random
) -> None:
    before = lay_out(root, project)
    assert sum(len(body.calls) for bodies in project.values() for body in bodies) == len(before.findings)
    result = held(root, before, lay_out(root, changed(project, chance), chance))
    assert ([], (), len(before.findings)) == ([*result.report.findings], result.stale, len(result.known))


@BOUNDED
@given(projects, functions, st.randoms(use_true_random=False))
def test_what_is_added_meanwhile_is_new_and_what_is_removed_is_stale(
    root: Path, project: Project, extra: Function, chance: random.Random
) -> None:
    before = lay_out(root, project)
    after = changed(project, chance)
    after.setdefault("added.py", []).append(extra)
    grown = lay_out(root, after, chance)
    assert (len(extra.calls), 0) == (len(held(root, before, grown).report.findings), len(held(root, before, grown).stale))
    assert (0, len(extra.calls)) == (len(held(root, grown, before).report.findings), len(held(root, grown, before).stale))
