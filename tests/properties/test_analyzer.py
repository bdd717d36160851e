"""What holds for every program: nothing raised, and the same findings however the program is looked at."""

from __future__ import annotations

import sysconfig
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from cost_lib.policy import Policy, loads
from lint_plugin.model import Report, Request
from lint_plugin.pipeline import check
from tests.properties.programs import MODULES, POLICY, Line, Program, programs

FEW = max(settings().max_examples // 4, 3)
NOISE = ("", "# a remark", "unrelated = [1, 2]", "print(unrelated := 3)", "assert True, 'nothing'")
LIBRARY = sorted(Path(sysconfig.get_path("stdlib")).glob("*.py"))


def policy(root: Path) -> Policy:
    return loads(POLICY, root / "costmark.toml")


def analyzed(sources: dict[str, str], *, prefilter: bool = True) -> Report:
    """Check sources that lie in no file."""
    with TemporaryDirectory() as folder:
        root = Path(folder)
        given_sources = {path: text.encode() for path, text in sources.items()}
        return check(Request(root, policy(root), sources=given_sources, prefilter=prefilter))


def places(report: Report) -> list[tuple[str, int, int, str]]:
    return sorted((finding.path, finding.line, finding.column, finding.code) for finding in report.findings)


def laid_out(root: Path, sources: dict[str, str]) -> Path:
    """Write sources into files, with the policy."""
    root.mkdir(exist_ok=True)
    for path, text in {"costmark.toml": POLICY, **sources}.items():
        (root / path).write_text(text, encoding="utf-8")
    return root


@given(programs())
def test_every_program_is_analyzed(program: Program) -> None:
    sources = program.sources()
    report = analyzed(sources)
    assert () == report.problems
    assert all(1 <= finding.line <= sources[finding.path].count("\n") for finding in report.findings if finding.path in sources)


@given(programs())
def test_the_prefilter_changes_no_finding(program: Program) -> None:
    assert places(analyzed(program.sources(), prefilter=False)) == places(analyzed(program.sources()))


@given(programs())
def test_the_order_of_files_changes_no_finding(program: Program) -> None:
    # files are taken in the order of their names
    def named(names: tuple[str, ...]) -> list[tuple[str, int, int, str]]:
        renamed = dict(zip(MODULES, names, strict=True))
        sources = {}
        for path, text in program.sources().items():
            for old, new in renamed.items():
                path, text = path.replace(f"{old}.", f"{new}."), text.replace(f"from {old} ", f"from {new} ")  # noqa: PLW2901
                text = text.replace(f"import {old}\n", f"import {new}\n").replace(f"{old}.{old}", f"{new}.{old}")  # noqa: PLW2901
                text = text.replace(f"{old}.{old.title()}", f"{new}.{old.title()}")  # noqa: PLW2901
            sources[path] = text
        back = {new: old for old, new in renamed.items()}
        found = places(analyzed(sources))
        return sorted((back[path.removesuffix(".py")], line, column, code) for path, line, column, code in found if path.endswith(".py"))

    assert named(("a_file1", "b_f2", "c_3")) == named(("z_file1", "y_f2", "x_3"))


@given(programs())
def test_names_of_local_variables_change_no_finding(program: Program) -> None:
    expected = places(analyzed(program.sources(prefix="local_")))
    assert expected == places(analyzed(program.sources(prefix="other_")))


@given(programs(), st.data())
def test_lines_between_change_no_fingerprint(program: Program, data: st.DataObject) -> None:
    spread: dict[str, tuple[Line, ...]] = {}
    for name, lines in program.modules.items():
        noise = data.draw(st.lists(st.sampled_from((None, *NOISE)), min_size=len(lines), max_size=len(lines)))
        spread[name] = tuple(
            part
            for line, text in zip(lines, noise, strict=True)
            for part in ([Line(line.depth, text)] if text is not None and (line.free or not text or text[0] == "#") else []) + [line]
        )
    before, after = analyzed(program.sources()), analyzed(Program(spread).sources())
    assert Counter(finding.fingerprint for finding in before.findings) == Counter(finding.fingerprint for finding in after.findings)


@settings(max_examples=FEW)
@given(programs(), programs())
def test_the_index_gives_what_a_fresh_run_gives(first: Program, second: Program) -> None:
    with TemporaryDirectory() as folder:
        root = laid_out(Path(folder) / "project", first.sources())
        cached = Request(root, policy(root), cache=root / ".costmark_cache")
        fresh = cached._replace(cache=None)
        assert check(fresh).findings == check(cached).findings == check(cached).findings
        # one file of another program in its place: the others are taken from the index
        name, text = min(second.sources().items())
        (root / name).write_text(text, encoding="utf-8")
        assert check(fresh).findings == check(cached).findings


@settings(max_examples=FEW)
@given(programs(), st.sampled_from(MODULES))
def test_one_file_alone_reports_what_it_reports_among_all(program: Program, name: str) -> None:
    with TemporaryDirectory() as folder:
        root = laid_out(Path(folder) / "project", program.sources())
        path = f"{name}.py"
        everything = [place for place in places(check(Request(root, policy(root)))) if place[0] == path]
        named = (root / path,) if (root / path).exists() else ()
        alone = [place for place in places(check(Request(root, policy(root), named))) if place[0] == path]
        assert everything == alone


@settings(max_examples=FEW)
@given(st.sampled_from(LIBRARY))
def test_modules_of_the_standard_library_raise_nothing(path: Path) -> None:
    header = "from openai import OpenAI\nclient = OpenAI()\n"
    source = path.read_text(encoding="utf-8")
    # a future import has to come first
    report = analyzed(
        {"library.py": source if "__future__" in source else header + source, "use.py": header + "from library import *\n"}, prefilter=False
    )
    assert () == report.problems
