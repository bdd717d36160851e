"""Each hop either hands the duty on in one of the declared forms or is where CMK207 is reported."""
from openai import OpenAI

from cost_lib import inherited, tagged, tags

client = OpenAI()


def leaf(prompt: str) -> object:
    return tagged(client, feature=inherited).responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK201


def silent_hop(prompt: str) -> object:
    return leaf(prompt)  # finds: CMK207


@tags(feature=inherited)
def decorated_hop(prompt: str) -> object:
    return leaf(prompt)  # ok: CMK207


def scoped_hop(prompt: str) -> object:
    with tags(feature=inherited):
        return leaf(prompt)  # ok: CMK207


@tags(feature=inherited)
def second_hop(prompt: str) -> object:
    return decorated_hop(prompt)  # ok: CMK207


@tags(feature="faq")
def top(prompt: str) -> None:
    silent_hop(prompt)  # ok: CMK207
    decorated_hop(prompt)  # ok: CMK207
    scoped_hop(prompt)  # ok: CMK207
    second_hop(prompt)  # ok: CMK207


def careless(prompt: str) -> None:
    silent_hop(prompt)  # ok: CMK207
    decorated_hop(prompt)  # finds: CMK207
    scoped_hop(prompt)  # finds: CMK207
    second_hop(prompt)  # finds: CMK207


def recursive(prompt: str, depth: int) -> object:
    if depth:
        return recursive(prompt, depth - 1)  # ok: CMK207
    with tags(feature="deep"):
        return leaf(prompt)  # ok: CMK207


def proves_itself(prompt: str) -> object:
    with tags(feature="own"):
        return tagged(client, feature=inherited).responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK201


def calls_the_one_that_proves(prompt: str) -> None:
    proves_itself(prompt)  # ok: CMK207
