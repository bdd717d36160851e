"""Imports inside functions, branches and try blocks bind like others."""
import importlib
import sys

from cost_lib import tagged

try:
    from openai import OpenAI
except ImportError:
    OpenAI = None

try:
    import anthropic
except ImportError:
    anthropic = None
    HAS_ANTHROPIC = False
else:
    HAS_ANTHROPIC = True

if sys.version_info >= (3, 12):
    from mistralai.client import Mistral
else:
    from mistralai import Mistral


def ask(prompt: str) -> object:
    if OpenAI is None:
        raise RuntimeError("pip install openai")
    return OpenAI().chat.completions.create(model="gpt-4o-mini", messages=[])  # finds: CMK101


def claude(prompt: str) -> object:
    if not HAS_ANTHROPIC:
        return None
    return anthropic.Anthropic().messages.create(model="claude-sonnet-4-5", max_tokens=9, messages=[])  # finds: CMK101


def mistral(prompt: str) -> object:
    return Mistral(api_key="k").chat.complete(model="mistral-small-latest", messages=[])  # finds: CMK101


def lazily(prompt: str) -> object:
    import groq

    return groq.Groq().chat.completions.create(model="llama-3.3-70b-versatile", messages=[])  # finds: CMK101


def by_importlib(prompt: str) -> object:
    module = importlib.import_module("openai")
    return module.OpenAI().chat.completions.create(model="gpt-4o-mini", messages=[])  # finds: CMK101


def not_imported_here(prompt: str) -> object:
    return groq.Groq().chat.completions.create(messages=[])  # ok: CMK101


def tagged_lazily(prompt: str) -> object:
    from groq import Groq

    client = tagged(Groq(), feature="lazy")
    return client.chat.completions.create(model="llama-3.3-70b-versatile", messages=[])  # ok: CMK101, CMK201


def only_without_sdk(prompt: str) -> object:
    try:
        from openai import OpenAI as Client
    except ImportError:
        from stubs import Client
    return Client().chat.completions.create(model="gpt-4o-mini", messages=[])  # finds: CMK101
