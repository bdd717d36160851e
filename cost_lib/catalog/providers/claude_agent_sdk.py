"""Know the Claude Agent SDK and its predecessor: the requests leave from a subprocess."""

from __future__ import annotations

from typing import Final

from cost_lib.catalog.model import ClientClass, Function, Layer, Method, Provider, Transport

PROVIDER: Final = Provider(
    name="claude-agent-sdk",
    layer=Layer.FRAMEWORK,
    packages=("claude-agent-sdk", "claude-code-sdk"),
    source="claude-agent-sdk 0.2.187, claude-code-sdk 0.0.25, source read",
    checked="2026-11-22",
    classes=(
        ClientClass(
            names=(
                "claude_agent_sdk.ClaudeSDKClient",
                "claude_agent_sdk.client.ClaudeSDKClient",
                "claude_code_sdk.ClaudeSDKClient",
                "claude_code_sdk.client.ClaudeSDKClient",
            ),
            methods=(Method("query", api="agent", transport=Transport.SUBPROCESS, model=""),),
            free=(
                "connect",
                "disconnect",
                "receive_messages",
                "receive_response",
                "interrupt",
                "set_model",
                "set_permission_mode",
                "get_server_info",
                "get_context_usage",
                "get_mcp_status",
            ),
            model="",
        ),
    ),
    functions=(
        Function(
            names=(
                "claude_agent_sdk.query",
                "claude_agent_sdk.query.query",
                "claude_code_sdk.query",
                "claude_code_sdk.query.query",
            ),
            api="agent",
            transport=Transport.SUBPROCESS,
            model="",
        ),
    ),
)
