"""Empty, blank and placeholder values are CMK203 at the keyword, alone, never CMK201 too; ``None`` only for required tags."""
from openai import OpenAI

from cost_lib import record_call, tagged, tags

client = OpenAI()
LATER = "TODO"
NOTHING = None
stored = tagged(client, feature="fixme")  # finds: CMK203


def placeholders(prompt: str) -> None:
    tagged(client, feature="").responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK203  # ok: CMK201
    tagged(client, feature="   ").responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK203  # ok: CMK201
    tagged(client, feature=None).responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK203  # ok: CMK201
    tagged(client, feature="todo").responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK203
    tagged(client, feature="Tbd").responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK203
    tagged(client, feature="XXX").responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK203
    tagged(client, feature="changeme").responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK203
    tagged(client, feature="Placeholder").responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK203
    tagged(client, feature="None").responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK203
    tagged(client, feature="null").responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK203
    tagged(client, feature="N/A").responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK203
    tagged(client, feature=LATER).responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK203
    tagged(client, feature=NOTHING).responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK203
    tagged(client, feature="a" if prompt else "").responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK203
    stored.responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK201, CMK203


def real_values(prompt: str) -> None:
    tagged(client, feature="todo_list").responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK203
    tagged(client, feature="none_of_these").responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK203
    tagged(client, feature="xxxl").responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK203
    tagged(client, feature="na").responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK203
    tagged(client, feature="test").responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK203


def other_tags(prompt: str) -> None:
    tagged(client, feature="a", team="").responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK203
    tagged(client, feature="a", team="n/a").responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK203
    tagged(client, feature="a", team=None).responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK203
    tagged(client, feature="a", user_id=None).responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK203


def scopes(prompt: str) -> None:
    with tags(feature=""):  # finds: CMK203
        tagged(client).responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK201
    with tags(feature="real"):
        tagged(client, feature="").responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK203  # ok: CMK201
    with record_call(provider="acme", model="acme-1", feature="tbd"):  # finds: CMK203  # ok: CMK201
        pass
    with tags(
        team="support",
        feature="placeholder",  # finds: CMK203
    ):
        tagged(client).responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK201


@tags(feature="null")  # finds: CMK203
def decorated(prompt: str) -> None:
    tagged(client).responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK201
