# policy:
# enable = ["CMK204"]
# [tags.experiment_id]
# literal = false
# [tags.team]
# literal = true
"""Literal is everything that folds to a finite set of strings; computed values are CMK204 where a literal is demanded."""
import os
from enum import Enum, StrEnum
from typing import Final, Literal

from openai import OpenAI

from cost_lib import tagged, tags

client = OpenAI()
PREFIX: Final = "chat"
NAME = PREFIX + "_faq"
FORMATTED = f"{PREFIX}_faq"
FROM_ENV = os.environ["FEATURE"]
BY_KIND = {"a": "alpha", "b": "beta"}


class Feature(StrEnum):
    CHAT = "chat"


class Team(Enum):
    GROWTH = "growth"


def literal(flag: bool, kind: Literal["a", "b"]) -> None:
    tagged(client, feature="chat").responses.create(input="x")  # ok: CMK204
    tagged(client, feature=PREFIX).responses.create(input="x")  # ok: CMK204
    tagged(client, feature=NAME).responses.create(input="x")  # ok: CMK204
    tagged(client, feature=FORMATTED).responses.create(input="x")  # ok: CMK204
    tagged(client, feature=f"{PREFIX}_faq").responses.create(input="x")  # ok: CMK204
    tagged(client, feature="a" if flag else "b").responses.create(input="x")  # ok: CMK204
    tagged(client, feature=kind).responses.create(input="x")  # ok: CMK204
    tagged(client, feature=Feature.CHAT).responses.create(input="x")  # ok: CMK204
    tagged(client, feature=Feature.CHAT.value).responses.create(input="x")  # ok: CMK204
    tagged(client, feature="chat", team=Team.GROWTH).responses.create(input="x")  # ok: CMK204


def computed(request, n: int) -> None:
    tagged(client, feature=f"chat_{n}").responses.create(input="x")  # finds: CMK204  # ok: CMK201
    tagged(client, feature=request.path).responses.create(input="x")  # finds: CMK204  # ok: CMK201
    tagged(client, feature=request.path.lower()).responses.create(input="x")  # finds: CMK204
    tagged(client, feature=FROM_ENV).responses.create(input="x")  # finds: CMK204
    tagged(client, feature=os.getenv("FEATURE", "chat")).responses.create(input="x")  # finds: CMK204
    tagged(client, feature="chat", team=request.team).responses.create(input="x")  # finds: CMK204
    tagged(client, feature="chat", experiment_id=request.experiment).responses.create(input="x")  # ok: CMK204
    tagged(client, feature="chat", user_id=request.user.id).responses.create(input="x")  # ok: CMK204
    with tags(feature=str(n)):  # finds: CMK204
        tagged(client).responses.create(input="x")  # ok: CMK201
    tagged(
        client,
        feature=request.name,  # finds: CMK204
    ).responses.create(input="x")  # ok: CMK201, CMK204


def passed_through(prompt: str, feature: str = "chat") -> object:
    return tagged(client, feature=feature).responses.create(input=prompt)  # ok: CMK201, CMK204


def callers(request) -> None:
    passed_through("x")  # ok: CMK204
    passed_through("x", feature="faq")  # ok: CMK204
    passed_through("x", feature=request.path)  # finds: CMK204
    passed_through("x", NAME)  # ok: CMK204
