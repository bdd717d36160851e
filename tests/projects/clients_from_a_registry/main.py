"""Calls whichever provider is configured, with retries."""
import builtin
from typing import Any, Callable

from base import Models
from gemini import Canned


def retried(call: Callable[[], Any]) -> Any:
    return call()


class Executor:
    def run(self, name: str, contents: str) -> Any:
        provider = Models.get(name)(self)
        client = provider.create_client()

        def call() -> Any:
            return provider.call(client, contents)

        return retried(call)

    def run_canned(self, contents: str) -> Any:
        canned = Canned(self)
        return canned.call(canned.create_answers(), contents)
