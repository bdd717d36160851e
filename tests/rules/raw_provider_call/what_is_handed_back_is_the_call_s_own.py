"""A function that hands its argument back gives each caller what that caller gave."""

from openai import OpenAI

from cost_lib import tagged


def checked(client: OpenAI) -> OpenAI:
    if client is None:
        raise ValueError("no client")
    return client


def first_of(client: OpenAI, other: OpenAI) -> OpenAI:
    return client or other


def labelled(client: OpenAI, feature: str) -> OpenAI:
    return tagged(client, feature=feature)


def run(prompt: str) -> None:
    checked(OpenAI()).responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK101
    checked(tagged(OpenAI(), feature="faq")).responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK101, CMK201
    checked(client=tagged(OpenAI())).responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK201
    safe = tagged(OpenAI(), feature="faq")
    first_of(safe, OpenAI()).responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK101
    first_of(safe, safe).responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK101, CMK201
    labelled(OpenAI(), "faq").responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK101, CMK201
    labelled(safe, "search").responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK101, CMK201
