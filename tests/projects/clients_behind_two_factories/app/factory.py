"""Chooses an object by name; the module of each is imported where it is needed."""
from typing import Any


def make(kind: str) -> Any:
    if kind == "anthropic":
        from .providers import Anthropic

        return Anthropic()
    from .providers import OpenAI

    return OpenAI()


def make_canned() -> Any:
    from .providers import Canned

    return Canned()
