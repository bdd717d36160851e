"""The shape of the code: sizes, cycles, what is paid at start-up, what must not be forgotten."""

from __future__ import annotations

import ast
import subprocess
import sys
from graphlib import TopologicalSorter
from pathlib import Path
from statistics import median

import click
import grimp
import pytest

from lint_plugin.frontends import cli

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("lint_plugin", "cost_lib")
MODULES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
CODE = [path for path in MODULES if "providers" not in path.parts]  # provider modules are data
LARGEST = 500
# hands what a thread raised to its caller; meets panics of a native parser, which are no Exception; the one guard of the run time;
# hands what is thrown into a generator to its body
CATCH_ALL = ("lint_plugin.pipeline", "lint_plugin.stages.parse", "cost_lib.record", "cost_lib.scope")
HEAVY = {"libcst", "click", "msgspec", "pathspec", "tomllib", "asyncio", "cost_lib", "lint_plugin.pipeline"}


def lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def catches_all(handler: ast.ExceptHandler) -> bool:
    return handler.type is None or ast.unparse(handler.type) in {"Exception", "BaseException"}


def imported_by(statement: str) -> set[str]:
    """List the modules that a fresh interpreter has loaded after a statement."""
    script = f"{statement}\nimport sys; print(*sys.modules)"
    return set(subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.split())


def dotted(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


def test_modules_are_small() -> None:
    assert median(lines(path) for path in CODE) <= 120
    assert [] == [dotted(path) for path in CODE if lines(path) > LARGEST]


def test_functions_are_small() -> None:
    found = [
        f"{dotted(path)}.{node.name}"
        for path in CODE
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and (node.end_lineno or 0) - node.lineno > 80
    ]
    assert [] == found


def test_no_module_imports_itself_round_a_corner() -> None:
    graph = grimp.build_graph(*PACKAGES, cache_dir=None)
    imports = {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}
    assert len(imports) == len(list(TopologicalSorter(imports).static_order()))


def test_analyzer_reads_catalog_policy_and_errors_of_the_run_time_alone() -> None:
    graph = grimp.build_graph(*PACKAGES, cache_dir=None)
    sources = [module for module in graph.modules if module.startswith("lint_plugin") and module != "lint_plugin.frontends.joined"]
    used = {used for module in sources for used in graph.find_modules_directly_imported_by(module) if used.startswith("cost_lib.")}
    assert set() == {name for name in used if name.split(".")[1] not in {"catalog", "errors", "policy", "policy_model"}}


def test_no_module_is_named_like_one_of_the_standard_library() -> None:
    assert [] == [dotted(path) for path in MODULES if path.stem in sys.stdlib_module_names and path.parent.name in PACKAGES]


def test_no_module_is_named_like_a_function_that_it_exports() -> None:
    found = [
        dotted(path)
        for path in CODE
        if "stages" not in path.parts  # stages are verbs, as their functions are
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and node.name == path.stem
    ]
    assert [] == found


@pytest.mark.parametrize("name", ["utils", "helpers", "common", "manager", "misc"])
def test_no_module_is_a_drawer_for_odds_and_ends(name: str) -> None:
    assert [] == [dotted(path) for path in MODULES if path.stem.strip("_") == name]


def test_nothing_swallows_every_exception() -> None:
    found = [
        dotted(path)
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ExceptHandler) and catches_all(node) and ast.unparse(node.body[-1]) != "raise"
    ]
    assert [] == [module for module in found if module not in CATCH_ALL]


def test_flake8_start_up_pays_for_the_standard_library_only() -> None:
    assert set() == HEAVY & imported_by("import lint_plugin.frontends.flake8_plugin")


def test_command_start_up_pays_for_no_analyzer() -> None:
    assert {"click"} == (HEAVY - {"cost_lib"}) & imported_by("import lint_plugin.frontends.cli")


def test_entry_point_pays_for_nothing() -> None:
    assert set() == HEAVY & imported_by("import lint_plugin.__main__")


@pytest.mark.parametrize("name", sorted(cli.COMMANDS))
def test_every_command_has_help_with_an_example(name: str) -> None:
    command = cli.COMMANDS[name]()
    assert f"costmark {name}" in (command.help or "")
    assert [] == [option.name for option in command.params if isinstance(option, click.Option) and not option.help]
