"""CMK902 is off unless the policy enables it."""
from openai import OpenAI

client = OpenAI()
client.responses.create(model="gpt-4o-mini", input="x")  # ok: CMK101, CMK902  # costmark: allow[CMK101]
