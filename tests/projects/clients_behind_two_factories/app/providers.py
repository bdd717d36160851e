"""Objects that make the model when they are asked for it, and one that makes none."""
from typing import Any

from langchain_anthropic import ChatAnthropic
from langchain_openai import ChatOpenAI


class Trimmed(ChatAnthropic):
    """Cleans what comes back."""

    def invoke(self, prompt: object, config: object = None, **kwargs: object) -> object:
        return super().invoke(prompt, config, **kwargs)  # finds: CMK103


class Base:
    def get_llm(self) -> Any:
        raise NotImplementedError


class Anthropic(Base):
    def get_llm(self) -> Any:
        options = {"model": "claude-sonnet-4-5"}
        return Trimmed(**options)


class OpenAI(Base):
    def get_llm(self) -> Any:
        return ChatOpenAI(model="gpt-4o-mini")


class Canned(Base):
    def get_answers(self) -> Any:
        return ["yes", "no"]
