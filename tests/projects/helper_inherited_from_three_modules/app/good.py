"""Brings the feature."""
from app.helper import ask, ask_claude, label
from cost_lib import tags


@tags(feature="good")
def one(prompt: str) -> object:
    return ask(prompt)  # ok: CMK207


async def two(prompt: str) -> object:
    with tags(feature="good"):
        return await ask_claude(prompt)  # ok: CMK207


def three(prompt: str) -> object:
    return label(prompt, feature="good")  # ok: CMK203, CMK207
