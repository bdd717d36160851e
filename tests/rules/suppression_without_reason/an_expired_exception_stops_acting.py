# policy:
# exceptions = [{rule = "CMK101", path = "an_expired_*.py", owner = "data", reason = "one-off", expires = 2024-01-31}]  # finds: CMK902
"""An expired exception stops acting and is reported at its policy line, whatever ``enable`` says."""
from openai import OpenAI

client = OpenAI()
client.responses.create(model="gpt-4o-mini", input="x")  # finds: CMK101
