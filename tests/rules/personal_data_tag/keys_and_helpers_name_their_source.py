# policy:
# enable = ["CMK205"]
"""A string key names what is read like an attribute does; a helper's caller is judged for what it passes."""
from openai import OpenAI

from cost_lib import tagged

client = OpenAI()


def helper(prompt: str, who: str) -> object:
    return tagged(client, feature="chat", user_id=who).responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK205


def callers(user: dict, email: str) -> None:
    tagged(client, feature="chat", user_id=user["email"]).responses.create(input="x")  # finds: CMK205
    tagged(client, feature="chat", user_id=user["id"]).responses.create(input="x")  # ok: CMK205
    helper("x", user["email"])  # finds: CMK205
    helper("x", who=user["phone"])  # finds: CMK205
    helper("x", who="jane.doe@example.com")  # finds: CMK205
    helper("x", who=user["id"])  # ok: CMK205
