"""Execute statements: what each name holds after them, and what runs under which scope."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final

from lint_plugin import ir
from lint_plugin.events import Block
from lint_plugin.ordering import ordered
from lint_plugin.stages.resolve.annotations import instances, may_matter, promise
from lint_plugin.stages.resolve.asking import GETATTR, answer, names_in
from lint_plugin.stages.resolve.attributes import of_module
from lint_plugin.stages.resolve.calls import spread
from lint_plugin.stages.resolve.deferred import hand_back, iterate
from lint_plugin.stages.resolve.defining import define_class, define_function
from lint_plugin.stages.resolve.entering import enter
from lint_plugin.stages.resolve.evaluate import assign, evaluate
from lint_plugin.stages.resolve.frame import OF, Frame
from lint_plugin.stages.resolve.frameworks import note_config
from lint_plugin.stages.resolve.narrowing import IS, narrow
from lint_plugin.stages.resolve.tagging import combine, form
from lint_plugin.values import (
    EMPTY,
    ClassOf,
    Container,
    External,
    ModuleOf,
    Object,
    Pending,
    Stack,
    Tags,
    Text,
    Value,
    Values,
    join,
    merge_tags,
)

Environment = dict[str, Values]


class Ends(list[Environment]):
    """The variables at the end of each path, and the scopes that an exit stack holds open there."""

    def __init__(self, before: Iterable[Environment] = ()) -> None:
        """Begin with the paths that leave out every branch."""
        super().__init__(before)
        self.opened: list[list[Block]] = [[] for _ in self]

    def add(self, environment: Environment, opened: list[Block]) -> None:
        """Add a path."""
        self.append(environment)
        self.opened.append(opened)


def run(frame: Frame, body: Iterable[ir.Stmt]) -> None:
    """Execute a block; what stands behind a ``return`` is not reached."""
    for statement in body:
        if frame.dead:
            # definitions behind a return are dead; nothing there can bill
            return
        _EXECUTE[type(statement)](frame, statement)


def _do(frame: Frame, node: ir.Do) -> None:
    evaluate(frame, node.value)
    if isinstance(node.value, ir.Multi) and node.value.items:  # ``assert isinstance(...)``
        narrow(frame, node.value.items[0], holds=True)


def _assign(frame: Frame, node: ir.Assign) -> None:
    if node.value is None:
        _note_declared(frame, node)
        return
    values = evaluate(frame, node.value)
    if node.annotation is not None:
        _note_declared(frame, node)
        if frame.knows(values):
            values = promise(frame, values, node.annotation)
    for target in node.targets:
        assign(frame, target, values)


def _note_declared(frame: Frame, node: ir.Assign) -> None:
    """Keep what an annotation promises, for when nothing known is ever stored under that name or attribute."""
    promised = instances(frame, node.annotation) if may_matter(node.annotation) else EMPTY
    if not frame.machine.falls_back_on(promised):
        return
    target = node.targets[0]
    if isinstance(target, ir.Attr):
        for owner in evaluate(frame, target.value):
            if isinstance(owner, (Object, ClassOf)):
                frame.machine.write(("declared", owner.key, target.attr), promised)
    elif isinstance(target, ir.Name) and frame.cls is not None:
        frame.machine.write(("declared", frame.cls.key, target.id), promised)
    elif isinstance(target, ir.Name):
        frame.declared[target.id] = promised
        if frame.function is None:
            frame.machine.write(("declared", frame.module.path, target.id), promised)


def _augmented(frame: Frame, node: ir.AugAssign) -> None:
    values = evaluate(frame, node.value)
    if isinstance(node.target, (ir.Name, ir.Attr)):
        old = evaluate(frame, node.target, callee=True)
        holders = [value for value in old if isinstance(value, Container)]
        for holder in holders:
            for value in ordered(values):
                spread(frame, holder, value)
        if not holders:
            combined = evaluate(frame, ir.BinOp(node.op, node.target, node.value)) if node.op else EMPTY
            assign(frame, node.target, combined or join(old, values))


def _return(frame: Frame, node: ir.Return) -> None:
    values = EMPTY if node.value is None else evaluate(frame, node.value)
    if frame.function is not None and not frame.function.is_lambda:
        frame.machine.write(("return", frame.function.key, ""), values)
        if frame.function.name == GETATTR:
            answer(frame, values)
        hand_back(frame, values)
    frame.flush()
    frame.dead = True


def _leave(frame: Frame, node: ir.Leave) -> None:
    for value in node.values:
        evaluate(frame, value)
    if node.kind == "raise":
        frame.dead = True


def _delete(frame: Frame, node: ir.Delete) -> None:
    for target in node.targets:
        for part in target.items if isinstance(target, ir.Seq) else (target,):
            if isinstance(part, ir.Name):
                frame.env.pop(part.id, None)
            elif isinstance(part, ir.Subscript):
                evaluate(frame, part)
            elif isinstance(part, ir.Attr):
                evaluate(frame, part.value)


# --- imports ---


def _import(frame: Frame, node: ir.Import) -> None:
    for dotted, bound in node.names:
        if bound:
            frame.bind(bound, frozenset({frame.module_value(dotted)}))
        else:
            root = dotted.partition(".")[0]
            value = frame.module_value(root)
            if isinstance(value, ModuleOf):
                frame.machine.read(("loaded", value.path, ""), frame.unit)
            frame.bind(root, frozenset({value}))


def _import_from(frame: Frame, node: ir.ImportFrom) -> None:
    machine = frame.machine
    candidates = machine.project.relative(frame.module, node.module, node.level)
    for name, bound in node.names:
        if name == "*":
            _import_star(frame, candidates)
            continue
        frame.bind(bound, _imported(frame, candidates, name))


def _imported(frame: Frame, candidates: list[str], name: str) -> Values:
    machine = frame.machine
    for dotted in candidates:
        full = f"{dotted}.{name}"
        if full in machine.wrappers.by_name or dotted.partition(".")[0] == "cost_lib":
            return frozenset({External(full)})
        path = machine.project.find(dotted, frame.module)
        if path is not None and path != frame.module.path:
            machine.note_import(frame.module.path, path)
            found = of_module(frame, ModuleOf(path), name)
            if found:
                return found
            below = machine.project.find(full, frame.module)
            if below is not None:
                return frozenset({ModuleOf(below)})
            return EMPTY
        below = machine.project.find(full, frame.module)
        if below is not None:
            machine.note_import(frame.module.path, below)
            return frozenset({ModuleOf(below)})
    return frozenset({External(f"{candidates[0]}.{name}")}) if candidates else EMPTY


def _import_star(frame: Frame, candidates: list[str]) -> None:
    machine = frame.machine
    for dotted in candidates:
        path = machine.project.find(dotted, frame.module)
        if path is None or dotted.partition(".")[0] == "cost_lib":
            continue
        machine.note_import(frame.module.path, path)
        if path not in machine.project.modules:
            machine.want(Pending(path, "*"))
            machine.read(("loaded", path, ""), frame.unit)
            return
        machine.read(("names", path, ""), frame.unit)
        exported = _exported(frame, path)
        for name in sorted(machine.global_names.get(path, ())):
            if name in exported if exported is not None else not name.startswith("_"):
                frame.bind(name, machine.read(("global", path, name), frame.unit))
        for star in machine.read(("stars", path, ""), frame.unit):
            if isinstance(star, External):
                _add_star(frame, star)
        return
    for dotted in candidates[:1]:
        _add_star(frame, External(dotted))


def _exported(frame: Frame, path: str) -> frozenset[str] | None:
    """Return the names in a module's ``__all__``; ``None`` when it has none that can be read."""
    machine = frame.machine
    found: set[str] = set()
    for value in machine.read(("global", path, "__all__"), frame.unit):
        if isinstance(value, Container):
            for key in ["", *(str(number) for number in range(200))]:
                held = machine.read(("item", value.site, key), frame.unit)
                if not held and key:
                    break
                found.update(item.text for item in held if isinstance(item, Text))
    return frozenset(found) if found else None


def _add_star(frame: Frame, star: External) -> None:
    """Note a star import of a module outside the project; code that uses what it brings is worth a look."""
    machine = frame.machine
    machine.write(("stars", frame.module.path, ""), frozenset({star}))
    if machine.matters(star):
        for info in frame.module.functions.values():
            if any(frame.starred(frame.module.path, ident) for ident in info.idents):
                machine.activate(info)


# --- branches ---


def _if(frame: Frame, node: ir.If) -> None:
    evaluate(frame, node.test)
    before, asked = frame.env, frame.asked
    ends = Ends()
    for branch, holds in ((node.body, True), (node.orelse, False)):
        frame.env = dict(before)
        narrow(frame, node.test, holds=holds)
        if holds and frame.function is not None and frame.function.name == GETATTR:
            frame.asked = names_in(frame.function, node.test) or asked
        _branch(frame, branch, ends)
        frame.asked = asked
    _merge(frame, ends)


def _branch(frame: Frame, body: tuple[ir.Stmt, ...], ends: Ends, *, states: list[Environment] | None = None) -> None:
    """Run one branch; its end counts unless it is left by ``return`` or ``raise``.

    ``states`` takes the variables as they are between its statements.
    """
    blocks = frame.blocks
    if states is None:
        run(frame, body)
    else:
        for statement in body:
            run(frame, (statement,))
            states.append(dict(frame.env))
    opened = [] if frame.blocks is blocks else [block for block in frame.blocks if not any(block is old for old in blocks)]
    frame.blocks = blocks
    if not frame.dead:
        ends.add(frame.env, opened)
    frame.dead = False


def _merge(frame: Frame, ends: Ends) -> None:
    if not ends:
        frame.dead = True
        return
    frame.env = ends[0] if len(ends) == 1 else _joined(frame, ends)
    if any(ends.opened):
        _keep_open(frame, ends.opened)


def _keep_open(frame: Frame, opened: list[list[Block]]) -> None:
    """Let the scopes that stacks were given on some paths hold behind them, for what every path proves."""
    every = [block for blocks in opened for block in blocks]
    tags = combine([_together(blocks) for blocks in opened])
    if tags is None:
        return
    kind = "record" if all(any(block.kind == "record" for block in blocks) for blocks in opened) else "with"
    block = Block(tags, kind, min(block.start for block in every), -1)
    frame.blocks = [*frame.blocks, block]
    for held in frame.stack_blocks.values():
        if any(block is one for block in held for one in every):
            held.append(frame.blocks[-1])


def _together(blocks: list[Block]) -> Tags | None:
    """Return the tags that scopes one inside the other give."""
    tags: Tags | None = None
    for block in blocks:
        tags = merge_tags(tags, block.tags)
    return tags


def _joined(frame: Frame, ends: list[Environment]) -> Environment:
    """Return the variables after several paths; most are untouched, so the same object on every path is the quick case."""
    first, *others = ends
    merged: Environment = dict(first)
    differing: dict[str, None] = {}
    for other in others:
        # a module has thousands of names, and nearly all are the same objects: ``map`` keeps that in C
        pairs = zip(first.items(), map(other.get, first), strict=True)
        differing.update((name, None) for (name, one), two in pairs if one is not two)
        if len(other) != len(first) or differing:
            differing.update((name, None) for name in other if name not in first)
    for name in differing:
        merged.pop(name, None)
    for name in differing:
        if name.startswith(IS):
            continue  # said on some paths only
        present = [end[name] for end in ends if name in end]
        if name.startswith(OF) and len(present) < len(ends):
            continue  # what any object of the class can have stands in for it
        if len(present) == len(ends) or frame.function is None:
            # at module level a name bound on one path only: the other path raises or does not use it
            merged[name] = join(*present)
        elif name.startswith("\0attr\0"):
            _, _, owner, attr = name.split("\0", 3)
            for values in present:
                frame.machine.write(("attr", owner, attr), values)
        else:
            merged[name] = join(*present, EMPTY)
    return merged


def _loop(frame: Frame, node: ir.For | ir.While, head: Callable[[], None]) -> None:
    before = dict(frame.env)
    # What one turn leaves behind the next one finds; inside another loop that loop's second turn does it.
    turns = 1 if frame.looping else 2
    frame.looping = True
    for _ in range(turns):
        head()
        ends = Ends([before])
        _branch(frame, node.body, ends)
        _merge(frame, ends)
        before = dict(frame.env)
    frame.looping = turns == 1
    after, blocks = dict(frame.env), frame.blocks
    run(frame, node.orelse)
    if frame.dead:  # ``else: raise``: what follows is reached by ``break``
        frame.dead, frame.env, frame.blocks = False, after, blocks


def _for(frame: Frame, node: ir.For) -> None:
    source = evaluate(frame, node.iter)
    pos = node.iter.pos if isinstance(node.iter, (ir.Call, ir.Name, ir.Attr)) else -1
    found = iterate(frame, source, pos)
    _loop(frame, node, lambda: assign(frame, node.target, found))


def _while(frame: Frame, node: ir.While) -> None:
    _loop(frame, node, lambda: (evaluate(frame, node.test), None)[1])


def _try(frame: Frame, node: ir.Try) -> None:
    states = [dict(frame.env)]
    ends = Ends()
    _branch(frame, (*node.body, *node.orelse), ends, states=states)
    after = ends[0] if ends else frame.env
    start = _joined(frame, [*states, after]) if node.handlers or node.final else after
    if node.handlers:
        for handler in node.handlers:
            frame.env = dict(start)
            if handler.type is not None:
                evaluate(frame, handler.type)
            if handler.name:
                frame.bind(handler.name, EMPTY)
            _branch(frame, handler.body, ends)
        _sanction(ends, after)
    if node.final:
        # behind an exception that nothing caught, from wherever in the body
        frame.env = dict(start)
        _branch(frame, node.final, Ends())
    _merge(frame, ends)
    if node.final and ends:
        run(frame, node.final)


def _sanction(ends: Ends, imported: Environment) -> None:
    """Let a sanctioned import stand where a handler binds a fallback for it."""
    sanctioned = {name: values for name, values in imported.items() if values and all(_is_ours(value) for value in values)}
    for number, end in enumerate(ends):
        if end is not imported and any(name in end and end[name] != values for name, values in sanctioned.items()):
            ends[number] = {**end, **sanctioned}


def _is_ours(value: Value) -> bool:
    return isinstance(value, External) and (value.name == "cost_lib" or bool(form(value.name)))


def _with(frame: Frame, node: ir.With) -> None:
    opened: list[Value] = []
    before = frame.blocks
    for item in node.items:
        values = evaluate(frame, item.value)
        opened += values
        given = enter(frame, values, item.pos, start=node.start, end=node.end)
        if item.target is not None:
            assign(frame, item.target, given)
    own = [block for block in frame.blocks if not any(block is old for old in before)]
    run(frame, node.body)
    for value in opened:
        if isinstance(value, Stack):
            own += frame.stack_blocks.pop(value.site, [])
    frame.blocks = [block for block in frame.blocks if not any(block is gone for gone in own)]


def _match(frame: Frame, node: ir.Match) -> None:
    evaluate(frame, node.subject)
    before = frame.env
    ends = Ends() if any(case.always for case in node.cases) else Ends([dict(before)])
    for case in node.cases:
        frame.env = dict(before)
        for value in case.values:
            evaluate(frame, value)
        for name in case.names:
            frame.bind(name, EMPTY)
        if case.guard is not None:
            evaluate(frame, case.guard)
        _branch(frame, case.body, ends)
    _merge(frame, ends)


def _scope(frame: Frame, node: ir.Scope) -> None:
    if node.kind == "global":
        frame.globals.update(node.names)


def _function(frame: Frame, node: ir.Function) -> None:
    frame.bind(node.name, define_function(frame, node))


def _class(frame: Frame, node: ir.Class) -> None:
    info = frame.module.classes.get(node.pos)
    if info is None:
        return
    frame.bind(node.name, define_class(frame, info))
    inner = Frame(frame.machine, frame.module, frame.unit, function=frame.function, cls=info, outer=frame, qualname=info.qualname)
    run(inner, node.body)
    inner.flush()
    note_config(frame, info.key)


_EXECUTE: Final[dict[type, Callable[[Frame, Any], None]]] = {
    ir.Do: _do,
    ir.Assign: _assign,
    ir.AugAssign: _augmented,
    ir.Return: _return,
    ir.Leave: _leave,
    ir.Delete: _delete,
    ir.Import: _import,
    ir.ImportFrom: _import_from,
    ir.If: _if,
    ir.For: _for,
    ir.While: _while,
    ir.Try: _try,
    ir.With: _with,
    ir.Match: _match,
    ir.Scope: _scope,
    ir.Function: _function,
    ir.Class: _class,
}
