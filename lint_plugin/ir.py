"""The intermediate form that a module is lowered to: what matters for following objects, and nothing else.

Every node is plain data (msgpack arrays in the index), free of the syntax tree. ``pos`` is the character offset, in the decoded
source, of the name token that a reader would point at: the leaf attribute of a call, the keyword of an argument, the name that
a statement defines.
"""

from __future__ import annotations

from typing import Final

import msgspec

URL_IDENT: Final = "://"  # stands among the identifiers of code that holds a URL literal

SCALING: Final = frozenset({"*", "/"})  # operators that prices are made with


class Node(msgspec.Struct, frozen=True, array_like=True, gc=False, tag_field="node"):
    """Base of every node."""


# --- expressions -----------------------------------------------------------------------------------------------------


class Name(Node, frozen=True, tag=1):
    """Read of a variable."""

    id: str
    pos: int


class Attr(Node, frozen=True, tag=2):
    """``value.attr``; ``pos`` is that of ``attr``."""

    value: Expr
    attr: str
    pos: int


class Arg(Node, frozen=True, tag=3):
    """One argument; ``star`` is 0, 1 for ``*x`` and 2 for ``**x``."""

    value: Expr
    keyword: str = ""
    star: int = 0
    pos: int = -1


class Call(Node, frozen=True, tag=4):
    """``func(args)``; ``pos`` is the leaf of ``func``, or the first token known in it."""

    func: Expr
    args: tuple[Arg, ...]
    pos: int


class Str(Node, frozen=True, tag=5):
    """A string literal (implicit concatenation folded)."""

    value: str
    pos: int = -1


class Lit(Node, frozen=True, tag=6):
    """``None``, ``True``, ``False``, ``...`` or a number, as written."""

    text: str


class FStr(Node, frozen=True, tag=7):
    """An f-string or t-string: literal text and expressions in order."""

    parts: tuple[Expr, ...]


class BinOp(Node, frozen=True, tag=8):
    """Only the operators that move objects or text (``+``, ``|``, ``%``, ``>>``) or make a price (``*``, ``/``).

    ``pos`` is that of the name before the operator.
    """

    op: str
    left: Expr
    right: Expr
    pos: int = -1


class Either(Node, frozen=True, tag=9):
    """One of several: ``a or b``, ``a and b``, ``x if c else y`` (``tests`` are evaluated for what they do)."""

    options: tuple[Expr, ...]
    tests: tuple[Expr, ...] = ()


class Multi(Node, frozen=True, tag=10):
    """Operands whose result is of no interest; they are evaluated for what they do."""

    items: tuple[Expr, ...]


class Seq(Node, frozen=True, tag=11):
    """A list, tuple or set display; ``Star`` items are unpacked."""

    kind: str
    items: tuple[Expr, ...]
    pos: int


class Star(Node, frozen=True, tag=12):
    """``*x`` inside a display or an assignment target."""

    value: Expr


class Dict(Node, frozen=True, tag=13):
    """A dict display; a ``None`` key stands for ``**value``."""

    items: tuple[tuple[Expr | None, Expr], ...]
    pos: int


class Subscript(Node, frozen=True, tag=14):
    """``value[index]``."""

    value: Expr
    index: Expr
    pos: int


class Clause(Node, frozen=True, tag=15):
    """``for target in iter if ...`` of a comprehension."""

    target: Expr
    iter: Expr
    ifs: tuple[Expr, ...]


class Comp(Node, frozen=True, tag=16):
    """A comprehension (``list``, ``set``, ``dict``) or generator expression (``gen``)."""

    kind: str
    items: tuple[Expr, ...]
    clauses: tuple[Clause, ...]
    pos: int


class Await(Node, frozen=True, tag=17):
    """``await value``."""

    value: Expr


class Yield(Node, frozen=True, tag=18):
    """``yield value`` or, with ``source``, ``yield from value``."""

    value: Expr | None
    source: bool
    pos: int


class Walrus(Node, frozen=True, tag=19):
    """``target := value``."""

    target: str
    value: Expr
    pos: int


class Lambda(Node, frozen=True, tag=20):
    """``lambda params: body``."""

    params: tuple[Param, ...]
    body: Expr
    pos: int
    idents: tuple[str, ...] = ()


# --- statements ------------------------------------------------------------------------------------------------------


class Param(Node, frozen=True, tag=40):
    """One parameter; ``kind`` is ``/`` positional-only, ``p`` plain, ``*`` varargs, ``k`` keyword-only, ``**`` kwargs."""

    name: str
    kind: str
    annotation: Expr | None
    default: Expr | None
    pos: int


class Do(Node, frozen=True, tag=41):
    """An expression statement."""

    value: Expr


class Assign(Node, frozen=True, tag=42):
    """Assignment, with or without annotation; ``value`` is ``None`` for a bare annotation."""

    targets: tuple[Expr, ...]
    value: Expr | None
    annotation: Expr | None = None


class AugAssign(Node, frozen=True, tag=43):
    """``target op= value``."""

    target: Expr
    op: str
    value: Expr


class Return(Node, frozen=True, tag=44):
    """``return value``."""

    value: Expr | None


class Leave(Node, frozen=True, tag=45):
    """``raise``, ``break`` or ``continue``; ``values`` are evaluated for what they do."""

    kind: str
    values: tuple[Expr, ...]


class Delete(Node, frozen=True, tag=46):
    """``del target``."""

    targets: tuple[Expr, ...]


class Import(Node, frozen=True, tag=47):
    """``import dotted as name`` for each pair; an empty name binds the first segment."""

    names: tuple[tuple[str, str], ...]


class ImportFrom(Node, frozen=True, tag=48):
    """``from module import name as bound``; ``*`` alone for a star import."""

    module: str
    level: int
    names: tuple[tuple[str, str], ...]


class If(Node, frozen=True, tag=49):
    """``if``/``elif``/``else``."""

    test: Expr
    body: tuple[Stmt, ...]
    orelse: tuple[Stmt, ...]


class For(Node, frozen=True, tag=50):
    """``for`` and ``async for``."""

    target: Expr
    iter: Expr
    body: tuple[Stmt, ...]
    orelse: tuple[Stmt, ...]


class While(Node, frozen=True, tag=51):
    """``while``."""

    test: Expr
    body: tuple[Stmt, ...]
    orelse: tuple[Stmt, ...]


class Handler(Node, frozen=True, tag=52):
    """One ``except`` clause."""

    type: Expr | None
    name: str
    body: tuple[Stmt, ...]


class Try(Node, frozen=True, tag=53):
    """``try`` with all its parts."""

    body: tuple[Stmt, ...]
    handlers: tuple[Handler, ...]
    orelse: tuple[Stmt, ...]
    final: tuple[Stmt, ...]


class WithItem(Node, frozen=True, tag=54):
    """``value as target``; ``pos`` is the first name of the value."""

    value: Expr
    target: Expr | None
    pos: int


class With(Node, frozen=True, tag=55):
    """``with`` and ``async with``; ``start`` and ``end`` are the offsets of the first and last name token of the block."""

    items: tuple[WithItem, ...]
    body: tuple[Stmt, ...]
    start: int
    end: int


class Case(Node, frozen=True, tag=56):
    """One ``case``: the names that the pattern binds, its value expressions, guard and body."""

    names: tuple[str, ...]
    values: tuple[Expr, ...]
    guard: Expr | None
    body: tuple[Stmt, ...]
    always: bool = False  # ``case _`` and ``case name``: whatever comes here is taken


class Match(Node, frozen=True, tag=57):
    """``match``."""

    subject: Expr
    cases: tuple[Case, ...]


class Scope(Node, frozen=True, tag=58):
    """``global`` or ``nonlocal``."""

    kind: str
    names: tuple[str, ...]


class Function(Node, frozen=True, tag=59):
    """``def``; ``idents`` are all names and attributes read or bound in the body, nested definitions apart."""

    name: str
    params: tuple[Param, ...]
    body: tuple[Stmt, ...]
    decorators: tuple[Expr, ...]
    returns: Expr | None
    pos: int
    idents: tuple[str, ...]
    asynchronous: bool = False
    generator: bool = False
    locals: tuple[str, ...] = ()


class Class(Node, frozen=True, tag=60):
    """``class``."""

    name: str
    bases: tuple[Arg, ...]
    body: tuple[Stmt, ...]
    decorators: tuple[Expr, ...]
    pos: int


Expr = (
    Name | Attr | Call | Str | Lit | FStr | BinOp | Either | Multi | Seq | Star | Dict | Subscript | Comp | Await | Yield | Walrus | Lambda
)
Stmt = (
    Do
    | Assign
    | AugAssign
    | Return
    | Leave
    | Delete
    | Import
    | ImportFrom
    | If
    | For
    | While
    | Try
    | With
    | Match
    | Scope
    | Function
    | Class
)


class Module(Node, frozen=True, tag=90):
    """One lowered module."""

    body: tuple[Stmt, ...]
    idents: tuple[str, ...]
    exact: bool = True  # positions come from the token scan; False: from libcst's own, slower position metadata
