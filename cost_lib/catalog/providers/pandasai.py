"""Know libraries that hide an agent behind one method: PandasAI, ScrapeGraphAI, Atomic Agents."""

from __future__ import annotations

from typing import Final

from cost_lib.catalog.model import ClientClass, Layer, Method, Provider

PROVIDER: Final = Provider(
    name="pandasai",
    layer=Layer.FRAMEWORK,
    packages=("pandasai", "scrapegraphai", "atomic-agents"),
    source="pandasai 3.0.0, scrapegraphai 1.76.0, atomic-agents 1.1.11, source read",
    checked="2026-11-22",
    classes=(
        ClientClass(
            names=(
                "pandasai.Agent",
                "pandasai.agent.Agent",
                "pandasai.agent.base.Agent",
                "pandasai.SmartDataframe",
                "pandasai.SmartDatalake",
                "pandasai.PandasAI",
            ),
            methods=(
                Method("chat", model=""),
                Method("follow_up", model=""),
                Method("generate_code", model=""),
                Method("generate_code_with_retries", model=""),
                Method("execute_with_retries", model=""),
                Method("run", model="", note="PandasAI, before 1.0"),
            ),
            free=("execute_code", "add_message", "clear_memory", "start_new_conversation"),
            model="",
        ),
        ClientClass(
            names=("pandasai.DataFrame", "pandasai.dataframe.DataFrame"),
            methods=(Method("chat", model=""), Method("follow_up", model="")),
            model="",
        ),
        ClientClass(
            provider="scrapegraphai",
            names=("scrapegraphai.graphs.SmartScraperGraph", "scrapegraphai.graphs.*Graph"),
            methods=(Method("run", api="agent", model=""), Method("run_safe_async", api="agent", model="")),
            free=("get_state", "get_execution_info"),
            model="",
        ),
        ClientClass(
            provider="scrapegraphai",
            names=(
                "scrapegraphai.graphs.AbstractGraph",
                "scrapegraphai.graphs.BaseGraph",
                "scrapegraphai.graphs.abstract_graph.AbstractGraph",
            ),
            own=False,
            abstract=True,
            model="",
        ),
        ClientClass(
            provider="atomic-agents",
            names=("atomic_agents.agents.base_agent.BaseAgent", "atomic_agents.AtomicAgent", "atomic_agents.BaseAgent"),
            methods=(
                Method("run", api="agent", model=""),
                Method("run_async", api="agent", model=""),
                Method("run_stream", api="agent", model=""),
                Method("run_async_stream", api="agent", model=""),
                Method("stream_response_async", api="agent", model=""),
                Method("get_response", model=""),
            ),
            free=("reset_memory", "get_context_provider", "register_context_provider"),
            model="",
        ),
    ),
)
