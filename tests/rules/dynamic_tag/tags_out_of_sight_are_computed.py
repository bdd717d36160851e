# policy:
# enable = ["CMK204"]
"""A mapping that cannot be seen through may hold the tag; what a caller computes for a parameter is judged at the caller."""
from openai import OpenAI

from cost_lib import tagged, tags

client = OpenAI()


def spread(prompt: str, options: dict, **more: str) -> None:
    tagged(client, **options).responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK204  # ok: CMK201
    with tags(**more):
        tagged(client).responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK204  # ok: CMK201
    tagged(client, **{"feature": "chat", **options}).responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK201, CMK204


def helper(prompt: str, feature: str) -> None:
    tagged(client, feature=feature).responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK204


def callers(request) -> None:
    helper("x", feature="chat")  # ok: CMK204
    helper("x", feature=request.path)  # finds: CMK204
