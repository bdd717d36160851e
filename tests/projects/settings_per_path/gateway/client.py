"""Raw clients may be used here."""
from openai import OpenAI

from cost_lib import tagged

client = OpenAI()


def ask(prompt: str) -> object:
    return client.responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK101


def handed(llm, prompt: str) -> object:
    return llm.responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK101


tagged(client).responses.create(model="gpt-4o-mini", input="x")  # finds: CMK201
