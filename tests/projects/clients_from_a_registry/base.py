"""Providers are registered and fetched by name."""
from typing import Any

from registry import Registry

_models = Registry()
_fonts = Registry()


class Models:
    @classmethod
    def register(cls, name: str, made: type) -> None:
        _models.register(name, target=made)

    @classmethod
    def get(cls, name: str) -> Any:
        return _models.get(name).load()
