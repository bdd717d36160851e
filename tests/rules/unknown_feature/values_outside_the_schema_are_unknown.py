# policy:
# [tags.environment]
# values = ["production", "staging"]
# [tags.tier]
# values = ["gold", "silver"]
"""A value outside ``values`` is CMK202; without a registry every feature will do."""
from openai import OpenAI

from cost_lib import tagged, tags

client = OpenAI()
TIERS = {"tier": "gold"}


def calls() -> None:
    tier = input()
    tagged(client, feature="anything", environment="production").responses.create(input="x")  # ok: CMK202
    tagged(client, feature="anything", environment="prod").responses.create(input="x")  # finds: CMK202
    tagged(client, feature="anything", tier="silver").responses.create(input="x")  # ok: CMK202, CMK210
    tagged(client, feature="anything", tier="bronze").responses.create(input="x")  # finds: CMK202
    tagged(client, feature="anything", tier=tier).responses.create(input="x")  # ok: CMK202
    tagged(client, feature="anything", **TIERS).responses.create(input="x")  # ok: CMK202
    tagged(client, feature="anything", team="any team").responses.create(input="x")  # ok: CMK202
    with tags(feature="anything", tier="Gold"):  # finds: CMK202
        tagged(client).responses.create(input="x")  # ok: CMK201
    with tags(feature="something else", environment="staging"):  # ok: CMK202
        tagged(client).responses.create(input="x")  # ok: CMK201
