"""``from openai import *`` binds the SDK's public names; a later definition takes the name back."""
from openai import *  # noqa: F403

from cost_lib import *  # noqa: F403


class Anthropic:
    messages = None


def ask(prompt: str) -> object:
    return OpenAI().responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK101  # noqa: F405


def good(prompt: str) -> object:
    return tagged(OpenAI(), feature="x").responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK101, CMK201  # noqa: F405


def own(prompt: str) -> object:
    return Anthropic().messages.create(max_tokens=9, messages=[])  # ok: CMK101


def AsyncOpenAI():
    return None


async def replaced(prompt: str) -> object:
    return await AsyncOpenAI().responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK101
