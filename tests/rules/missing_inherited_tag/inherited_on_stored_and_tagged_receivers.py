"""``inherited`` never erases what the receiver has; on a stored receiver it means «not set here».

Reading: the function that makes the call through a stored receiver must prove the tag itself (CMK201 there, not CMK207).
"""
from openai import OpenAI

from cost_lib import inherited, tagged, tags

has_it = tagged(OpenAI(), feature="chat")
stored = tagged(OpenAI(), feature=inherited)


def keeps_what_it_has(prompt: str) -> object:
    return tagged(has_it, feature=inherited).responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK201


def caller_of_keeper(prompt: str) -> None:
    keeps_what_it_has(prompt)  # ok: CMK207


def through_stored(prompt: str) -> object:
    return stored.responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK201


def through_stored_in_scope(prompt: str) -> object:
    with tags(feature="scope"):
        return stored.responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK201


@tags(feature="decorated")
def through_stored_decorated(prompt: str) -> object:
    return stored.responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK201


def merged(prompt: str) -> object:
    return tagged(stored, feature="merged").responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK201


def nobody_is_asked(prompt: str) -> None:
    through_stored_in_scope(prompt)  # ok: CMK207
    through_stored_decorated(prompt)  # ok: CMK207
    merged(prompt)  # ok: CMK207


@tags(feature="own")
def proves_itself(prompt: str) -> object:
    return tagged(OpenAI(), feature=inherited).responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK201


def caller_of_prover(prompt: str) -> None:
    proves_itself(prompt)  # ok: CMK207


stored.responses.create(model="gpt-4o-mini", input="import time")  # finds: CMK201
tagged(OpenAI(), feature=inherited).responses.create(model="gpt-4o-mini", input="import time")  # finds: CMK201
with tags(feature="import_time"):
    stored.responses.create(model="gpt-4o-mini", input="import time")  # ok: CMK201
