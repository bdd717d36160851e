"""Where the clients are kept; the types are known from here only."""
from dataclasses import dataclass, field
from typing import Optional

from google import genai
from openai import OpenAI

from cost_lib import tagged


@dataclass
class State:
    llm: OpenAI
    gemini: genai.Client = field(default_factory=genai.Client)
    tagged_llm: Optional[OpenAI] = None


def build() -> State:
    return State(llm=OpenAI(), tagged_llm=tagged(OpenAI(), feature="state"))


CLIENTS = {"fast": OpenAI(), "good": tagged(OpenAI(), feature="fast")}
state = build()
