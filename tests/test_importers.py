"""Who imports what, told from bytes: the lines with imports of a file, and the module that each of them means."""

from __future__ import annotations

import pytest

from cost_lib.catalog.registry import TOKENS
from lint_plugin.importers import Importers, Target, taking
from lint_plugin.stages.prefilter import import_lines

PACKAGE = {
    "app/__init__.py": b"",
    "app/client.py": b"class Client: ...\n",
    "app/near.py": b"from .client import Client\n",
    "app/deep/down.py": b"from ..client import (\n    Client,  # (ours)\n    Other,\n)\n",
    "app/absolute.py": b"import os\nfrom app.client import Client\n",
    "other/client.py": b"class Client: ...\n",
    "other/near.py": b"from .client import Client\n",
    "whole.py": b"from app import client\n",
    "plain.py": b"import app.client as made\n",
}


def users(path: str, files: dict[str, bytes]) -> set[str]:
    """Return the files that take a name from a module, or import it as a whole."""
    importers, target = Importers(), Target(path, "project")
    for file, data in files.items():
        importers.add(file, data)
    return {
        user
        for word in target.words
        for line, having in importers.users(word)
        for user in having
        if (target.gives(line, word) and target.is_meant(line, user)) or (target.is_taken(line) and target.is_meant_whole(line, user))
    }


def test_who_takes_from_a_module_is_told_by_place() -> None:
    """Another module of the same name has users of its own."""
    assert users("app/client.py", PACKAGE) == {"app/near.py", "app/deep/down.py", "app/absolute.py", "whole.py", "plain.py"}


def test_names_of_a_package_are_taken_by_dots_alone() -> None:
    """``from . import name`` names no module."""
    files = {"app/a.py": b"from . import Client\n", "app/deep/b.py": b"from .. import Client\n", "other/c.py": b"from . import Client\n"}
    assert users("app/__init__.py", files) == {"app/a.py", "app/deep/b.py"}


def test_a_submodule_takes_nothing_from_the_package_above() -> None:
    """Only the last word of a module is what names come from."""
    assert users("app/__init__.py", {"user.py": b"from app.client import Client\n"}) == set()


def test_a_module_below_the_root_is_meant_by_any_ending_of_its_path() -> None:
    """Any folder may be on the path of modules."""
    files = {
        "x.py": b"from app.client import Client\n",
        "y.py": b"from src.app.client import Client\n",
        "z.py": b"from lib.app.client import C\n",
    }
    assert users("src/app/client.py", files) == {"x.py", "y.py"}


@pytest.mark.parametrize(
    ("source", "names"),
    [
        (b"from a import (b, # )\n c)\n", {b"b", b"c"}),
        (b"from a \\\n    import b, \\\n    c\n", {b"b", b"c"}),
        (b"from a import b; from d import c\n", {b"from", b"a", b"import", b"b", b"d", b"c"}),
        (b"try: from a import b\n", {b"b"}),
        (b"x = importlib.import_module(\n    'a'\n)\n", {b"x", b"importlib", b"import_module", b"a"}),
        ("from a import größe\n".encode(), {"größe".encode()}),
    ],
)
def test_a_line_with_an_import_gives_its_names(source: bytes, names: set[bytes]) -> None:
    """Brackets and backslashes carry a line on; what is no single import gives every word."""
    assert frozenset(names) == frozenset().union(*(taking(line).names for line in import_lines(source)))


def test_a_notebook_has_the_lines_of_its_cells() -> None:
    """They are strings in it."""
    importers = Importers()
    importers.add("a.ipynb", b'{"cells": [{"source": ["import os\\n", "from openai import OpenAI"]}]}')
    assert importers.relevant() == {"a.ipynb"}


FORMS = (
    "import {0}\n",
    "from {0} import x\n",
    "import os, {0}.y\n",
    "f = import_module(\n    '{0}')\n",
    " from  {0} \\\n import (x)",
)


@pytest.mark.parametrize("token", sorted({token for tokens in TOKENS.values() for token in tokens if not token.endswith(b"import")}))
def test_every_provider_is_seen_in_the_lines_with_imports(token: bytes) -> None:
    """Whatever way a file imports it."""
    importers = Importers()
    importers.add("none.py", b"# it is not an import of " + token)
    for form in FORMS:
        importers.add(form, b"x = 1\n" + form.format(token.decode()).encode())
    assert importers.relevant() == set(FORMS)
