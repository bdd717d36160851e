"""``costmark config``: the settings in force, and where each comes from."""

from __future__ import annotations

import json
import os
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cost_lib.policy import Explained
from lint_plugin.errors import WrongUseError
from lint_plugin.frontends.console import emit
from lint_plugin.frontends.workspace import Workspace, locate

if TYPE_CHECKING:
    from cost_lib.policy import Policy


@click.command("config")
@click.argument("path", default=".", type=click.Path(path_type=Path, exists=True))
@click.option("--export", is_flag=True, help="Write one self-contained policy file, as production reads it.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help="How settings are written.")
@click.option("--isolated", is_flag=True, help="Default settings, whatever the repository says.")
def command(path: Path, *, export: bool, form: str, isolated: bool) -> None:
    """Show the settings that hold for PATH, each with file and line.

    \b
    Examples:
      costmark config
      costmark config services/billing/app.py
      costmark config services/billing --format json
      costmark config --export > costmark.production.toml
    """
    if export and form != "text":
        raise WrongUseError("--export writes a policy file: leave out --format")
    workspace = locate(path.absolute(), env=os.environ, isolated=isolated)
    if export:
        emit([workspace.policy.export()])
        return
    inside = Path(os.path.relpath(path.absolute(), workspace.root)).as_posix()
    inside = "" if inside == "." else inside
    if form == "json":
        emit([json.dumps(_record(workspace, inside), indent=2), "\n"])
    else:
        emit(_table(workspace.policy.explain(inside)))


def _table(rows: Sequence[Explained]) -> Iterator[str]:
    """Show one setting a line, its origin behind it."""
    for row in rows:
        yield f"{row.key} = {row.value}  # {_origin(row)}\n"


def _origin(row: Explained) -> str:
    return "default" if row.file is None else f"{_shown(row.file)}:{row.line}"


def _shown(file: Path) -> str:
    name = os.path.relpath(file)
    return str(file) if name.startswith("..") else name


def _record(workspace: Workspace, inside: str) -> dict[str, Any]:
    """Return the same for programs; what no key says alone is worked out for the path."""
    policy = workspace.policy
    return {
        "root": str(workspace.root),
        "path": inside or ".",
        "policies": [_shown(file) for file in policy.files],
        "in-force": {
            "raw-clients-allowed": policy.allows_raw(inside),
            "excluded": bool(inside) and policy.excludes(inside),
            "demanded-tags": list(policy.demanded(inside)),
            "exceptions": _exceptions(policy, inside),
        },
        "settings": [
            {"key": row.key, "value": _value(row.value), "file": _shown(row.file) if row.file else None, "line": row.line or None}
            for row in policy.explain(inside)
        ],
    }


def _exceptions(policy: Policy, inside: str) -> list[dict[str, Any]]:
    """Return the exceptions that are meant for the path, expired ones included."""
    return [
        {
            "rule": exception.rule,
            "path": exception.path,
            "owner": exception.owner,
            "reason": exception.reason,
            "expires": str(exception.expires),
            "file": _shown(exception.place.file),
            "line": exception.place.line,
        }
        for exception in policy.exceptions
        if exception.covers(inside)
    ]


def _value(written: str) -> Any:
    """Read a value that is written as TOML; JSON has no dates."""
    return json.loads(json.dumps(tomllib.loads(f"value = {written}")["value"], default=str))
