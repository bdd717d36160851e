"""One activation of a piece of code: its variables, the scopes around it, and where it stands."""

from __future__ import annotations

from lint_plugin.events import Block, Place
from lint_plugin.stages.resolve import library
from lint_plugin.stages.resolve.machine import Machine, Unit
from lint_plugin.stages.resolve.project import ClassInfo, FunctionInfo, ModuleInfo
from lint_plugin.values import (
    EMPTY,
    NONE,
    Container,
    External,
    ModuleOf,
    Number,
    Object,
    Pending,
    Sanctioned,
    Text,
    Value,
    Values,
    is_known,
    wrap,
)

BUILTINS = frozenset(
    "super getattr setattr hasattr isinstance issubclass type list tuple set dict frozenset iter next sorted reversed zip enumerate map"
    " filter str repr print id callable vars len bool int float any all min max sum open property staticmethod classmethod object"
    " globals locals aiter anext __import__".split()
)
OF = "\0of\0"  # begins the key of an attribute of the object that one name has, followed by that name


class Frame:
    """Variables and scopes while a unit, class body, lambda or generator expression is evaluated."""

    __slots__ = (
        "asked",
        "blocks",
        "cls",
        "dead",
        "declared",
        "env",
        "function",
        "globals",
        "inner",
        "looping",
        "machine",
        "module",
        "narrowed",
        "outer",
        "parted",
        "qualname",
        "stack_blocks",
        "unit",
    )

    def __init__(
        self,
        machine: Machine,
        module: ModuleInfo,
        unit: Unit,
        *,
        function: FunctionInfo | None = None,
        cls: ClassInfo | None = None,
        outer: Frame | None = None,
        qualname: str = "",
    ) -> None:
        self.machine = machine
        self.module = module
        self.unit = unit
        self.function = function
        self.cls = cls  # set while a class body runs
        self.outer = outer  # the frame in which an inline piece of code runs
        self.qualname = qualname
        self.env: dict[str, Values] = {}
        self.declared: dict[str, Values] = {}  # what the annotations of variables promise
        self.blocks: list[Block] = []
        self.stack_blocks: dict[str, list[Block]] = {}
        self.globals: set[str] = set()
        self.dead = False
        self.narrowed = False  # ``isinstance`` has said something of a variable or attribute
        self.asked: tuple[str, ...] = ()  # in a ``__getattr__``: the names of which this branch is the answer
        self.parted = False  # attributes are told apart by the name that their object has
        self.looping = False  # inside a loop of this frame
        self.inner = False  # a lambda or generator expression: scopes of the frame around it do not count

    def place(self, pos: int) -> Place:
        """Return the place of an offset in this frame."""
        return Place(self.module.path, self.function_key(), self.qualname, pos)

    def function_key(self) -> str:
        """Return the key of the innermost function; empty at module level."""
        return "" if self.function is None else self.function.key

    def lookup(self, name: str) -> Values:
        """Return what a name means here."""
        found = self.env.get(name)
        if found is not None:
            if self.function is not None and self.cls is None and name in self.function.rebound:
                found |= self.machine.read(("local", self.function.key, name), self.unit)
            if self.narrowed and f"\0is\0{name}" in self.env:
                return self.or_tested(found, self.env[f"\0is\0{name}"])
            # a variable that holds ``None`` here and nothing else does so whatever it is declared to be
            return self.or_promised(found, self.declared[name]) if name in self.declared and found != NONE else found
        if self.outer is not None:
            frame: Frame | None = self.outer
            while frame is not None and frame.cls is not None and self.cls is None:
                frame = frame.outer
            if frame is not None and name not in self.globals:
                return frame.lookup(name)
        return self._free(name)

    def _free(self, name: str) -> Values:
        machine = self.machine
        info = self.function
        if info is not None and name not in self.globals:
            if name in info.local and self.outer is None:
                return self.declared.get(name, EMPTY)
            outer = info.outer
            while outer is not None:
                if name in outer.local:
                    machine.activate(outer)  # what binds the name must run for it to hold anything
                    return self.fresh(machine.read(("local", outer.key, name), self.unit))
                outer = outer.outer
        if not (self.function is None and self.cls is None and self.outer is None):
            found = self.global_of(self.module.path, name)
            if found or machine.has(("global", self.module.path, name)):
                return found
        return self.starred(self.module.path, name) or (frozenset({External(f"builtins.{name}")}) if name in BUILTINS else EMPTY)

    def global_of(self, path: str, name: str) -> Values:
        """Return what a global of a module was ever given, else what its annotation promises."""
        found = self.fresh(self.machine.read(("global", path, name), self.unit))
        stands_in = self._stands_in(found)
        if stands_in or not self.knows(found):
            promised = self.machine.read(("declared", path, name), self.unit)
            if promised and self.machine.fallback:
                return found | promised if stands_in else self.or_promised(found, promised)
        return found

    def _stands_in(self, values: Values) -> bool:
        """Tell whether values are objects that hand on what they are asked for: one is declared to be what it stands for."""
        for value in values:
            info = self.machine.classes.get(value.key) if isinstance(value, Object) else None
            if info is not None and "__getattr__" in info.methods:
                return True
        return False

    def fresh(self, values: Values) -> Values:
        """Return values without names of modules that have been lowered since, where more is known by now."""
        if len(values) < 2:
            return values
        loaded = self.machine.project.modules
        stale = [value for value in values if isinstance(value, Pending) and value.path in loaded]
        return values.difference(stale) or values if stale else values

    def knows(self, values: Values) -> bool:
        """Tell whether anything useful is known; a name of some package that the catalog does not hold is not."""
        return is_known(values) and not all(
            isinstance(value, External) and not self.machine.matters(value) for value in values if is_known(frozenset({value}))
        )

    def or_tested(self, values: Values, promised: Values) -> Values:
        """Return values, or what a test for a class has shown them to be; what has a built-in type is not meant."""
        return self.or_promised(frozenset(value for value in values if not isinstance(value, (Text, Number, Container, Pending))), promised)

    def or_promised(self, values: Values, promised: Values) -> Values:
        """Return values, or what is promised where nothing is known of them; tags put on something unknown are put on that."""
        if not promised or self.knows(values):
            return values
        marks = [value.tags for value in values if isinstance(value, Sanctioned)]
        return values | (frozenset(wrap(item, tags) for item in promised for tags in marks) if marks else promised)

    def starred(self, path: str, name: str) -> Values:
        """Return what a star import of a module outside the project brings under a name."""
        catalog = self.machine.catalog
        stars = sorted(star.name for star in self.machine.read(("stars", path, ""), self.unit) if isinstance(star, External))
        for star in stars:
            dotted = f"{star}.{name}"
            if catalog.client(dotted) or catalog.function(dotted) or (star == "cost_lib" and name in library.FORMS):
                return frozenset({External(dotted)})
        return EMPTY

    def module_value(self, dotted: str) -> Value:
        """Return the module that a dotted name means: the project's, else an outside one."""
        path = self.machine.project.find(dotted, self.module) if dotted.partition(".")[0] != "cost_lib" else None
        if path is None:
            return External(dotted)
        self.machine.note_import(self.module.path, path)
        return ModuleOf(path)

    def bind(self, name: str, values: Values) -> None:
        """Give a variable a new value."""
        if name in self.globals:
            self.machine.write(("global", self.module.path, name), values)
            return
        if self.function is not None and name in self.function.nonlocals:
            outer = self.function.outer
            while outer is not None and name not in outer.local:
                outer = outer.outer
            if outer is not None:
                self.machine.write(("local", outer.key, name), values)
        self.env[name] = values
        if self.narrowed:
            self.env.pop(f"\0is\0{name}", None)
        if self.parted:
            for key in [key for key in self.env if key.startswith(f"{OF}{name}.")]:
                del self.env[key]

    def flush(self) -> None:
        """Publish what leaves the frame: variables that inner functions read, module globals, attributes that were set."""
        machine = self.machine
        info = self.function
        for key, values in self.env.items():
            if key.startswith("\0attr\0"):
                _, _, owner, attr = key.split("\0", 3)
                machine.write(("attr", owner, attr), values)
            elif key.startswith("\0"):
                continue
            elif self.cls is not None:
                machine.write(("attr", self.cls.key, key), values)
            elif info is None:
                machine.write(("global", self.module.path, key), values)
            elif key in info.shared:
                machine.write(("local", info.key, key), values)
