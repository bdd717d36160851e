"""Brings nothing; never names a provider or the library."""
from app import helper
from app.also_good import Service
from app.helper import ask, label


def one(prompt: str) -> object:
    return ask(prompt)  # finds: CMK207


async def two(prompt: str) -> object:
    return await helper.ask_claude(prompt)  # finds: CMK207


def three(prompt: str) -> None:
    label(prompt, feature="")  # finds: CMK203
    label(prompt, feature="real")  # ok: CMK203
    Service().hop(prompt)  # finds: CMK207


helper.ask("import time")  # finds: CMK207
