"""The base keeps the client."""
from openai import OpenAI

from cost_lib import inherited, tagged


class Base:
    default = OpenAI()

    def __init__(self, client=None) -> None:
        self._client = client or OpenAI()
        self.good = tagged(self._client, feature="bot")

    @property
    def llm(self):
        return self._client

    def complete(self, prompt: str) -> object:
        return tagged(self._client, feature=inherited).responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK201

    def run(self, prompt: str) -> object:
        raise NotImplementedError
