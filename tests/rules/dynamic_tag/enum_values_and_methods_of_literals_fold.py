# policy:
# enable = ["CMK204"]
# [features.faq]
"""The value of a parameter that is an Enum, and a literal whose case or blanks are changed, are literals: what comes of it counts."""

from enum import Enum

from openai import OpenAI

from cost_lib import tagged

client = OpenAI()
NAME = "FAQ "


class Feature(str, Enum):
    FAQ = "faq"


def ask(prompt: str, row: object, name: str) -> None:
    tagged(client, feature="FAQ".lower()).responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK202, CMK204
    tagged(client, feature=" faq ".strip()).responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK202, CMK204
    tagged(client, feature=NAME.strip().casefold()).responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK202, CMK204
    tagged(client, feature=Feature.FAQ.value.lower()).responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK202, CMK204
    tagged(client, feature="faq".upper()).responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK202
    tagged(client, feature=NAME.lower()).responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK202
    tagged(client, feature=row.value).responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK204
    tagged(client, feature=name.lower()).responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK204


class Wider(Enum):
    FAQ = "faq"
    OTHER = "other"


class Level(Enum):
    LOW = 1


def ask_members(prompt: str, feature: Feature, wider: Wider, level: Level) -> None:
    tagged(client, feature=feature.value).responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK202, CMK204
    tagged(client, feature=wider.value).responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK202
    tagged(client, feature=level.value).responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK204
