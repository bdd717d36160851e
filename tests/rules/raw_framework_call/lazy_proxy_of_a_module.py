"""A lazy proxy object that imports the module at first use stands for the module."""
import importlib

from cost_lib import tagged


class LazyLiteLLM:
    _lib = None

    def __getattr__(self, name):
        if name == "_lib":
            return super()
        self._load()
        return getattr(self._lib, name)

    def _load(self):
        if self._lib is not None:
            return
        self._lib = importlib.import_module("litellm")
        self._lib.suppress_debug_info = True


class LazyJson:
    def __getattr__(self, name):
        return getattr(importlib.import_module("json"), name)


litellm = LazyLiteLLM()
json = LazyJson()


def calls(messages: list) -> None:
    litellm.completion(model="gpt-4o-mini", messages=messages)  # finds: CMK103
    litellm.token_counter(model="gpt-4o-mini", messages=messages)  # ok: CMK103
    tagged(litellm.completion, feature="chat")(model="gpt-4o-mini", messages=messages)  # ok: CMK103, CMK201
    json.completion(messages)  # ok: CMK103
