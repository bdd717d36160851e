"""The package's door."""
from llm.factory import make_claude, make_openai as openai_client
from .factory import make_tagged
from .sanctioned import mark, scope

__all__ = ["make_claude", "make_tagged", "mark", "openai_client", "scope"]
