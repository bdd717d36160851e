"""A tag that an object keeps as a string is judged where the object is made, whether or not it keeps a client too."""

from dataclasses import dataclass

from openai import OpenAI

from cost_lib import tagged, tags

client = OpenAI()


def ask(prompt: str, *, feature: str) -> object:
    return tagged(client, feature=feature).responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK201, CMK203


class AtTheCall:
    def __init__(self, feature: str) -> None:
        self.feature = feature

    def run(self, prompt: str) -> object:
        return tagged(client, feature=self.feature).responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK201, CMK203


class AroundTheCall:
    def __init__(self, feature: str = "faq") -> None:
        self.label = feature

    def run(self, prompt: str) -> object:
        with tags(feature=self.label):
            return tagged(client).responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK201, CMK203


class Passing:
    def __init__(self, feature: str) -> None:
        self.feature = feature

    def run(self, prompt: str) -> object:
        return ask(prompt, feature=self.feature)  # ok: CMK203


@dataclass
class Declared:
    feature: str = "faq"

    def run(self, prompt: str) -> object:
        return tagged(client, feature=self.feature).responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK201, CMK203


def run(prompt: str) -> None:
    AtTheCall("faq").run(prompt)  # ok: CMK203
    AtTheCall("").run(prompt)  # finds: CMK203
    AroundTheCall().run(prompt)  # ok: CMK203
    AroundTheCall(feature="todo").run(prompt)  # finds: CMK203
    Passing("faq").run(prompt)  # ok: CMK203
    Passing("  ").run(prompt)  # finds: CMK203
    Declared("search").run(prompt)  # ok: CMK203
