"""Read ``--where``: conditions on known names, combined with and, or, not and parentheses; values become parameters.

    condition := either { "or" either }
    either    := one { "and" one }
    one       := "not" one | "(" condition ")" | name test
    test      := ("=" | "!=") value | (">" | ">=" | "<" | "<=") value | ["not"] "in" "(" value { "," value } ")" | "is" ["not"] "missing"
    value     := a word, or any text in single or double quotes

A word that ends in ``*`` means all that begins so. What is missing equals the empty text, so that ``!=`` is exactly what ``=`` is not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Final, NamedTuple

from cost_lib.ledger.asking.dimensions import Dimension, named
from cost_lib.ledger.asking.tokens import AskedWronglyError, Token, cut, plain

if TYPE_CHECKING:
    from cost_lib.policy import Policy

OPTION: Final = "--where"
ORDERED: Final = (">", ">=", "<", "<=")
NANO: Final = 10**9
MOST: Final = 2**63 - 1
DEEPEST: Final = 50  # parentheses and «not» within each other
LONGEST: Final = 10_000  # characters
EXAMPLE: Final = "such as feature=faq or model in (gpt-4o, gpt-4o-mini)"
BEGUN: Final = re.compile(r"[0-9-]*\*")  # all times that begin so
Value = str | int | float


class Condition(NamedTuple):
    """What is asked for, as SQL of our own with parameters."""

    sql: str
    parameters: dict[str, Value]
    columns: frozenset[str]
    tags: frozenset[str] = frozenset()  # custom ones


def read_conditions(texts: Sequence[str], rules: Policy) -> Condition:
    """Read conditions that must all hold."""
    reader = _Reader(rules)
    found = [reader.read(text) for text in texts]
    return Condition(
        " AND ".join(f"({one})" for one in found) or "true", reader.parameters, frozenset(reader.columns), frozenset(reader.tags)
    )


class _Reader:
    """Recursive descent over the tokens of one text after the other."""

    def __init__(self, rules: Policy) -> None:
        self.rules = rules
        self.parameters: dict[str, Value] = {}
        self.columns: set[str] = set()
        self.tags: set[str] = set()
        self.text = ""
        self.tokens: list[Token] = []
        self.at = 0
        self.depth = 0

    def read(self, text: str) -> str:
        if len(text) > LONGEST:
            raise AskedWronglyError(f"a condition has at most {LONGEST:,} characters", OPTION, text[:40], 0, 40)
        self.text, self.tokens, self.at, self.depth = text, cut(text, OPTION), 0, 0
        found = self.condition()
        if self.token.kind != "end":
            raise self.wrong(f"{plain(self.token.text)!r} is more than was expected; conditions are joined by and, or")
        return found

    @property
    def token(self) -> Token:
        return self.tokens[self.at]

    def condition(self) -> str:
        found = [self.either()]
        while self.takes("or"):
            found.append(self.either())
        return found[0] if len(found) == 1 else f"({' OR '.join(found)})"

    def either(self) -> str:
        found = [self.one()]
        while self.takes("and"):
            found.append(self.one())
        return found[0] if len(found) == 1 else f"({' AND '.join(found)})"

    def one(self) -> str:
        self.depth += 1
        if self.depth > DEEPEST:
            raise self.wrong(f"more than {DEEPEST} conditions stand within each other")
        if self.takes("not"):
            found = f"NOT ({self.one()})"
        elif self.takes("(", "sign"):
            found = self.condition()
            self.demand(")")
        else:
            found = self.test()
        self.depth -= 1
        return found

    def test(self) -> str:
        token = self.next("word", "name", wanted=f"a name was expected, {EXAMPLE}")
        of = named(token, self.rules, option=OPTION, text=self.text, numbers=True)
        self.columns |= of.columns
        self.tags |= {of.tag} if of.tag is not None else set()
        left = of.expression if of.tag is None else of.expression.replace("{tag}", self.bound(of.tag))
        if self.takes("is"):
            inverse = self.takes("not")
            if not self.takes("missing"):
                raise self.wrong("«is» is followed by missing or not missing")
            return f"{left} IS {'NOT ' if inverse else ''}NULL"
        inverse = self.takes("not")
        if self.takes("in"):
            return f"{'NOT ' if inverse else ''}({self.listed(of, left)})"
        if inverse or self.token.kind != "sign" or self.token.text in "(),":
            raise self.wrong(f"{plain(token.text)} is followed by one of = != > >= < <= in, is missing; {EXAMPLE}")
        sign = self.next("sign").text
        return self.compared(of, left, sign)

    def listed(self, of: Dimension, left: str) -> str:
        self.demand("(")
        found = [self.equal(of, left, self.value())]
        while self.takes(",", "sign"):
            found.append(self.equal(of, left, self.value()))
        self.demand(")")
        return " OR ".join(found)

    def compared(self, of: Dimension, left: str, sign: str) -> str:
        value = self.value()
        if sign in ORDERED:
            if of.kind == "text":
                raise self.wrong(f"{of.name} has no order; > and < are for figures and times", value)
            right = self.bound(self.moment(of, value) if of.kind == "time" else self.number(of, value))
            return f"coalesce({left} {sign} {right}, false)"
        found = self.equal(of, left, value)
        return found if sign == "=" else f"NOT ({found})"

    def equal(self, of: Dimension, left: str, value: Token) -> str:
        if of.kind in ("number", "money"):
            return f"coalesce({left} = {self.bound(self.number(of, value))}, false)"
        if of.kind == "time" and not (value.kind == "word" and BEGUN.fullmatch(value.text)):
            return f"coalesce({left}, '') = {self.bound(self.moment(of, value))}"
        if value.kind == "word" and value.text.endswith("*"):
            return f"starts_with(coalesce({left}, ''), {self.bound(value.text[:-1])})"
        return f"coalesce({left}, '') = {self.bound(value.text)}"

    def moment(self, of: Dimension, value: Token) -> str:
        """Read a day, the Monday of a week, or a month; texts of one form order as their times do."""
        form = "2026-11" if of.name == "month" else "2026-11-02"
        try:
            found = date.fromisoformat(f"{value.text}{'-01' if of.name == 'month' else ''}")
        except ValueError:
            found = None
        if found is None or str(found)[: len(form)] != value.text:  # other spellings of ISO 8601 order otherwise
            raise self.wrong(f"{of.name} is compared with a time, such as {form}", value)
        if of.name == "week" and found.weekday():
            raise self.wrong(f"a week is the Monday it begins with: {found - timedelta(days=found.weekday())}", value)
        return value.text

    def number(self, of: Dimension, value: Token) -> int | float:
        try:
            found = Decimal(value.text.removeprefix("$"))
        except InvalidOperation:
            found = Decimal("NaN")
        if not found.is_finite() or not -MOST <= found <= MOST:  # a comparison; arithmetic overflows
            raise self.wrong(f"{of.name} is compared with a number{' of USD' if of.kind == 'money' else ''}", value)
        if of.kind == "money":
            found = found.scaleb(9)
            if not -MOST <= found <= MOST:
                raise self.wrong("no sum of money is that large", value)
        return int(found) if found == found.to_integral_value() else float(found)

    def value(self) -> Token:
        return self.next("word", "quoted", wanted="a value was expected; text with spaces or signs goes into quotes")

    def bound(self, value: Value) -> str:
        name = f"w{len(self.parameters) + 1}"
        self.parameters[name] = value
        return f"${name}"

    def takes(self, text: str, kind: str = "word") -> bool:
        if self.token.kind != kind or self.token.text.lower() != text:
            return False
        self.at += 1
        return True

    def demand(self, sign: str) -> None:
        if not self.takes(sign, "sign"):
            raise self.wrong(f"{sign} was expected")

    def next(self, *kinds: str, wanted: str = "a comparison was expected") -> Token:
        if self.token.kind not in kinds:
            raise self.wrong(wanted)
        self.at += 1
        return self.tokens[self.at - 1]

    def wrong(self, message: str, token: Token | None = None) -> AskedWronglyError:
        where = token or self.token
        return AskedWronglyError(message, OPTION, self.text, where.start, where.end)
