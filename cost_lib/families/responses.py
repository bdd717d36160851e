"""Read answers of OpenAI's responses: usage, and the tools that cost a fee."""

from __future__ import annotations

from typing import Final

from cost_lib.families.around import Around
from cost_lib.families.contexts import context_of, tier_of
from cost_lib.families.fields import Body, count, table, tables, text
from cost_lib.families.openai_counts import usage_of
from cost_lib.families.reading import Family, Reading
from cost_lib.families.reported_cost import cost_of
from cost_lib.model import Pass, Unknown, Usage

NAMES: Final = ("input_tokens", "output_tokens")
ENDS: Final = frozenset(("response.completed", "response.failed", "response.incomplete", "response.done"))
RUNNING: Final = frozenset(("queued", "in_progress"))
IMAGES: Final = "image_generation"
OLDER_SEARCH: Final = "web_search_preview"  # it costs more with models that do not reason
UNREASONING: Final = ("gpt-4o", "gpt-4.1")


def read(body: Body, around: Around) -> Reading:
    """Read a response, with what its tools did."""
    usage = table(body, "usage")
    model = text(body, "model")
    tier = tier_of(around, text(body, "service_tier"))
    passes, unpriced = _images(body)
    found = usage_of(usage, NAMES, _searches(body, usage))
    context = context_of(around, tier, unpriced, _older_search(body, model) if found.units.get("web_searches") else "")
    if not any(name in usage for name in NAMES):
        waiting = Unknown("the response is still being worked on") if text(body, "status") in RUNNING and body.get("background") else None
        return Reading(waiting, model, tier, context)
    return Reading(found, model, tier, context, cost_of(usage), passes)


def is_last(body: Body) -> bool:
    """Say whether no usage comes after an event."""
    return text(body, "type") in ENDS


def _searches(body: Body, usage: Body) -> dict[str, int]:
    output = tables(body, "output")
    seen = sum(item.get("type") == "web_search_call" and _is_search(item) for item in output)
    told = count(body, "tool_usage", "web_search", "num_requests") or count(usage, "tool_calls_details", "search_web", "invocation")
    xai = table(usage, "server_side_tool_usage_details")
    used = count(xai, "web_search_calls") + count(xai, "x_search_calls")
    return {
        "web_searches": max(seen, told, used),
        "storage_searches": max(sum(item.get("type") == "file_search_call" for item in output), count(xai, "file_search_calls")),
        "code_executions": count(xai, "code_interpreter_calls"),  # which only xAI bills by the call
    }


def _older_search(body: Body, model: str) -> str:
    is_older = any(text(tool, "type").startswith(OLDER_SEARCH) for tool in tables(body, "tools"))
    return "search=preview" if is_older and model.startswith(UNREASONING) else ""


def _is_search(item: Body) -> bool:
    action = item.get("action")
    return not isinstance(action, dict) or action.get("type", "search") == "search"  # opening a page costs nothing


def _images(body: Body) -> tuple[tuple[Pass, ...], str]:
    """Return what drawing used, which is billed at the price of a model of images; a context without rates where that is not told."""
    used = table(body, "tool_usage", "image_gen")
    tool = next((tool for tool in tables(body, "tools") if tool.get("type") == IMAGES), {})
    if count(used, "total_tokens") or count(used, "output_tokens"):
        details = table(used, "input_tokens_details")
        seen, drawn = count(details, "image_tokens"), count(used, "output_tokens_details", "image_tokens") or count(used, "output_tokens")
        units = {"image_input": seen, "image_output": drawn}
        made = Usage(count(used, "input_tokens") - seen, output_tokens=count(used, "output_tokens") - drawn, units=units)
        return (Pass(text(tool, "model") or "gpt-image-1", IMAGES, made),), ""
    called = any(item.get("type") == "image_generation_call" for item in tables(body, "output"))
    return (), IMAGES if called else ""


RESPONSES: Final = Family(read, is_last)
