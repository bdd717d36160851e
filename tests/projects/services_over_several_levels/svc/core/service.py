from __future__ import annotations

from cost_lib import inherited, tags

from . import llm
from .llm import BACKEND, AsyncBackend, OpenAIBackend


class Service:
    def __init__(self, backend: OpenAIBackend, fallback: AsyncBackend | None = None) -> None:
        self.backend = backend
        self.fallback = fallback or AsyncBackend()

    @tags(feature=inherited)
    def answer(self, prompt: str) -> str:
        return self.backend.complete(prompt)  # ok: CMK207

    def forgot(self, prompt: str) -> str:
        return self.backend.complete(prompt)  # finds: CMK207

    @tags(feature="svc")
    def says(self, prompt: str) -> str:
        return self.backend.complete(prompt)  # ok: CMK207

    @tags(feature=inherited)
    async def aanswer(self, prompt: str) -> str:
        return await self.fallback.complete(prompt)  # ok: CMK207

    async def aforgot(self, prompt: str) -> str:
        return await self.fallback.complete(prompt)  # finds: CMK207


class Caching(Service):
    def answer(self, prompt: str) -> str:
        return super().answer(prompt)  # finds: CMK207


class Good(Service):
    @tags(feature=inherited)
    def answer(self, prompt: str) -> str:
        return super().answer(prompt)  # ok: CMK207


def module_level(prompt: str) -> str:
    return BACKEND.complete(prompt)  # finds: CMK207


def module_attr(prompt: str) -> str:
    return llm.BACKEND.complete(prompt)  # finds: CMK207


def make() -> Service:
    return Service(llm.default_backend())
