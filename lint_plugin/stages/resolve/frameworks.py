"""What frameworks hand to the project's functions: the object of a ``click`` context, the task of ``celery``, the configs of ``django``."""

from __future__ import annotations

from typing import Final

from lint_plugin import ir
from lint_plugin.stages.resolve.evaluate import evaluate
from lint_plugin.stages.resolve.frame import Frame
from lint_plugin.stages.resolve.loose import ANY_CONTEXT, OBJ
from lint_plugin.stages.resolve.project import FunctionInfo
from lint_plugin.stages.resolve.scheduling import CONFIG, PASSING, labels_of
from lint_plugin.values import ClassOf, External, Object, Partial, Value, Values

TASKS: Final = frozenset({"task", "shared_task"})


def hand_over(frame: Frame, info: FunctionInfo, value: Value) -> None:
    """Give a decorated function what its decorator passes first."""
    if isinstance(value, External) and value.name == PASSING:
        _first(frame, info, frame.machine.read(("loose", ANY_CONTEXT, OBJ), frame.unit))
    elif isinstance(value, Partial) and value.target == External(PASSING):
        _first(frame, info, value.first)


def be_task(frame: Frame, info: FunctionInfo, decorator: ir.Expr) -> None:
    """Give a task the attributes of the class that its decorator names, and itself when it asks to be bound."""
    if not isinstance(decorator, ir.Call) or not isinstance(decorator.func, (ir.Name, ir.Attr)):
        return
    func = decorator.func
    if (func.attr if isinstance(func, ir.Attr) else func.id) not in TASKS:
        return
    given = {argument.keyword: argument.value for argument in decorator.args if argument.keyword}
    bases = evaluate(frame, given["base"]) if "base" in given else frozenset[Value]()
    tasks: Values = frozenset(Object(value.key) for value in bases if isinstance(value, ClassOf))
    if tasks:
        frame.machine.write(("task", info.key, ""), tasks)
        if given.get("bind") == ir.Lit("True"):
            _first(frame, info, tasks)


def _first(frame: Frame, info: FunctionInfo, values: Values) -> None:
    if info.params and values:
        frame.machine.write(("param", info.key, info.params[0].name), values)


def note_config(frame: Frame, key: str) -> None:
    """Note that a class is the config of an application, which others ask for by its label."""
    if any(isinstance(base, External) and base.name in CONFIG for base in frame.machine.read(("bases", key, ""), None)):
        frame.machine.write(("configs", "", ""), frozenset({ClassOf(key)}))
        for label in labels_of(frame, key):
            frame.machine.note_loose("get_app_config", label)
