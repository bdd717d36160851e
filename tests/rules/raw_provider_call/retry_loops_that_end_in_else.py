"""A loop that is left by ``break`` goes on behind its ``else``, even when that returns or raises."""
import anthropic
from anthropic import APIError

client = anthropic.Anthropic()


def ask(prompt: str) -> object:
    for _attempt in range(3):
        try:
            first = client.messages.create(model="claude-sonnet-4-5", max_tokens=9, messages=[])  # finds: CMK101
            break
        except APIError:
            continue
    else:
        return None
    del first
    return client.messages.create(model="claude-sonnet-4-5", max_tokens=9, messages=[])  # finds: CMK101


def wait(prompt: str) -> object:
    tries = 0
    while tries < 3:
        tries += 1
        if prompt:
            made = client
            break
    else:
        raise RuntimeError(prompt)
    return made.messages.create(model="claude-sonnet-4-5", max_tokens=9, messages=[])  # finds: CMK101


def never(prompt: str) -> object:
    if prompt:
        return None
    else:
        raise RuntimeError(prompt)
    return client.messages.create(model="claude-sonnet-4-5", max_tokens=9, messages=[])  # ok: CMK101
