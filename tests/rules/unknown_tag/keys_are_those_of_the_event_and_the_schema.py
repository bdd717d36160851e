# policy:
# required-tags = ["feature"]
# [tags.experiment_id]
# literal = false
"""Tags are the keys of the event's row «who», ``chain_id``, ``session_id``, and the schema's own."""
from openai import OpenAI

from cost_lib import record_call, tagged, tags

client = OpenAI()


def known(user) -> None:
    tagged(client, feature="a", team="b", project="c", cost_center="d", owner="e").responses.create(input="x")  # ok: CMK210
    tagged(client, feature="a", user_id=user.id, user_segment="f", environment="g").responses.create(input="x")  # ok: CMK210
    tagged(client, feature="a", priority="h", request_type="i", prompt_version="j").responses.create(input="x")  # ok: CMK210
    tagged(client, feature="a", chain_id="k", session_id="l", experiment_id="m").responses.create(input="x")  # ok: CMK210
    with record_call(provider="acme", model="acme-1", feature="a"):  # ok: CMK210
        pass


def unknown(user) -> None:
    tagged(client, feature="a", colour="red").responses.create(input="x")  # finds: CMK210  # ok: CMK201
    tagged(client, feature="a", tenant=user.tenant).responses.create(input="x")  # finds: CMK210
    tagged(client, feature="a", model="gpt-4o-mini").responses.create(input="x")  # finds: CMK210
    tagged(client, feature="a", latency_ms="3").responses.create(input="x")  # finds: CMK210
    tagged(client, feature="a", event_id="3").responses.create(input="x")  # finds: CMK210
    tagged(client, feature="a", experiment="m").responses.create(input="x")  # finds: CMK210
    tagged(
        client,
        feature="a",  # ok: CMK210
        customer="acme",  # finds: CMK210
    ).responses.create(input="x")  # ok: CMK201, CMK210
    with tags(feature="a", customer="acme"):  # finds: CMK210
        tagged(client).responses.create(input="x")  # ok: CMK201


@tags(feature="a", squad="b")  # finds: CMK210
def decorated() -> None:
    tagged(client).responses.create(input="x")  # ok: CMK201


stored = tagged(client, feature="a", squad="b")  # finds: CMK210
stored.responses.create(input="x")  # ok: CMK201, CMK210
stored.responses.create(input="y")  # ok: CMK201, CMK210
