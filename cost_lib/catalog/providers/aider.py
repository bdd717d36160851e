"""Know aider used as a library: coders and its model class."""

from __future__ import annotations

from typing import Final

from cost_lib.catalog.model import Bills, ClientClass, Function, Layer, Method, Provider

CODER = "aider.coders.Coder"

PROVIDER: Final = Provider(
    name="aider",
    layer=Layer.FRAMEWORK,
    packages=("aider-chat",),
    source="aider-chat 0.86.2, source read",
    checked="2026-11-22",
    classes=(
        ClientClass(
            names=(CODER, "aider.coders.base_coder.Coder", "aider.coders.*Coder"),
            methods=(
                Method("run", api="agent", model=""),
                Method("run_stream", api="agent", model=""),
                Method("run_one", api="agent", model=""),
                Method("send_message", model=""),
                Method("send", model=""),
            ),
            free=("check_tokens", "format_messages", "apply_edits", "get_repo_map", "show_announcements", "warm_cache"),
            same=("clone",),
            parts=("main_model",),
            model="",
        ),
        ClientClass(
            names=("aider.models.Model",),
            methods=(Method("send_completion", model=""), Method("simple_send_with_retries", model="")),
            free=("token_count", "token_count_for_image", "tokenizer", "get_model_info", "validate_environment"),
        ),
    ),
    functions=(
        Function(
            names=("aider.coders.Coder.create", "aider.coders.base_coder.Coder.create"),
            bills=Bills.FREE,
            api="",
            returns=CODER,
            parts=("main_model",),
            positions=("main_model",),
            model="",
        ),
    ),
)
