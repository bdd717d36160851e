"""Attributes of ``self``, of the class, properties, class methods and inheritance."""
from abc import ABC, abstractmethod

from anthropic import Anthropic
from openai import AsyncOpenAI, OpenAI

from cost_lib import tagged


class Base(ABC):
    shared = OpenAI()

    def __init__(self, key: str) -> None:
        self.client = OpenAI(api_key=key)
        self.safe = tagged(self.client, feature="base")
        self._claude = None
        self.setup()

    def setup(self) -> None:
        self.late = AsyncOpenAI()

    @property
    def claude(self) -> Anthropic:
        if self._claude is None:
            self._claude = Anthropic()
        return self._claude

    @classmethod
    def build(cls) -> "Base":
        return cls(key="k")

    @staticmethod
    def fresh():
        return OpenAI()

    @abstractmethod
    def run(self) -> None: ...


class Child(Base):
    def run(self) -> None:
        self.client.chat.completions.create(model="gpt-4o-mini", messages=[])  # finds: CMK101
        self.safe.chat.completions.create(model="gpt-4o-mini", messages=[])  # ok: CMK101, CMK201
        self.shared.chat.completions.create(model="gpt-4o-mini", messages=[])  # finds: CMK101
        self.claude.messages.create(model="claude-sonnet-4-5", max_tokens=9, messages=[])  # finds: CMK101
        self.fresh().chat.completions.create(model="gpt-4o-mini", messages=[])  # finds: CMK101
        tagged(self.claude, feature="c").messages.create(model="claude-sonnet-4-5", max_tokens=9, messages=[])  # ok: CMK101

    async def run_async(self) -> None:
        await self.late.chat.completions.create(model="gpt-4o-mini", messages=[])  # finds: CMK101


class Replaced(Base):
    shared = tagged(OpenAI(), feature="replaced")

    def __init__(self) -> None:
        super().__init__("k")
        self.client = tagged(self.client, feature="replaced")

    @property
    def claude(self) -> Anthropic:
        return tagged(super().claude, feature="replaced")

    def run(self) -> None:
        self.shared.chat.completions.create(model="gpt-4o-mini", messages=[])  # ok: CMK101, CMK201
        self.claude.messages.create(model="claude-sonnet-4-5", max_tokens=9, messages=[])  # ok: CMK101, CMK201


def outside(child: Child) -> None:
    Child("k").client.chat.completions.create(model="gpt-4o-mini", messages=[])  # finds: CMK101
    Child.build().claude.messages.create(model="claude-sonnet-4-5", max_tokens=9, messages=[])  # finds: CMK101
    child.safe.chat.completions.create(model="gpt-4o-mini", messages=[])  # ok: CMK101, CMK201
    Base.shared.chat.completions.create(model="gpt-4o-mini", messages=[])  # finds: CMK101
    child.name.chat.completions.create(messages=[])  # ok: CMK101
