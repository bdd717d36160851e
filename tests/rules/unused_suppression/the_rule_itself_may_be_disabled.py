# policy:
# disable = ["CMK901"]
"""With CMK901 disabled nobody is told of unused suppressions."""
from openai import OpenAI

client = OpenAI()
LIMIT = 3  # noqa: CMK101  # ok: CMK901
client.responses.create(input="x")  # costmark: allow[CMK101, CMK201] half  # ok: CMK101, CMK901
client.responses.create(input="x")  # finds: CMK101
