"""Tag the tasks of Celery: what a task spends belongs to whoever sent it, and to what the task says itself.

``watch_tasks(tags={"feature": "nightly_summary"})``, once in the module that makes the application, for senders and workers alike.
The tags in force when a task is sent travel in its headers; what makes tags gets the task.
"""

from __future__ import annotations

from typing import Any, Final

from cost_lib.middleware.request_tags import Source, scope_for
from cost_lib.scope import CURRENT, Scope, clean

HEADER: Final = "costmark_tags"
UID: Final = "costmark"


class _Watch:
    """What the signals of Celery call."""

    def __init__(self, tags: Source) -> None:
        self.tags = tags
        self._running: dict[str, Scope] = {}

    def sent(self, headers: Any = None, **_: Any) -> None:
        """Give a task the tags of who sends it."""
        if headers is not None:
            headers.setdefault(HEADER, dict(CURRENT.get().tags))

    def begins(self, task_id: str = "", task: Any = None, **_: Any) -> None:
        """Run a task under its tags."""
        sent = getattr(task.request, HEADER, None)
        brought = clean(sent) if isinstance(sent, dict) else {}
        named = brought.get("chain_id") or CURRENT.get().tags.get("chain_id")
        own = scope_for(self.tags, task, chain=named or str(task.request.root_id or task_id), is_own=named is not None).own
        self._running[task_id] = scope = Scope({**brought, **own})
        scope.__enter__()

    def ends(self, task_id: str = "", **_: Any) -> None:
        """Take the tags of a task back."""
        scope = self._running.pop(task_id, None)
        if scope is not None:
            scope.__exit__()


class _Held:
    def __init__(self) -> None:
        self.watch: _Watch | None = None  # signals hold their receivers weakly


_held: Final = _Held()


def watch_tasks(tags: Source | None = None) -> None:
    """Tag every task from now on; a second time, with other tags."""
    from celery import signals

    watch = _held.watch = _Watch({} if tags is None else tags)
    for signal, receiver in (
        (signals.before_task_publish, watch.sent),
        (signals.task_prerun, watch.begins),
        (signals.task_postrun, watch.ends),
    ):
        signal.disconnect(dispatch_uid=UID)
        signal.connect(receiver, dispatch_uid=UID, weak=False)


def unwatch_tasks() -> None:
    """Leave tasks alone again."""
    from celery import signals

    _held.watch = None
    for signal in (signals.before_task_publish, signals.task_prerun, signals.task_postrun):
        signal.disconnect(dispatch_uid=UID)
