"""The state of one resolution: stores that only grow, who reads them, and which code is worth evaluating."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

from lint_plugin.stages.resolve import library, urls
from lint_plugin.stages.resolve.agenda import Agenda, order
from lint_plugin.stages.resolve.bases import Bases
from lint_plugin.stages.resolve.families import Families
from lint_plugin.stages.resolve.leading import Leading, Unit
from lint_plugin.stages.resolve.project import CONFTEST, ClassInfo, FunctionInfo, ModuleInfo, Project, fixture_name, is_inside
from lint_plugin.stages.resolve.waking import Key, Waking
from lint_plugin.stages.resolve.widening import Widening
from lint_plugin.values import (
    EMPTY,
    UNKNOWN,
    Alias,
    ClassOf,
    Container,
    Deferred,
    External,
    FunctionOf,
    Instance,
    Method,
    ModuleOf,
    Nothing,
    Number,
    Object,
    Parameter,
    Partial,
    Pending,
    ScopeOf,
    Text,
    Unknown,
    Value,
    Values,
)

if TYPE_CHECKING:
    from cost_lib.catalog import Catalog
    from lint_plugin.events import Event
    from lint_plugin.stages.resolve.wrappers import Wrappers

__all__ = ["Key", "Machine", "Unit"]

VARIABLE: Final = "\1"  # begins a label that stands for a variable of one function
# inside a list or dict these mean nothing until their class does, and then whoever mentions it is evaluated again
IDLE: Final = (Object, Container, ClassOf, Unknown, Nothing)


class Machine:
    """What all frames share."""

    def __init__(self, project: Project, catalog: Catalog, wrappers: Wrappers, hot: Iterable[str], *, callers: bool = True) -> None:
        """Resolve ``project``; ``hot`` are the identifiers that make code worth a look; ``callers`` lets arguments flow into parameters."""
        self.project = project
        self.catalog = catalog
        self.wrappers = wrappers
        self.callers = callers
        self.functions: dict[str, FunctionInfo] = {}
        self.classes: dict[str, ClassInfo] = {}
        self.stars: dict[str, list[str]] = {}
        self.hot: set[str] = set(hot)
        self.roots: Final = frozenset(self.hot)
        self.recording = True
        self.possible = False  # whether chains on receivers of which nothing is known are asked for
        self.events: list[Event] = []  # of the unit being evaluated
        self._events: dict[Unit, list[Event]] = {}  # of every unit, from its last evaluation
        self._current: Unit | None = None
        self._blanks: dict[Unit, set[Key]] = {}  # what each unit, when it was evaluated last, wrote nothing known into
        self._fallback = False
        self._waiting: set[Unit] = set()  # units that a declaration could tell more
        self.stored_calls: set[str] = set()
        self._waking = Waking()  # stores that hold classes, objects and lambdas that mean nothing yet
        self._widening = Widening(self.matters)
        self.delegating: set[tuple[str, str]] = set()  # attributes being asked of a ``__getattr__``
        self.wanted: set[str] = set()  # paths of modules that turn out to matter and are not lowered yet
        self.fixtures: dict[str, list[FunctionInfo]] = {}  # pytest fixtures by name
        self.loose: dict[str, set[str]] = {}  # attributes stored on objects that cannot be followed -> names of the owners
        self.versions: dict[str, int] = {}  # container site -> how often its contents grew
        self.linked: dict[tuple[str, str], int] = {}  # (into, from) -> version of the contents copied last
        self.lineages: dict[str, list[Value]] = {}  # class -> itself and its bases
        self.depends: dict[str, set[str]] = {}
        self.global_names: dict[str, set[str]] = {}
        self._stores: dict[Key, Values] = {}
        self.families: Final = Families(self.classes, self._stores)
        self._readers: defaultdict[Key, set[Unit]] = defaultdict(set)
        self._agenda = Agenda()
        self.bases: Final = Bases(self.classes, self.families.subclasses, self.hot)
        self._declared_names: dict[str, set[str]] = {}  # globals of modules of which a declaration says that they lead somewhere
        self._starred: set[str] = set()  # modules with star imports of what lies outside the project
        self._mentions: dict[str, list[FunctionInfo]] = {}
        self._catalogued = catalog.roots()
        self.chains: Final = tuple(f".{chain}" for chain in sorted(catalog.chains()))  # ends of an unmistakable call
        self._externals: dict[str, bool] = {}
        self._urls: dict[str, bool] = {}
        self._leading = Leading(self.classes, self.families.subclasses, self.hot, lambda key: self._stores.get(("bases", key, ""), EMPTY))
        self._bound_sites: dict[str, set[str]] = {}
        self._hot_sites: set[str] = set()

    # --- modules and units ---

    def add(self, module: ModuleInfo) -> None:
        """Take a module in; its body is always evaluated, its functions when they mention something hot."""
        for info in module.functions.values():
            self.functions[info.key] = info
            if not (info.idents.isdisjoint(self.hot) and info.idents.isdisjoint(self._leading.giving)):
                self.activate(info)
            for ident in info.idents:
                self._mentions.setdefault(ident, []).append(info)
            self.wrappers.define(module, info)
            provides = fixture_name(info)
            if provides:
                self.fixtures.setdefault(provides, []).append(info)
                self.write(("fixtures", provides, ""), frozenset({FunctionOf(info.key)}))
        for cls in module.classes.values():
            self.classes[cls.key] = cls
            self.wrappers.define(module, cls)
        self.activate(module)
        self.wanted.discard(module.path)
        self.write(("loaded", module.path, ""), frozenset({UNKNOWN}))

    def want(self, value: Pending) -> None:
        """Ask for the module of a name that turns out to matter."""
        if value.path not in self.project.modules:
            self.wanted.add(value.path)

    def activate(self, unit: Unit) -> None:
        """Have a unit evaluated, now and whenever something it reads changes."""
        self._agenda.activate(unit)

    def enqueue(self, unit: Unit) -> None:
        """Have an active unit evaluated again."""
        self._agenda.enqueue(unit)

    def next_unit(self) -> Unit | None:
        """Return the next unit to evaluate."""
        for key in self._waking.due():
            self._warm_key(key, self._stores[key])
        return self._agenda.next()

    def active_units(self) -> list[Unit]:
        """Return every unit that was evaluated, in a stable order."""
        return self._agenda.units()

    @property
    def fallback(self) -> bool:
        """Tell whether annotations stand in for what no caller says: only once everything else has settled.

        Ask this last: a unit that asks in the first phase is evaluated again in the second.
        """
        if not self._fallback and self._current is not None:
            self._waiting.add(self._current)
        return self._fallback

    def falls_back_on(self, promised: Values) -> bool:
        """Tell whether annotations stand in now; what they promise is worth a second evaluation only if it leads somewhere.

        A class that does so later has the code that names it evaluated again.
        """
        if not promised:
            return False
        # objects of the project are promised only where their class leads somewhere
        leads = self.possible or any(isinstance(value, Object) or self.matters(value) for value in promised)
        return self.fallback if leads else self._fallback

    def start_fallback(self) -> None:
        """Begin the second phase."""
        self._fallback = True
        self._agenda.restart()
        for unit in sorted(self._waiting, key=order):
            self.enqueue(unit)
        for key, values in list(self._stores.items()):
            if key[0] == "declared":
                self._warm_key(key, values)

    def begin(self, unit: Unit) -> None:
        """Note which unit is being evaluated; what it wrote down before is forgotten."""
        self._current = unit
        self._blanks[unit] = set()
        self.events = self._events[unit] = []

    def admit_unknown(self) -> None:
        """Mark the stores that something unknown is put into besides what is known; their readers are evaluated again.

        Only scopes and texts, which tags are made of, are worth less for it: a client that is raw on one path is raw.
        """
        blanks = {key for written in self._blanks.values() for key in written}
        for key in sorted(blanks):
            if any(isinstance(value, (ScopeOf, Text)) for value in self._stores[key]):
                self.write(key, frozenset({UNKNOWN}))

    def all_events(self) -> list[Event]:
        """Return the events of every unit's last evaluation, in a stable order."""
        return [event for unit in self.active_units() for event in self._events.get(unit, ())]

    def is_active(self, unit: Unit) -> bool:
        """Tell whether a unit has been evaluated."""
        return unit in self._agenda

    def exports(self) -> Iterator[tuple[str, list[str]]]:
        """Yield the modules taken in, each with the globals that other modules could make something of."""
        starred = {path: set[str]() for path in sorted(self._starred)}
        declared = {path: set[str]() for path in sorted(self._declared_names)}
        for path, names in {**starred, **declared, **self.global_names}.items():
            stores = ((name, self._stores.get(("global", path, name), EMPTY)) for name in names)
            mattering = {name for name, values in stores if any(self.matters(value) or self._provides(value) for value in values)}
            for star in self._stores.get(("stars", path, ""), EMPTY):
                mattering.update(self.catalog.members(star.name) if isinstance(star, External) else ())
            yield path, sorted(mattering.union(self._declared_names.get(path, ())))

    def provides(self) -> Iterator[tuple[str, str]]:
        """Yield the folders with a ``conftest.py`` and the names of its fixtures that tests below could make something of."""
        for name, fixtures in self.fixtures.items():
            for info in fixtures:
                folder, _, file = info.module.path.rpartition("/")
                if file == CONFTEST and info.name in self.hot:
                    yield folder, name

    def note_loose(self, owner: str, name: str) -> None:
        """Remember that an attribute is stored on an object that cannot be followed; code that reads it is evaluated again."""
        owners = self.loose.setdefault(name, set())
        if owner not in owners:
            owners.add(owner)
            for ident in (name, owner):  # a key is no identifier
                for info in self._mentions.get(ident, ()):
                    self.enqueue(info)
            for module in self.project.modules.values():
                if name in module.code.idents or owner in module.code.idents:
                    self.enqueue(module)

    def _provides(self, value: Value) -> bool:
        """Tell whether a class has a method that other modules could make something of, or a function makes such objects."""
        if isinstance(value, FunctionOf):
            given = self._stores.get(("return", value.key, ""), EMPTY)
            return any(isinstance(item, Object) and item.key in self._leading.givers for item in given)
        if isinstance(value, Object):
            return value.key in self._leading.givers
        cls = self.classes.get(value.key) if isinstance(value, ClassOf) else None
        return cls is not None and (
            self._leading.promises(cls) or any(name in self.hot and not name.startswith("__") for name in cls.methods)
        )

    def leads(self, key: str) -> bool:
        """Tell whether an instance of a class could lead to a call that bills; code that names the class is told when it does."""
        return self._leading.leads(key, self._current)

    def _enqueue_all(self, units: set[Unit]) -> None:
        for unit in sorted(units, key=order):
            self.enqueue(unit)

    def note_import(self, importer: str, path: str) -> None:
        """Remember that one module of the project imports another."""
        if importer != path:
            self.depends.setdefault(importer, set()).add(path)

    def warm(self, ident: str) -> None:
        """Note that an identifier means something: code that mentions it is worth a look."""
        if ident and ident not in self.hot and ident != "<lambda>":
            self.hot.add(ident)
            self._waking.wake(ident)
            self._enqueue_all(self._leading.told(ident))
            for info in self._mentions.get(ident, ()):
                if info in self._agenda:
                    self._agenda.enqueue_later(info)  # what it read may have meant nothing until now
                else:
                    self.activate(info)

    # --- stores ---

    def read(self, key: Key, reader: Unit | None) -> Values:
        """Return what a store holds; ``reader`` is evaluated again when it grows."""
        if reader is not None:
            self._readers[key].add(reader)
        return self._stores.get(key, EMPTY)

    def has(self, key: Key) -> bool:
        """Tell whether a store was ever written."""
        return key in self._stores

    def write(self, key: Key, values: Values) -> None:
        """Add values to a store."""
        old = self._stores.get(key)
        if not values and self._current is not None:
            # it may only be that nothing is known yet: ``admit_unknown`` asks again at the end
            self._blanks[self._current].add(key)
        new = self._widening.grown(key, old, values) if old else values
        if new == old:
            return
        if key[0] == "item":
            self.versions[key[1]] = self.versions.get(key[1], 0) + 1
        elif key[0] == "bases":
            self.lineages.clear()
        elif key[0] == "stars":
            self._starred.add(key[1])
        elif key[0] == "declared" and key[1] in self.project.modules and any(self.matters(value) for value in values):
            self._declared_names.setdefault(key[1], set()).add(key[2])
        self._stores[key] = new
        if key[0] == "attr" and old is None:
            self._tell_bases(key, new)
        if key[0] == "global":
            self._note_global(key)
        if values:
            self._warm_key(key, values)
        readers = self._readers.get(key) if values or key[0] == "global" else None  # only of globals it matters that they exist
        if readers:
            self._tell(readers, key, new - old if old else new)

    def inherit(self, key: str, base: str) -> None:
        """Note that one class of the project inherits from another."""
        self.families.add(key, base)
        self.write(("subclasses", base, ""), frozenset({ClassOf(key)}))

    def _tell_bases(self, key: Key, values: Values) -> None:
        """Tell those who asked a class for what those that inherit from it have: one of them has got an attribute."""
        for base in self.families.above(key[1]):
            readers = self._readers.get(("members", base, key[2]))
            if readers:
                self._tell(readers, key, values)

    def _tell(self, readers: set[Unit], key: Key, added: Values) -> None:
        """Have the readers of a store evaluated again, as soon as what was added asks for it."""
        if key[0] == "carries" or any(self.matters(value) for value in added):
            for reader in readers:
                self.enqueue(reader)
        elif key[0] != "item" or not all(isinstance(value, IDLE) for value in added):
            for reader in readers:
                self._agenda.enqueue_later(reader)

    def _note_global(self, key: Key) -> None:
        _, path, name = key
        names = self.global_names.setdefault(path, set())
        if name not in names:
            names.add(name)
            for reader in self._readers.get(("names", path, ""), ()):
                self.enqueue(reader)
        module = self.project.modules.get(path)
        if self.wrappers and module is not None:
            for value in self._stores[key]:
                for dotted in module.names:
                    self.wrappers.register(f"{dotted}.{name}", value)

    def _warm_key(self, key: Key, values: Values) -> None:
        kind, owner, name = key
        containers = [value for value in values if isinstance(value, Container)]
        if kind == "item":
            if any(self.matters(value) for value in values):
                self._warm_site(owner)
            for container in containers:
                self._bound_sites.setdefault(container.site, set()).add("\0" + owner)
            return
        label = self._label(kind, owner, name)
        for container in containers:
            self._bound_sites.setdefault(container.site, set()).update(label)
        for value in values:
            if isinstance(value, (Object, ClassOf)) and not self.matters(value):
                cls = self.classes.get(value.key)
                if cls is not None:
                    self._waking.hold(cls.code.name, key)
            elif isinstance(value, FunctionOf) and self._is_lambda(value) and not self.matters(value):
                self._waking.hold(value.key, key)
        mattering = [value for value in values if self.matters(value) and not self._is_member(value, owner)]
        if mattering:
            if all(isinstance(value, Text) for value in mattering):
                label = label[:1]  # a URL makes neither its class nor the function that gives it worth following
            if kind in ("return", "yield") and any(self._is_client(value) for value in mattering):
                self._note_giver(owner)
            if kind == "return":
                self._waking.wake(owner)  # a lambda is known by what it gives alone
            for ident in label:
                self._reach(ident)

    def _is_lambda(self, value: FunctionOf) -> bool:
        info = self.functions.get(value.key)
        return info is not None and info.is_lambda

    def _is_client(self, value: Value) -> bool:
        """Tell whether a value is a client itself: of a catalogued class, or of one that extends it."""
        if isinstance(value, Object):
            bases = self._stores.get(("bases", value.key, ""), EMPTY)
            return any(isinstance(base, External) and self._is_catalogued(base.name) for base in bases)
        return isinstance(value, Instance) and not library.knows(value.cls)

    def _note_giver(self, key: str) -> None:
        """Note that a method gives a client: a function that makes an object of its class may hand that object on."""
        info = self.functions.get(key)
        if info is None or info.cls is None or info.cls.key in self._leading.givers or info.name.startswith("_"):
            return
        name = info.cls.code.name
        self._leading.givers.add(info.cls.key)
        self._leading.giving.add(name)
        self._waking.wake(name)
        for mentioning in self._mentions.get(name, ()):
            self.activate(mentioning)

    def _reach(self, label: str) -> None:
        """Have the code evaluated that a label leads to: an identifier, or a variable of one function."""
        if not label.startswith(VARIABLE):
            self.warm(label)
            return
        owner, _, name = label[1:].rpartition(VARIABLE)
        info = self.functions.get(owner)
        if info is not None:
            self.activate(info)
            for inner in self._mentions.get(name, ()):
                if inner.outer is not None and inner.module is info.module and is_inside(inner, info):
                    self.activate(inner)

    def _is_member(self, value: Value, owner: str) -> bool:
        """Tell whether a value is a method of the class that holds it: being there makes the class no more interesting."""
        info = self.functions.get(value.key) if isinstance(value, FunctionOf) else None
        return info is not None and info.cls is not None and info.cls.key == owner

    def _label(self, kind: str, owner: str, name: str) -> list[str]:
        """Return the identifiers under which a store is reached."""
        if kind in ("return", "yield"):
            info = self.functions.get(owner)
            found = [name for name in (info.name, fixture_name(info)) if name] if info is not None else []
            if info is not None and info.cls is not None and info.name.startswith("__"):
                return [info.cls.code.name]
            return found
        if kind in ("param", "default", "local"):
            return [f"{VARIABLE}{owner}{VARIABLE}{name}"]
        if kind == "declared" and not self._fallback:
            return []
        if kind == "declared" and owner in self.classes:
            self._enqueue_all(self._leading.promise(self.classes[owner]))
        if kind == "attr":
            cls = self.classes.get(owner)
            return [name] if cls is None else [name, cls.code.name]
        return [name]

    def _warm_site(self, site: str) -> None:
        if site in self._hot_sites:
            return
        self._hot_sites.add(site)
        for bound in tuple(self._bound_sites.get(site, ())):
            if bound.startswith("\0"):
                self._warm_site(bound[1:])
            else:
                self._reach(bound)

    def _is_catalogued(self, name: str) -> bool:
        """Tell whether an outside name is something that bills or sanctions, or a module that leads to it."""
        known = self._externals.get(name)
        if known is None:
            root = name.partition(".")[0]
            ours = root == "cost_lib" or any(house == name or house.startswith(f"{name}.") for house in self.wrappers.by_name)
            known = self.catalog.matters(name) if root in self._catalogued else ours
            self._externals[name] = known
        return known

    def _names_provider(self, text: str) -> bool:
        """Tell whether a string is a URL that leads to a provider's host, or the full name of a catalogued class."""
        known = self._urls.get(text)
        if known is None:
            hosts = urls.names(parts[0]) if (parts := urls.split(text)) is not None else ()
            known = self._urls[text] = any(map(self.catalog.hosts, hosts)) or self._is_catalogued(library.class_in(text))
        return known

    def matters(self, value: Value) -> bool:
        """Tell whether a value can lead to a call that bills, or to its tags."""
        if isinstance(value, (Text, Nothing, Number, Unknown, Parameter, ModuleOf, Pending)):
            return isinstance(value, Text) and self._names_provider(value.text)
        if isinstance(value, External):
            return value.tags is not None or self._is_catalogued(value.name)
        if isinstance(value, Instance):
            # HTTP clients and executors matter only together with something else that does
            if library.knows(value.cls):
                return bool(value.url) and self._names_provider(value.url)
            return value.bills or self.catalog.client(value.cls) is None
        if isinstance(value, Alias):
            return any(self.matters(option) for option in value.options)
        if isinstance(value, Container):
            return value.site in self._hot_sites
        if isinstance(value, (FunctionOf, Deferred)):
            info = self.functions.get(value.key)
            if info is not None and info.is_lambda:
                given = self._stores.get(("return", value.key, ""), EMPTY)
                return any(self.matters(item) for item in given if not isinstance(item, FunctionOf))
            return info is not None and info.name in self.hot
        if isinstance(value, (Object, ClassOf)):
            cls = self.classes.get(value.key)
            return cls is not None and (cls.code.name in self.hot or value.key in self._leading.givers)
        if isinstance(value, Partial):
            return self.matters(value.target)
        if isinstance(value, Method):
            return self.matters(value.owner)
        return True
