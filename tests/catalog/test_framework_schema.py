"""Check the framework literals for what the analyzer relies on when it follows parts."""

from __future__ import annotations

from cost_lib.catalog import load
from cost_lib.catalog.model import Bills, ClientClass, Function, Layer
from cost_lib.catalog.registry import TOKENS

CATALOG = load()
PROVIDERS = [provider for provider in CATALOG.providers if provider.layer is Layer.FRAMEWORK]
CLASSES = [client for provider in PROVIDERS for client in provider.classes]
FUNCTIONS = [function for provider in PROVIDERS for function in provider.functions]


def _billable(client: ClientClass) -> bool:
    entry = CATALOG.client(client.names[0])
    return entry is not None and CATALOG.bills(entry)


def _makes_billable(function: Function) -> bool:
    entry = CATALOG.client(function.returns) if function.returns else None
    return function.bills is not Bills.FREE or (entry is not None and CATALOG.bills(entry))


def test_a_class_that_bills_through_parts_names_them_or_is_abstract() -> None:
    assert [client.names[0] for client in CLASSES if not client.own and _billable(client) and not (client.parts or client.abstract)] == []


def test_a_function_that_bills_through_parts_names_them() -> None:
    assert [function.names[0] for function in FUNCTIONS if not function.own and _makes_billable(function) and not function.parts] == []


def test_a_composition_bills_only_through_its_parts() -> None:
    made = {client.composite for client in CLASSES if client.composite}
    assert [name for name in made if (entry := CATALOG.client(name)) is None or entry.client.own or entry.client.parts != ("*",)] == []


def test_what_composes_says_what_it_becomes() -> None:
    assert [client.names[0] for client in CLASSES if client.composite and not client.operators] == []


def test_an_abstract_class_has_no_factory() -> None:
    made = [function.returns for function in FUNCTIONS if function.returns]
    assert [name for name in made if (entry := CATALOG.client(name)) is not None and entry.client.abstract] == []


def test_the_modules_of_one_framework_are_loaded_together() -> None:
    assert TOKENS["langchain"] == TOKENS["langchain_chains"]


def test_no_factory_is_hidden_by_a_pattern_of_another_class() -> None:
    hidden = [
        (name, function.returns)
        for function in FUNCTIONS
        for name in function.names
        if "*" not in name and function.parts and (entry := CATALOG.client(name)) is not None and entry.canonical != function.returns
    ]
    assert hidden == []
