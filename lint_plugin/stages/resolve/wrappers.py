"""House wrappers of the policy: which values are one, and which arguments of a call are tags."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from cost_lib.catalog.model import Bills, Layer
from lint_plugin.names import parent
from lint_plugin.stages.resolve.project import ClassInfo, FunctionInfo, ModuleInfo
from lint_plugin.values import ClassOf, External, FunctionOf, Value

if TYPE_CHECKING:
    from cost_lib.catalog import Catalog
    from cost_lib.policy import Policy
    from cost_lib.policy_model import Wrapper


class Wrappers:
    """The configured wrappers by dotted name, and by the keys of the project's functions and classes that they turn out to be."""

    def __init__(self, policy: Policy) -> None:
        """Take the wrappers and the tag names of a policy."""
        self.by_name: Mapping[str, Wrapper] = {wrapper.name: wrapper for wrapper in policy.wrappers}
        self.tag_names: frozenset[str] = frozenset(policy.tags)
        self.owners: frozenset[str] = frozenset(parent(name) for name in self.by_name)  # their modules, or the classes that have them
        self._accessors: frozenset[str] | None = None
        self._keys: dict[str, Wrapper] = {}
        self._names_of_class: dict[str, set[str]] = {}

    def __bool__(self) -> bool:
        """Tell whether any wrapper is configured."""
        return bool(self.by_name)

    def register(self, dotted: str, value: Value) -> None:
        """Note that a dotted name of the project is this function or class."""
        if isinstance(value, (FunctionOf, ClassOf)):
            if dotted in self.by_name:
                self._keys[value.key] = self.by_name[dotted]
            if dotted in self.owners and isinstance(value, ClassOf):
                self._names_of_class.setdefault(value.key, set()).add(dotted)

    def define(self, module: ModuleInfo, info: FunctionInfo | ClassInfo) -> None:
        """Note a definition whose own dotted name is configured."""
        for name in module.names:
            wrapper = self.by_name.get(f"{name}.{info.qualname}")
            if wrapper is not None:
                self._keys[info.key] = wrapper

    def of(self, value: Value, cls: ClassInfo | None = None) -> Wrapper | None:
        """Return the wrapper that a value is; ``cls`` is the class that defines a method."""
        if isinstance(value, External):
            return self.by_name.get(value.name)
        if isinstance(value, (FunctionOf, ClassOf)):
            found = self._keys.get(value.key)
            if found is None and cls is not None and isinstance(value, FunctionOf):
                method = value.key.rpartition("@")[0].rpartition(".")[2]
                for dotted in self._names_of_class.get(cls.key, ()):
                    found = found or self.by_name.get(f"{dotted}.{method}")
            return found
        return None

    def accessors(self, catalog: Catalog) -> frozenset[str]:
        """Return the accessors by which a client of unknown type bills: paths, and single words that only an SDK has."""
        if self._accessors is None:
            classes = [client for provider in catalog.providers if provider.layer is Layer.SDK for client in provider.classes]
            billing = {method.accessor for client in classes for method in client.methods if method.bills is not Bills.FREE}
            self._accessors = frozenset(name for name in billing if "." in name and "*" not in name) | catalog.chains()
        return self._accessors

    def gateway_keys(self) -> frozenset[str]:
        """Return the keys of the project's functions and classes that are wrappers: their bodies are the gateway."""
        return frozenset(self._keys)
