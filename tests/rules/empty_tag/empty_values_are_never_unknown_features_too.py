# policy:
# required-tags = ["feature", "team"]
# [features.chat]
# owner = "growth"
"""CMK203 stands alone: neither CMK201 nor CMK202 for the same tag; another tag is judged by itself."""
from openai import OpenAI

from cost_lib import tagged

client = OpenAI()


def calls(prompt: str) -> None:
    tagged(client, feature="", team="growth").responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK203  # ok: CMK201, CMK202
    tagged(client, feature="todo", team="growth").responses.create(input=prompt)  # finds: CMK203  # ok: CMK201, CMK202
    tagged(client, feature="chat", team=None).responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK203  # ok: CMK201
    tagged(client, feature="chat", team="growth").responses.create(input=prompt)  # ok: CMK201, CMK202, CMK203
    tagged(client, feature="").responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK203, CMK201  # ok: CMK202
    tagged(client, feature="chats", team="").responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK202, CMK203
