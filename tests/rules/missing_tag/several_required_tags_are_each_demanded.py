# policy:
# required-tags = ["feature", "team"]
"""Every required tag is demanded; each may be proven in another way."""
from openai import OpenAI

from cost_lib import record_call, tagged, tags

client = OpenAI()
COMMON = {"feature": "chat", "team": "growth"}
HALF = dict(team="growth")


def calls(prompt: str, extra: dict) -> None:
    tagged(client, feature="chat", team="growth").responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK201
    tagged(client, feature="chat").responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK201
    tagged(client, team="growth").responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK201
    tagged(client).responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK201
    tagged(client, **COMMON).responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK201
    tagged(client, feature="chat", **HALF).responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK201
    tagged(client, **HALF).responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK201
    tagged(client, **extra).responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK201


@tags(team="growth")
def mixed(prompt: str) -> None:
    tagged(client, feature="chat").responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK201
    with tags(feature="chat"):
        tagged(client).responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK201
    tagged(client).responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK201
    with record_call(provider="acme", model="acme-1", feature="chat"):  # ok: CMK201
        pass
    with record_call(provider="acme", model="acme-1"):  # finds: CMK201
        pass


def nested_scopes(prompt: str) -> None:
    with tags(feature="chat"):
        tagged(client).responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK201
        with tags(team="growth"):
            tagged(client).responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK201
    with tags(feature="chat"), tags(team="growth"):
        tagged(client).responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK201
