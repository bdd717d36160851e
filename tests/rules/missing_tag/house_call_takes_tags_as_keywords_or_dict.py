# policy:
# required-tags = ["feature", "team"]
# [[wrappers]]
# name = "acme_llm.complete"
# kind = "call"
# tags = ["keywords", {argument = "tags"}]
# [[wrappers]]
# name = "acme_llm.Client.complete"
# kind = "call"
# tags = ["keywords"]
"""A house wrapper of kind ``call``: tags as keywords, as one dict argument, as ``**CONSTANT``, several at once."""
import acme_llm
from acme_llm import Client, complete
from acme_llm import complete as ask
from openai import OpenAI

from cost_lib import tags

COMMON = {"feature": "chat", "team": "growth"}
TEAM = {"team": "growth"}


def keywords(prompt: str, extra: dict) -> None:
    complete(prompt, feature="chat", team="growth")  # ok: CMK101, CMK201
    acme_llm.complete(prompt, feature="chat", team="growth")  # ok: CMK201
    ask(prompt, model="gpt-4o-mini", feature="chat", team="growth")  # ok: CMK201
    complete(prompt)  # finds: CMK201
    acme_llm.complete(prompt, feature="chat")  # finds: CMK201
    ask(prompt, team="growth")  # finds: CMK201
    complete(prompt, **COMMON)  # ok: CMK201
    complete(prompt, feature="chat", **TEAM)  # ok: CMK201
    complete(prompt, **TEAM)  # finds: CMK201
    complete(prompt, **extra)  # ok: CMK201
    complete(prompt, temperature=0.2, colour="red", **COMMON)  # ok: CMK201, CMK210


def dict_argument(prompt: str, extra: dict) -> None:
    complete(prompt, tags={"feature": "chat", "team": "growth"})  # ok: CMK201
    complete(prompt, tags=COMMON)  # ok: CMK201
    complete(prompt, tags=dict(feature="chat", team="growth"))  # ok: CMK201
    complete(prompt, feature="chat", tags=TEAM)  # ok: CMK201
    complete(prompt, tags={"feature": "chat", **TEAM})  # ok: CMK201
    complete(prompt, tags={"feature": "chat"})  # finds: CMK201
    complete(prompt, tags=TEAM)  # finds: CMK201
    complete(prompt, tags={})  # finds: CMK201
    complete(prompt, tags=extra)  # ok: CMK201


def method(prompt: str) -> None:
    client = Client("key")
    client.complete(prompt, feature="chat", team="growth")  # ok: CMK201
    client.complete(prompt)  # finds: CMK201
    client.complete(prompt, tags=COMMON)  # finds: CMK201
    client.close()  # ok: CMK201


@tags(team="growth")
def scopes(prompt: str) -> None:
    complete(prompt, feature="chat")  # ok: CMK201
    complete(prompt)  # finds: CMK201
    with tags(feature="chat"):
        complete(prompt)  # ok: CMK201
        Client("key").complete(prompt)  # ok: CMK201
        OpenAI().responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK101
