"""Exports by ``__all__``."""
from anthropic import Anthropic
from openai import OpenAI

from cost_lib import tagged

__all__ = ["public", "good"]
__all__ += ["_listed"]

public = OpenAI()
private = Anthropic()
_listed = OpenAI()
good = tagged(OpenAI(), feature="good")
