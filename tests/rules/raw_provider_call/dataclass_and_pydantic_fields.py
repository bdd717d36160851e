"""Fields of dataclasses, pydantic models and named tuples hold what the constructor is given, or their default."""
from dataclasses import dataclass, field
from typing import NamedTuple

from anthropic import Anthropic
from openai import OpenAI
from pydantic import BaseModel, ConfigDict, Field, PrivateAttr

from cost_lib import tagged


@dataclass
class Defaulted:
    name: str
    client: OpenAI = field(default_factory=OpenAI)

    def run(self) -> object:
        return self.client.chat.completions.create(model="gpt-4o-mini", messages=[])  # finds: CMK101


@dataclass(frozen=True)
class Given:
    client: OpenAI
    name: str = ""

    def run(self) -> object:
        return self.client.chat.completions.create(model="gpt-4o-mini", messages=[])  # ok: CMK101, CMK201


@dataclass
class PostInit:
    key: str
    client: OpenAI = field(init=False)

    def __post_init__(self) -> None:
        self.client = OpenAI(api_key=self.key)

    def run(self) -> object:
        return self.client.chat.completions.create(model="gpt-4o-mini", messages=[])  # finds: CMK101


class Model(BaseModel):
    model_config = ConfigDict(arbitrary_types_allowed=True)
    client: Anthropic = Field(default_factory=Anthropic)
    safe: Anthropic = Field(default_factory=lambda: tagged(Anthropic(), feature="m"))
    _private: OpenAI = PrivateAttr(default_factory=OpenAI)

    def run(self) -> None:
        self.client.messages.create(model="claude-sonnet-4-5", max_tokens=9, messages=[])  # finds: CMK101
        self.safe.messages.create(model="claude-sonnet-4-5", max_tokens=9, messages=[])  # ok: CMK101, CMK201
        self._private.chat.completions.create(model="gpt-4o-mini", messages=[])  # finds: CMK101


class Deps(NamedTuple):
    llm: OpenAI
    retries: int


def use(deps: Deps) -> object:
    return deps.llm.chat.completions.create(model="gpt-4o-mini", messages=[])  # finds: CMK101


def main() -> None:
    Defaulted("a").run()
    Given(tagged(OpenAI(), feature="given")).run()
    Given(client=tagged(OpenAI(), feature="given"), name="b").run()
    use(Deps(OpenAI(), 3))
