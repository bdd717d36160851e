"""Excluded."""
from openai import OpenAI

OpenAI().responses.create(model="gpt-4o-mini", input="x")  # ok: CMK101
