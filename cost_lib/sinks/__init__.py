"""Choose where events go.

``COSTMARK_SINK`` or ``meter(sink=...)`` says it: ``files`` (the default) or ``files:FOLDER``, ``mapped`` or ``mapped:FOLDER``,
``stdout``, ``stderr``, ``fd:3``, ``logging`` or ``logging:NAME``, ``otel``, ``memory``; ``meter`` takes a function or an object
with ``write`` too.
``COSTMARK_EVENTS_DIR`` names the folder of files, ``COSTMARK_KEEP_DAYS`` how many days they are kept. ``COSTMARK_OFF=1``
keeps nothing; under pytest events stay in memory unless ``COSTMARK_SINK`` is set.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from cost_lib.errors import SinkError
from cost_lib.operation import IS_LOCKED
from cost_lib.sinks.base import Sink
from cost_lib.sinks.files import Files
from cost_lib.sinks.memory import Memory
from cost_lib.stderr import say_once

__all__ = ["Choice", "Sink", "choose", "default", "folder"]

FOLDER: Final = "costmark-events"
FOLDER_VARIABLE: Final = "COSTMARK_EVENTS_DIR"
KEEP_VARIABLE: Final = "COSTMARK_KEEP_DAYS"
SINK_VARIABLE: Final = "COSTMARK_SINK"
OFF_VARIABLE: Final = "COSTMARK_OFF"
DESCRIPTORS: Final = {"stdout": 1, "stderr": 2}
Choice = Sink | Callable[[dict[str, Any]], object] | str


def default() -> Sink:
    """Return what the environment asks for; what it asks for in vain is said, and files take its place."""
    if os.environ.get(OFF_VARIABLE) == "1":
        return Memory()
    wanted = os.environ.get(SINK_VARIABLE, "")
    if not wanted and ("PYTEST_VERSION" in os.environ or "pytest" in sys.modules):
        return Memory()
    try:
        return choose(wanted or "files")
    except SinkError as problem:
        say_once("sink-choice", f"{SINK_VARIABLE} is set aside, events go to files: {problem}")
        return choose("files")


def folder() -> Path:
    """Return the folder that the environment names for what is kept in files."""
    kind, _, detail = os.environ.get(SINK_VARIABLE, "").partition(":")
    return Path((detail if kind in {"files", "mapped"} else "") or os.environ.get(FOLDER_VARIABLE) or FOLDER)


def choose(wanted: Choice) -> Sink:
    """Make a sink of what was asked for."""
    if not isinstance(wanted, str):
        return _given(wanted)
    kind, _, detail = wanted.partition(":")
    if kind == "files":
        return Files(Path(detail or os.environ.get(FOLDER_VARIABLE) or FOLDER), keep_days=_keep_days())
    if kind == "mapped":
        return _mapped(detail)
    if kind == "memory":
        return Memory()
    if kind in DESCRIPTORS or (kind == "fd" and detail.isdecimal()):
        from cost_lib.sinks.descriptor import Descriptor

        return Descriptor(DESCRIPTORS[kind] if kind in DESCRIPTORS else int(detail))
    if kind == "logging":
        from cost_lib.sinks.stdlog import NAME, Logging

        return Logging(detail or NAME)
    if kind == "otel":
        return _otel()
    raise SinkError(
        f"unknown sink {wanted!r}; write files, files:FOLDER, mapped, mapped:FOLDER, stdout, stderr, fd:NUMBER, logging, "
        "logging:NAME, otel or memory"
    )


def _mapped(detail: str) -> Sink:
    try:
        from cost_lib.sinks.mapped import Mapped
    except (ImportError, AttributeError):
        raise SinkError("the sink mapped needs what Linux offers; files keeps the same events everywhere") from None
    if not IS_LOCKED:
        raise SinkError("the sink mapped needs an interpreter with its lock; files keeps the same events everywhere")
    return Mapped(Path(detail or os.environ.get(FOLDER_VARIABLE) or FOLDER), keep_days=_keep_days())


def _given(wanted: Sink | Callable[[dict[str, Any]], object]) -> Sink:
    if hasattr(wanted, "write"):
        return wanted
    if callable(wanted):
        from cost_lib.sinks.function import Function

        return Function(wanted)
    raise SinkError(f"a sink is a name, a function or an object with write(line, at), not {type(wanted).__name__}")


def _otel() -> Sink:
    try:
        from cost_lib.sinks.otel import Otel
    except ImportError:
        raise SinkError("the sink otel needs the package opentelemetry-api; install it beside costmark") from None
    return Otel()


def _keep_days() -> int:
    wanted = os.environ.get(KEEP_VARIABLE, "")
    if wanted and not wanted.isdecimal():
        raise SinkError(f"{KEEP_VARIABLE} is a number of days, not {wanted!r}")
    return int(wanted or 0)
