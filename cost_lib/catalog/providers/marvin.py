"""Know Marvin: the functions that ask a model, decorated functions, agents and tasks."""

from __future__ import annotations

from typing import Final

from cost_lib.catalog.model import Bills, ClientClass, Function, Layer, Method, Provider

AGENT = "marvin.Agent"
ASKING = "marvin.fn()"

PROVIDER: Final = Provider(
    name="marvin",
    layer=Layer.FRAMEWORK,
    packages=("marvin",),
    source="marvin 3.2.7 and 2.3.8, source read",
    checked="2026-11-22",
    classes=(
        ClientClass(
            names=(
                AGENT,
                "marvin.agents.Agent",
                "marvin.agents.agent.Agent",
                "marvin.Team",
                "marvin.Swarm",
                "marvin.agents.team.Team",
                "marvin.agents.team.Swarm",
                "marvin.Task",
                "marvin.tasks.Task",
                "marvin.tasks.task.Task",
            ),
            methods=(
                Method("run", api="agent", model=""),
                Method("run_async", api="agent", model=""),
                Method("run_stream", api="agent", model=""),
                Method("say", api="agent", model=""),
                Method("say_async", api="agent", model=""),
                Method("cast", model=""),
                Method("cast_async", model=""),
                Method("classify", model=""),
                Method("classify_async", model=""),
                Method("extract", model=""),
                Method("extract_async", model=""),
                Method("generate", model=""),
                Method("generate_async", model=""),
            ),
            free=("get_prompt", "get_tools", "get_memories", "get_model"),
            parts=("model", "members", "agents"),
        ),
        ClientClass(names=(ASKING,), methods=(Method("", model=""),), model=""),
    ),
    functions=(
        Function(
            names=(
                "marvin.run",
                "marvin.run_async",
                "marvin.run_stream",
                "marvin.run_tasks",
                "marvin.run_tasks_async",
                "marvin.run_tasks_stream",
                "marvin.say",
                "marvin.say_async",
                "marvin.plan",
                "marvin.plan_async",
            ),
            api="agent",
            model="",
        ),
        Function(
            names=(
                "marvin.cast",
                "marvin.cast_async",
                "marvin.caption",
                "marvin.caption_async",
                "marvin.classify",
                "marvin.classify_async",
                "marvin.extract",
                "marvin.extract_async",
                "marvin.generate",
                "marvin.generate_async",
                "marvin.generate_schema",
                "marvin.generate_schema_async",
                "marvin.summarize",
                "marvin.summarize_async",
                "marvin.ai.text.cast",
                "marvin.ai.text.classify",
                "marvin.ai.text.extract",
                "marvin.ai.text.generate",
            ),
            model="model_kwargs",
        ),
        Function(names=("marvin.paint", "marvin.paint_async"), api="images", model=""),
        Function(
            names=("marvin.speak", "marvin.speak_async", "marvin.transcribe", "marvin.transcribe_async"),
            api="audio",
            model="",
        ),
        # Used bare, ``@marvin.fn``: what the decorator makes of a function asks a model when it is called.
        Function(
            names=("marvin.fn", "marvin.ai_fn", "marvin.image", "marvin.speech", "marvin.classifier"),
            bills=Bills.FREE,
            api="",
            returns=ASKING,
            model="",
        ),
    ),
)
