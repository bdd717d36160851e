"""Brings the feature under another spelling of the import."""
import cost_lib
from app import helper
from app.helper import ask as question


def one(prompt: str) -> object:
    with cost_lib.tags(feature="also_good"):
        return question(prompt)  # ok: CMK207


@cost_lib.tags(feature="also_good")
async def two(prompt: str) -> object:
    return await helper.ask_claude(prompt)  # ok: CMK207


class Service:
    @cost_lib.tags(feature=cost_lib.inherited)
    def hop(self, prompt: str) -> object:
        return helper.ask(prompt)  # ok: CMK207
