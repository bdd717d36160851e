"""A function that comes as a parameter, out of a container or from a call is not called by name."""
from openai import OpenAI

from cost_lib import inherited, tagged

client = OpenAI()


def ask(prompt: str) -> object:
    return tagged(client, feature=inherited).responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK201


def apply(function, prompt: str) -> object:
    return function(prompt)  # ok: CMK207


def choose(name: str):
    return ask


class Bot:
    def ask(self, prompt: str) -> object:
        return ask(prompt)  # finds: CMK207


def uses(prompt: str) -> None:
    apply(ask, prompt)  # ok: CMK207
    choose("ask")(prompt)  # ok: CMK207
    getattr(Bot(), "ask")(prompt)  # ok: CMK207
    [ask][0](prompt)  # ok: CMK207
    ask(prompt)  # finds: CMK207
