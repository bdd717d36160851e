# policy:
# enable = ["CMK902"]
# exceptions = [{rule = "CMK101", path = "a_live_*.py", owner = "data", reason = "one-off", expires = 2999-01-31}]  # ok: CMK902
"""An exception puts up with its rule on its path until it expires; other rules are reported."""
from openai import OpenAI

from cost_lib import tagged

client = OpenAI()
client.responses.create(model="gpt-4o-mini", input="x")  # ok: CMK101
tagged(client).responses.create(model="gpt-4o-mini", input="x")  # finds: CMK201
