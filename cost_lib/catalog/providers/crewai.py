"""Know crewAI: crews, agents, tasks, its language-model classes and its memory."""

from __future__ import annotations

from typing import Final

from cost_lib.catalog.model import ClientClass, Layer, Method, Provider

BASE_LLM = "crewai.BaseLLM"
BASE_AGENT = "crewai.agents.agent_builder.base_agent.BaseAgent"

PROVIDER: Final = Provider(
    name="crewai",
    layer=Layer.FRAMEWORK,
    packages=("crewai",),
    source="crewai 1.15.30, source read",
    checked="2026-11-22",
    classes=(
        ClientClass(
            names=("crewai.Crew", "crewai.crew.Crew"),
            methods=(
                Method("kickoff", api="agent", model=""),
                Method("kickoff_async", api="agent", model=""),
                Method("akickoff", api="agent", model=""),
                Method("kickoff_for_each", api="agent", model=""),
                Method("kickoff_for_each_async", api="agent", model=""),
                Method("akickoff_for_each", api="agent", model=""),
                Method("train", api="agent", model=""),
                Method("test", api="agent", model=""),
                Method("replay", api="agent", model=""),
                Method("query_knowledge", api="embeddings", model=""),
                Method("aquery_knowledge", api="embeddings", model=""),
            ),
            free=("calculate_usage_metrics", "fetch_inputs", "reset_memories", "reset_knowledge"),
            same=("copy",),
            parts=("agents", "manager_agent", "manager_llm"),
            model="",
        ),
        ClientClass(
            names=(BASE_AGENT, "crewai.agents.agent_builder.BaseAgent"),
            methods=(
                Method("execute_task", api="agent", model=""),
                Method("aexecute_task", api="agent", model=""),
            ),
            same=("copy",),
            own=False,
            abstract=True,
            model="",
        ),
        ClientClass(
            names=("crewai.Agent", "crewai.agent.Agent", "crewai.agent.core.Agent", "crewai.LiteAgent", "crewai.lite_agent.LiteAgent"),
            bases=(BASE_AGENT,),
            methods=(
                Method("kickoff", api="agent", model=""),
                Method("kickoff_async", api="agent", model=""),
                Method("akickoff", api="agent", model=""),
                Method("message", api="agent", model=""),
            ),
            free=("create_agent_executor", "get_delegation_tools", "interpolate_inputs", "get_mcp_tools"),
            parts=("llm",),
            model="llm",
        ),
        ClientClass(
            names=("crewai.Task", "crewai.task.Task"),
            methods=(
                Method("execute_sync", api="agent", model=""),
                Method("aexecute_sync", api="agent", model=""),
                Method("execute_async", api="agent", model=""),
            ),
            free=("prompt", "copy", "interpolate_inputs_and_add_conversation_history"),
            parts=("agent",),
            model="",
        ),
        ClientClass(
            names=(BASE_LLM, "crewai.llms.base_llm.BaseLLM"),
            methods=(
                Method("call", model=""),
                Method("acall", model=""),
                Method("stream_events", model=""),
                Method("summarize_messages", model=""),
            ),
            free=("get_input_tokens_count", "get_token_usage_summary", "get_context_window_size", "supports_function_calling"),
            abstract=True,
        ),
        ClientClass(names=("crewai.LLM", "crewai.llm.LLM", "crewai.llms.providers.*Completion"), bases=(BASE_LLM,)),
        ClientClass(
            names=("crewai.Memory", "crewai.memory.Memory", "crewai.memory.unified_memory.Memory"),
            methods=(
                Method("remember", model=""),
                Method("remember_many", model=""),
                Method("aremember", model=""),
                Method("aremember_many", model=""),
                Method("recall", model=""),
                Method("arecall", model=""),
                Method("extract_memories", model=""),
                Method("aextract_memories", model=""),
                Method("update", api="embeddings", model=""),
            ),
            free=("forget", "list_scopes", "list_records", "list_categories", "info", "tree", "reset", "reset_all"),
            same=("scope", "slice"),
            parts=("llm",),
            model="llm",
        ),
    ),
)
