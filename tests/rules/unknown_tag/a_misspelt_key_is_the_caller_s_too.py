"""Where a caller misspells the tag that is inherited, that is CMK210 alone; keys out of a mapping are no misspellings."""
from openai import OpenAI

from cost_lib import inherited, record_call, tagged, tags

client = OpenAI()
OPTIONS = {"featuer": "chat"}


def ask(prompt: str) -> object:
    return tagged(client, feature=inherited).responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK201


def callers(prompt: str) -> None:
    with tags(featuer="chat"):  # finds: CMK210
        ask(prompt)  # ok: CMK207
    with tags(label="chat"):  # finds: CMK210
        ask(prompt)  # finds: CMK207
    with record_call(provider="acme", model="acme-1", featur="chat"):  # finds: CMK210  # ok: CMK201
        pass
    tagged(client, **OPTIONS).responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK201  # ok: CMK210
