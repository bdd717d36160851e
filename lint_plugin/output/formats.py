"""The formats by name; only the one that is asked for is imported."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lint_plugin.output.view import View

NAMES: Final = ("text", "concise", "json", "jsonl", "sarif", "github", "markdown")


def render(name: str, view: View) -> Iterator[str]:
    """Turn a view into pieces of text in the named format."""
    match name:
        case "text":
            from lint_plugin.output import text

            return text.render(view)
        case "concise":
            from lint_plugin.output import concise

            return concise.render(view)
        case "json":
            from lint_plugin.output import as_json

            return as_json.render(view)
        case "jsonl":
            from lint_plugin.output import as_json

            return as_json.render_lines(view)
        case "sarif":
            from lint_plugin.output import sarif

            return sarif.render(view)
        case "github":
            from lint_plugin.output import github

            return github.render(view)
        case "markdown":
            from lint_plugin.output import markdown

            return markdown.render(view)
    raise ValueError(f"unknown format {name!r}, allowed: {', '.join(NAMES)}")
