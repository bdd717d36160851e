"""A literal model that the dated catalog cannot price; only a literal is judged."""
import os

from anthropic import Anthropic
from openai import OpenAI

from cost_lib import tagged

llm = tagged(OpenAI(), feature="chat")
claude = tagged(Anthropic(), feature="chat")
MODEL = "gpt-banana-7"
GOOD = "gpt-4o-mini"


def calls(name: str) -> None:
    llm.responses.create(model="gpt-4o-mini", input="x")  # ok: CMK301
    llm.chat.completions.create(model="gpt-4.1", messages=[])  # ok: CMK301
    claude.messages.create(model="claude-sonnet-4-5", max_tokens=9, messages=[])  # ok: CMK301
    llm.responses.create(model=GOOD, input="x")  # ok: CMK301
    llm.responses.create(model=name, input="x")  # ok: CMK301
    llm.responses.create(model=os.environ["MODEL"], input="x")  # ok: CMK301
    llm.responses.create(model=f"gpt-{name}", input="x")  # ok: CMK301
    llm.responses.create(input="x")  # ok: CMK301
    llm.models.retrieve(model="gpt-banana-7")  # ok: CMK301
    llm.responses.create(model="gpt-banana-7", input="x")  # finds: CMK301
    claude.messages.create(model="claude-pear-9", max_tokens=9, messages=[])  # finds: CMK301
    llm.responses.create(model=MODEL, input="x")  # finds: CMK301
