"""Know ControlFlow: tasks, agents and the functions that run them."""

from __future__ import annotations

from typing import Final

from cost_lib.catalog.model import ClientClass, Function, Layer, Method, Provider

PROVIDER: Final = Provider(
    name="controlflow",
    layer=Layer.FRAMEWORK,
    packages=("controlflow",),
    source="controlflow 0.12.1, source read",
    checked="2026-11-22",
    classes=(
        ClientClass(
            names=(
                "controlflow.Agent",
                "controlflow.agents.Agent",
                "controlflow.Task",
                "controlflow.tasks.Task",
                "controlflow.tasks.task.Task",
            ),
            methods=(
                Method("run", api="agent", model=""),
                Method("run_async", api="agent", model=""),
                Method("plan", api="agent", model=""),
            ),
            free=("create_context", "get_tools", "get_prompt", "get_agents"),
            parts=("model", "agents"),
        ),
    ),
    functions=(
        Function(
            names=(
                "controlflow.run",
                "controlflow.run_async",
                "controlflow.run_tasks",
                "controlflow.run_tasks_async",
                "controlflow.plan",
                "controlflow.run.run",
                "controlflow.run.run_async",
            ),
            api="agent",
            model="",
        ),
    ),
)
