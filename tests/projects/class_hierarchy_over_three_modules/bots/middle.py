"""A link that adds a method and an attribute."""
from anthropic import Anthropic

from .base import Base


class Middle(Base):
    def __init__(self) -> None:
        super().__init__()
        self.claude = Anthropic()

    def raw(self, prompt: str) -> object:
        return self.llm.responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK101
