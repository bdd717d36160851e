"""Chooses the client and the sanctioned wrapper by what is there."""
import os
from typing import TYPE_CHECKING

try:
    from cost_lib import tagged
except ImportError:

    def tagged(obj, **_):
        return obj


if os.environ.get("AZURE"):
    from openai import AzureOpenAI as Client
else:
    from openai import OpenAI as Client

try:
    import anthropic
except ImportError:
    anthropic = None

if TYPE_CHECKING:
    from groq import Groq

client = Client()
claude = anthropic.Anthropic() if anthropic else None


def groq() -> "Groq":
    import importlib

    return importlib.import_module("groq").Groq()
