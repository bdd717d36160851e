"""A parameter passed through as a tag: the caller's argument is judged, a literal default proves."""
from openai import OpenAI

from cost_lib import tagged, tags

client = OpenAI()


def ask(prompt: str, feature: str) -> object:
    return tagged(client, feature=feature).responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK201


def ask_default(prompt: str, *, feature: str = "general") -> object:
    return tagged(client, feature=feature).responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK201


def ask_in_scope(prompt: str, topic: str) -> object:
    with tags(feature=topic):
        return tagged(client).responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK201


def hop(prompt: str, feature: str) -> object:
    return ask(prompt, feature=feature)  # ok: CMK207


class Assistant:
    def __init__(self, feature: str) -> None:
        self.llm = tagged(client, feature=feature)

    def run(self, prompt: str) -> object:
        return self.llm.responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK201

    def ask(self, prompt: str, feature: str) -> object:
        return tagged(client, feature=feature).responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK201


def callers(request) -> None:
    ask("x", feature="faq")  # ok: CMK203, CMK207
    ask("x", "faq")  # ok: CMK207
    ask("x", request.path)  # ok: CMK207
    ask_default("x")  # ok: CMK207
    ask_default("x", feature="faq")  # ok: CMK207
    ask_in_scope("x", topic="faq")  # ok: CMK207
    hop("x", feature="faq")  # ok: CMK207
    Assistant("faq").run("x")  # ok: CMK203
    Assistant("faq").ask("x", feature="faq")  # ok: CMK207


def careless_callers() -> None:
    ask("x", feature="")  # finds: CMK203  # ok: CMK207
    ask("x", feature=None)  # finds: CMK203
    ask("x", "")  # finds: CMK203
    ask("x", "todo")  # finds: CMK203
    ask_default("x", feature="")  # finds: CMK203
    ask_in_scope("x", topic=" ")  # finds: CMK203
    hop("x", feature="")  # finds: CMK203
    Assistant("").run("x")  # finds: CMK203
    Assistant("faq").ask("x", feature="tbd")  # finds: CMK203
    ask(
        "x",
        feature="",  # finds: CMK203
    )


def handed_on_unknown(prompt: str, **options: str) -> object:
    return ask(prompt, **options)  # ok: CMK203, CMK207
