"""Which functions look like a way of the house to the providers, and which do not."""

from __future__ import annotations

from pathlib import Path

import pytest

from cost_lib.policy import Policy
from lint_plugin.adopting.gateways import find_gateways
from lint_plugin.adopting.model import Gateway
from lint_plugin.model import Request
from lint_plugin.pipeline import study
from lint_plugin.stages.discover import find
from tests.frontends.command import write

CALL = "OpenAI().responses.create(model='gpt-4o', input=q)\n"
LLM = f"from openai import OpenAI\n\n\ndef complete(q):\n    return {CALL}"
PRIVATE = f"from openai import OpenAI\n\n\ndef _send(q):\n    return {CALL}\n\ndef complete(q):\n    return _send(q)\n"
METHOD = f"from openai import OpenAI\n\n\nclass Client:\n    def complete(self, q):\n        return {CALL}"
TWICE = "\n\ndef one(q):\n    return {call}(q)\n\n\ndef two(q):\n    return {call}(q)\n"
IMPORTS = [
    ("from app.llm import complete", "complete"),
    ("from app.llm import complete as ask", "ask"),
    ("from .llm import complete", "complete"),
    ("from app import llm", "llm.complete"),
    ("from . import llm", "llm.complete"),
    ("import app.llm", "app.llm.complete"),
    ("import app.llm as model", "model.complete"),
]


def found(root: Path, files: dict[str, str]) -> list[Gateway]:
    write(root, {"app/__init__.py": "", **files})
    paths = [file.path for file in find(root, ()).files]
    return find_gateways(study(Request(root, Policy())), paths, root.name, lambda path: path.startswith("tests/"))


def users(imported: str, call: str, count: int = 2) -> dict[str, str]:
    return {f"app/use{number}.py": f"{imported}{TWICE.format(call=call)}" for number in range(count)}


@pytest.mark.parametrize(("imported", "call"), IMPORTS)
def test_callers_are_found_however_they_import(tmp_path: Path, imported: str, call: str) -> None:
    (gateway,) = found(tmp_path, {"app/llm.py": LLM, **users(imported, call)})
    assert (("app.llm.complete",), 4, 2, 1, 1.0) == (gateway.names, gateway.callers, gateway.files, gateway.behind, gateway.share)


def test_the_public_function_before_a_private_one_is_meant(tmp_path: Path) -> None:
    (gateway,) = found(tmp_path, {"app/llm.py": PRIVATE, **users("from app.llm import complete", "complete")})
    assert (("app.llm.complete",), 8) == (gateway.names, gateway.line)


def test_a_method_is_found_in_files_that_name_its_class(tmp_path: Path) -> None:
    (gateway,) = found(tmp_path, {"app/llm.py": METHOD, **users("from app.llm import Client\n\nclient = Client()", "client.complete")})
    assert (("app.llm.Client.complete",), 4, False) == (gateway.names, gateway.callers, gateway.is_sure)


def test_a_method_of_that_name_elsewhere_is_none(tmp_path: Path) -> None:
    assert [] == found(tmp_path, {"app/llm.py": METHOD, **users("from app.other import Other\n\nother = Other()", "other.complete")})


def test_the_same_method_of_classes_with_a_common_base_is_one_gateway(tmp_path: Path) -> None:
    text = METHOD.replace("Client", "First(Base)").replace("First(Base)()", "First()")
    files = {"app/base.py": "class Base:\n    pass\n", "app/first.py": f"from app.base import Base\n{text}"}
    files["app/second.py"] = files["app/first.py"].replace("First", "Second")
    (gateway,) = found(tmp_path, {**files, **users("from app.first import First\n\nmodel = First()", "model.complete")})
    assert ({"app.first.First.complete", "app.second.Second.complete"}, 2) == (set(gateway.names), gateway.behind)


def test_a_function_with_few_callers_is_none(tmp_path: Path) -> None:
    assert [] == found(tmp_path, {"app/llm.py": LLM, **users("from app.llm import complete", "complete", count=1)})


def test_calls_of_another_function_of_that_name_do_not_count(tmp_path: Path) -> None:
    other = {"app/other.py": "def complete(q):\n    return q\n"}
    assert [] == found(tmp_path, {"app/llm.py": LLM, **other, **users("from app.other import complete", "complete")})


def test_an_object_that_is_called_like_the_module_is_none(tmp_path: Path) -> None:
    assert [] == found(tmp_path, {"app/llm.py": LLM, **users("llm = object()", "llm.complete")})


def test_callers_in_tests_do_not_count(tmp_path: Path) -> None:
    tests = {name.replace("app/", "tests/"): text for name, text in users("from app.llm import complete", "complete").items()}
    assert [] == found(tmp_path, {"app/llm.py": LLM, **tests})


def test_a_function_that_few_raw_calls_are_behind_is_none(tmp_path: Path) -> None:
    many = {"app/raw.py": f"from openai import OpenAI\n\nq = 1\n{CALL * 5}"}
    assert [] == found(tmp_path, {"app/llm.py": LLM, **many, **users("from app.llm import complete", "complete")})


def test_many_callers_in_its_own_file_are_enough(tmp_path: Path) -> None:
    inside = "".join(f"\n\ndef f{number}(q):\n    return complete(q)\n" for number in range(8))
    (gateway,) = found(tmp_path, {"app/llm.py": LLM + inside})
    assert (8, 1) == (gateway.callers, gateway.files)
