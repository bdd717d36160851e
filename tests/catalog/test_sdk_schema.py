"""Check every provider literal for what the matcher and the rules rely on."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from importlib import import_module
from pathlib import Path

import pytest

import cost_lib.catalog.providers
from cost_lib.catalog import load
from cost_lib.catalog.chains import DISTINCTIVE
from cost_lib.catalog.model import Bills, ClientClass, Function, Layer, Method, Provider
from cost_lib.catalog.registry import ALSO, HOSTS, NEEDS, TOKENS, WORDS

PROVIDERS = load().providers
CLASSES = [client for provider in PROVIDERS for client in provider.classes]
FUNCTIONS = [function for provider in PROVIDERS for function in provider.functions]


def _provider(module: str) -> Provider:
    provider = import_module(f"cost_lib.catalog.providers.{module}").PROVIDER
    assert isinstance(provider, Provider)
    return provider


def _references(client: ClientClass) -> list[str]:
    made = [name for method in client.methods for name in _made(method)]
    return [*client.bases, *made, *(name for _, name in client.attributes), *filter(None, [client.composite])]


def _made(one: Method | Function) -> list[str]:
    chosen = [name for _, name in one.choice.values] if one.choice else []
    return [*chosen, *filter(None, [one.returns])]


def _names(provider: Provider) -> list[str]:
    return [name for client in provider.classes for name in client.names] + [name for one in provider.functions for name in one.names]


def test_every_provider_module_is_in_the_registry() -> None:
    folder = Path(cost_lib.catalog.providers.__path__[0])
    assert {path.stem for path in folder.glob("*.py")} - {"__init__"} == set(TOKENS)


def test_every_table_belongs_to_registered_modules() -> None:
    assert set().union(HOSTS, WORDS, ALSO, NEEDS) - set(TOKENS) == set()


def test_every_provider_has_a_source_and_a_date() -> None:
    assert [
        provider.name for provider in PROVIDERS if not provider.source or date.fromisoformat(provider.checked) > date(2026, 11, 22)
    ] == []


def test_no_name_is_given_twice() -> None:
    for group in (CLASSES, FUNCTIONS):
        counted = Counter(name for one in group for name in one.names)
        assert [name for name, count in counted.items() if count > 1] == []


def test_names_are_dotted_paths_or_patterns() -> None:
    form = re.compile(r"[\w*]+(\.[\w*-]+)*(\(\))?")  # `f()`: what a decorator or factory without a class of its own makes
    assert [name for provider in PROVIDERS for name in _names(provider) if not form.fullmatch(name)] == []


def test_accessors_are_dotted_paths() -> None:
    form = re.compile(r"|(\w+|\*)(\.(\w+|\*))*")
    accessors = [accessor for client in CLASSES for accessor in (*(method.accessor for method in client.methods), *client.free)]
    assert [accessor for accessor in accessors if not form.fullmatch(accessor)] == []


@pytest.mark.parametrize("module", TOKENS)
def test_every_class_that_an_entry_refers_to_is_loaded_with_it(module: str) -> None:
    catalog = load([module])
    names = [name for provider in catalog.providers for client in provider.classes for name in _references(client)]
    names += [name for provider in catalog.providers for function in provider.functions for name in _made(function)]
    assert [name for name in names if catalog.client(name) is None] == []


def test_no_accessor_is_both_billable_and_free() -> None:
    both = [
        (client.names[0], accessor)
        for client in CLASSES
        for accessor in {method.accessor for method in client.methods if method.bills is not Bills.FREE} & set(client.free)
    ]
    assert both == []


def test_a_class_lists_no_accessor_twice() -> None:
    counted = {client.names[0]: Counter((*(method.accessor for method in client.methods), *client.free)) for client in CLASSES}
    assert {name: count.most_common(1) for name, count in counted.items() if count and count.most_common(1)[0][1] > 1} == {}


def test_a_subclass_keeps_every_accessor_of_its_bases() -> None:
    catalog = load()
    lost = [
        (client.names[0], method.accessor)
        for client in CLASSES
        for base in client.bases
        for method in catalog.client(base).client.methods  # type: ignore[union-attr]  # the references are checked above
        if catalog.method(catalog.client(client.names[0]), method.accessor) is None  # type: ignore[arg-type]
    ]
    assert lost == []


def test_an_import_of_every_sdk_name_is_seen() -> None:
    unseen = [
        (module, name)
        for module, tokens in TOKENS.items()
        for provider in [_provider(module)]
        if tokens and provider.layer is Layer.SDK
        for name in _names(provider)
        if not any(_begins(name, token.decode()) for token in tokens)
    ]
    assert unseen == []


def test_an_import_of_some_framework_name_is_seen() -> None:
    providers = [(tokens, _provider(module)) for module, tokens in TOKENS.items()]
    unseen = [
        provider.name
        for tokens, provider in providers
        if provider.layer is Layer.FRAMEWORK and not any(_begins(name, token.decode()) for token in tokens for name in _names(provider))
    ]
    assert unseen == []


def _begins(name: str, token: str) -> bool:
    plain = token.replace(" import ", ".").replace(" import", ".")
    return name.startswith(plain) or plain.startswith(name.partition("*")[0])


def test_every_host_of_a_provider_is_in_the_registry() -> None:
    unseen = [
        (module, host.host)
        for module in TOKENS
        for host in _provider(module).hosts
        if not host.host.replace("*", "x").endswith(tuple(token.decode() for token in (*HOSTS.get(module, ()), *WORDS.get(module, ()))))
        and not any(word.decode() in host.host for word in WORDS.get(module, ()))
    ]
    assert unseen == []


def test_every_distinctive_chain_is_a_billable_accessor() -> None:
    known = {method.accessor for client in CLASSES for method in client.methods if method.bills is not Bills.FREE}
    assert DISTINCTIVE - known == set()


def test_a_chain_that_other_libraries_have_is_not_distinctive() -> None:
    assert {"messages.create", "create", "run", "chat", "generate"} & DISTINCTIVE == set()
