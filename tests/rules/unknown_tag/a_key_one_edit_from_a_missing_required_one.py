# policy:
# required-tags = ["feature", "team"]
"""A misspelt key one edit from a missing required one is CMK210 alone; one farther away is missing as well."""
from openai import OpenAI

from cost_lib import tagged, tags

client = OpenAI()


def calls() -> None:
    tagged(client, featuer="chat", team="growth").responses.create(input="x")  # finds: CMK210  # ok: CMK201
    tagged(client, featur="chat", team="growth").responses.create(input="x")  # finds: CMK210  # ok: CMK201
    tagged(client, features="chat", team="growth").responses.create(input="x")  # finds: CMK210  # ok: CMK201
    tagged(client, feature="chat", taem="growth").responses.create(input="x")  # finds: CMK210  # ok: CMK201
    tagged(client, label="chat", team="growth").responses.create(input="x")  # finds: CMK210, CMK201
    tagged(client, featuer="chat").responses.create(input="x")  # finds: CMK210, CMK201
    tagged(client, feature="chat", team="growth", featuer="chat").responses.create(input="x")  # finds: CMK210  # ok: CMK201
    tagged(client, feature="chat", team="growth").responses.create(input="x")  # ok: CMK201, CMK210


def scopes() -> None:
    with tags(feature="chat", teams="growth"):  # finds: CMK210
        tagged(client).responses.create(input="x")  # ok: CMK201
    with tags(feature="chat", group="growth"):  # finds: CMK210
        tagged(client).responses.create(input="x")  # finds: CMK201


@tags(featuer="chat", team="growth")  # finds: CMK210
def decorated() -> None:
    tagged(client).responses.create(input="x")  # ok: CMK201
