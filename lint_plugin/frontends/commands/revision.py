"""What options that name a revision have in common."""

from __future__ import annotations

import click


def named(ctx: click.Context, param: click.Parameter, value: str | None) -> str:
    """Refuse an empty name, as the empty variable of a CI job gives it: it is not taken for an option that was left out."""
    if value is not None and not value.strip():
        raise click.BadParameter("it is empty: give a branch, a tag or a commit, or leave the option out", ctx, param)
    return value or ""
