# policy:
# required-tags = ["feature", "team"]
"""The caller brings every tag that is inherited; one the callee proves itself is not asked for.

Reading: a required tag that is neither proven nor declared as inherited stays CMK201 in the callee.
"""
from openai import OpenAI

from cost_lib import inherited, tagged, tags

client = OpenAI()


def both(prompt: str) -> object:
    return tagged(client, feature=inherited, team=inherited).responses.create(input=prompt)  # ok: CMK201


def team_is_mine(prompt: str) -> object:
    return tagged(client, feature=inherited, team="growth").responses.create(input=prompt)  # ok: CMK201


def team_forgotten(prompt: str) -> object:
    return tagged(client, feature=inherited).responses.create(input=prompt)  # finds: CMK201


def callers(prompt: str) -> None:
    with tags(feature="a", team="b"):
        both(prompt)  # ok: CMK207
        team_is_mine(prompt)  # ok: CMK207
    with tags(feature="a"):
        both(prompt)  # finds: CMK207
        team_is_mine(prompt)  # ok: CMK207
        team_forgotten(prompt)  # ok: CMK207
    with tags(team="b"):
        both(prompt)  # finds: CMK207
        team_is_mine(prompt)  # finds: CMK207


def optional_tag(prompt: str) -> object:
    return tagged(client, feature="a", team="b", project=inherited).responses.create(input=prompt)  # ok: CMK201


def caller_of_optional(prompt: str) -> None:
    optional_tag(prompt)  # ok: CMK207
