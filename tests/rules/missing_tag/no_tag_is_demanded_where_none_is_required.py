# policy:
# required-tags = []
"""``required-tags = []`` is legal: raw calls are still found, missing tags are not."""
from openai import OpenAI

from cost_lib import inherited, record_call, tagged

client = OpenAI()


def calls(prompt: str) -> None:
    tagged(client).responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK201
    client.responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK101
    with record_call(provider="acme", model="acme-1"):  # ok: CMK201
        pass
    tagged(client, feature="").responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK203
    tagged(client, feature=None).responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK203
    tagged(client, colour="red").responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK210


def ask(prompt: str) -> object:
    return tagged(client, feature=inherited).responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK201


def caller(prompt: str) -> None:
    ask(prompt)  # ok: CMK207
