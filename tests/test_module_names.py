"""Names under which files may be imported."""

from __future__ import annotations

import pytest

from lint_plugin.module_names import ModuleNames, candidates, names_of

PACKAGES = ["src/shop/__init__.py", "src/shop/search/__init__.py"]


@pytest.mark.parametrize(
    ("path", "names"),
    [
        ("app.py", ("app",)),
        ("src/shop/__init__.py", ("shop", "src.shop")),
        ("src/shop/search/index.py", ("shop.search.index", "src.shop.search.index", "search.index", "index")),
        ("src/shop/types.pyi", ("shop.types", "src.shop.types", "types")),
        ("services/api/app/db.py", ("db", "app.db", "api.app.db", "services.api.app.db")),
        ("my-service/app/db.py", ("db", "app.db")),
        ("notes.ipynb", ()),
        ("run-me.py", ()),
        ("class.py", ()),
        ("__init__.py", ()),
    ],
)
def test_a_file_has_the_names_that_some_root_gives(path: str, names: tuple[str, ...]) -> None:
    assert names == names_of([*PACKAGES, path])[path]


def test_a_root_that_is_a_package_gives_its_own_name_too() -> None:
    assert ("db", "shop.db") == names_of(["__init__.py", "db.py"], "shop")["db.py"]


def test_the_init_of_the_root_is_the_root_package() -> None:
    assert ("shop",) == names_of(["__init__.py", "db.py"], "shop")["__init__.py"]


def test_one_file_can_be_asked_for_alone() -> None:
    assert ("shop.db", "src.shop.db", "db") == candidates("src/shop/db.py", {"src/shop"})


def test_a_name_is_above_those_that_begin_with_it() -> None:
    names = ModuleNames([*PACKAGES, "src/shop/db.py", "notes.ipynb", "run-me/x.txt"])
    asked = ("src", "src.shop", "shop", "search", "db", "notes")
    assert ["src", "src.shop", "shop"] == [name for name in asked if names.is_above(name)]


def test_a_name_may_mean_several_files() -> None:
    names = ModuleNames(["a/db.py", "b/db.py", "b/__init__.py"])
    assert (["a/db.py", "b/db.py"], ["b/db.py"], []) == (names.paths("db"), names.paths("b.db"), names.paths("c.db"))
