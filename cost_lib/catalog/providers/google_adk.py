"""Know Google's Agent Development Kit: runners, agents, models, the evaluator."""

from __future__ import annotations

from typing import Final

from cost_lib.catalog.model import ClientClass, Function, Layer, Method, Provider, Transport

RUNNER = "google.adk.runners.Runner"
BASE_AGENT = "google.adk.agents.BaseAgent"
MODEL = "google.adk.models.BaseLlm"

PROVIDER: Final = Provider(
    name="google-adk",
    layer=Layer.FRAMEWORK,
    packages=("google-adk",),
    source="google-adk 2.13.0, source read",
    checked="2026-11-22",
    classes=(
        ClientClass(
            names=(
                RUNNER,
                "google.adk.Runner",
                "google.adk.runners.InMemoryRunner",
                "google.adk.InMemoryRunner",
            ),
            methods=(
                Method("run", api="agent", model=""),
                Method("run_async", api="agent", model=""),
                Method("run_debug", api="agent", model=""),
                Method("run_live", api="realtime", transport=Transport.WEBSOCKET, model=""),
            ),
            free=("close", "rewind_async", "create_session", "get_session"),
            model="",
        ),
        ClientClass(
            names=(BASE_AGENT, "google.adk.agents.base_agent.BaseAgent"),
            methods=(
                Method("run_async", api="agent", model=""),
                Method("run_live", api="realtime", transport=Transport.WEBSOCKET, model=""),
            ),
            free=("find_agent", "find_sub_agent"),
            same=("clone",),
            own=False,
            abstract=True,
            model="",
        ),
        ClientClass(
            names=(
                "google.adk.Agent",
                "google.adk.agents.Agent",
                "google.adk.agents.LlmAgent",
                "google.adk.agents.llm_agent.Agent",
                "google.adk.agents.llm_agent.LlmAgent",
            ),
            bases=(BASE_AGENT,),
            parts=("model",),
        ),
        ClientClass(
            names=(
                "google.adk.agents.SequentialAgent",
                "google.adk.agents.ParallelAgent",
                "google.adk.agents.LoopAgent",
                "google.adk.agents.sequential_agent.SequentialAgent",
                "google.adk.agents.parallel_agent.ParallelAgent",
                "google.adk.agents.loop_agent.LoopAgent",
            ),
            bases=(BASE_AGENT,),
            parts=("sub_agents",),
            own=False,
            model="",
        ),
        ClientClass(
            names=(MODEL, "google.adk.models.base_llm.BaseLlm"),
            methods=(
                Method("generate_content_async", model=""),
                Method("connect", api="realtime", transport=Transport.WEBSOCKET, model=""),
            ),
            abstract=True,
        ),
        ClientClass(
            names=(
                "google.adk.models.Gemini",
                "google.adk.models.google_llm.Gemini",
                "google.adk.models.Claude",
                "google.adk.models.anthropic_llm.Claude",
                "google.adk.models.anthropic_llm.AnthropicLlm",
                "google.adk.models.LiteLlm",
                "google.adk.models.lite_llm.LiteLlm",
                "google.adk.models.ApigeeLlm",
                "google.adk.models.FallbackModel",
                "google.adk.models.Gemma",
            ),
            bases=(MODEL,),
        ),
    ),
    functions=(
        Function(
            names=(
                "google.adk.evaluation.AgentEvaluator.evaluate",
                "google.adk.evaluation.AgentEvaluator.evaluate_eval_set",
                "google.adk.evaluation.agent_evaluator.AgentEvaluator.evaluate",
                "google.adk.evaluation.agent_evaluator.AgentEvaluator.evaluate_eval_set",
            ),
            api="agent",
            model="",
        ),
    ),
)
