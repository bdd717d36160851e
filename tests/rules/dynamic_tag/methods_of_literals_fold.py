# policy:
# enable = ["CMK204"]
# [features.faq]
"""Methods that change the case or the blanks of a literal give a literal, and it is the changed one that counts."""

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
