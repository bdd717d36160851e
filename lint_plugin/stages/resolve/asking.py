"""What a ``__getattr__`` gives for each name that one of its branches is for: ``if name == "client": return OpenAI()``."""

from __future__ import annotations

from typing import Final

from lint_plugin import ir
from lint_plugin.stages.resolve.frame import Frame
from lint_plugin.stages.resolve.project import FunctionInfo
from lint_plugin.values import Values

GETATTR: Final = "__getattr__"


def names_in(info: FunctionInfo, test: ir.Expr) -> tuple[str, ...]:
    """Return the names that a test compares the one that is asked for with."""
    if not isinstance(test, ir.Multi) or len(test.items) != 2 or not info.params:
        return ()
    subject, other = test.items
    if not isinstance(subject, ir.Name):
        subject, other = other, subject
    if not isinstance(subject, ir.Name) or subject.id != info.params[-1].name:
        return ()
    parts = other.items if isinstance(other, ir.Seq) else (other,)
    return tuple(part.value for part in parts if isinstance(part, ir.Str))


def answer(frame: Frame, values: Values) -> None:
    """Keep what is returned here for the names that it is for; under no name when it is for any."""
    for name in frame.asked or ("",):
        frame.machine.write(("asked", frame.function_key(), name), values)


def answered(frame: Frame, key: str, name: str, *, any_other: bool) -> Values:
    """Return what a ``__getattr__`` gives for a name: of the branch for it, where there is one."""
    machine = frame.machine
    found = machine.read(("asked", key, name), frame.unit)
    if machine.has(("asked", key, name)) or not any_other:
        return found
    return machine.read(("asked", key, ""), frame.unit)
