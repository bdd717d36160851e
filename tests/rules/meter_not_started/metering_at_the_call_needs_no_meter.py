# policy:
# metering = "call"  # ok: CMK211
"""``metering = "call"`` asks for no ``meter()``."""
from openai import OpenAI

OpenAI().responses.create(model="gpt-4o-mini", input="x")  # finds: CMK101  # ok: CMK211
