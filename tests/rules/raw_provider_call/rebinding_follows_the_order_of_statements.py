"""In straight-line code the last binding counts; where paths meet, all of them do."""
from fakes import FakeClient, debug
from openai import OpenAI

from cost_lib import tagged

client = OpenAI()
client.chat.completions.create(model="gpt-4o-mini", messages=[])  # finds: CMK101
client = tagged(client, feature="chat")
client.chat.completions.create(model="gpt-4o-mini", messages=[])  # ok: CMK101, CMK201


def uses_the_final_global() -> object:
    return client.chat.completions.create(model="gpt-4o-mini", messages=[])  # ok: CMK101, CMK201


def raw_then_tagged() -> None:
    llm = OpenAI()
    llm = tagged(llm, feature="a")
    llm.responses.create(model="gpt-4o-mini", input="x")  # ok: CMK101, CMK201


def tagged_then_raw() -> None:
    llm = tagged(OpenAI(), feature="a")
    llm.responses.create(model="gpt-4o-mini", input="x")  # ok: CMK101
    llm = OpenAI()
    llm.responses.create(model="gpt-4o-mini", input="x")  # finds: CMK101


def raw_on_one_path(flag: bool) -> None:
    llm = OpenAI()
    if flag:
        llm = tagged(llm, feature="a")
        llm.responses.create(model="gpt-4o-mini", input="x")  # ok: CMK101, CMK201
    llm.responses.create(model="gpt-4o-mini", input="x")  # finds: CMK101


def tagged_on_both_paths(flag: bool) -> None:
    if flag:
        llm = tagged(OpenAI(), feature="a")
    else:
        llm = tagged(OpenAI(base_url="https://eu.api.openai.com/v1"), feature="b")
    llm.responses.create(model="gpt-4o-mini", input="x")  # ok: CMK101, CMK201


def replaced_by_a_fake(flag: bool) -> None:
    llm = OpenAI()
    llm = FakeClient()
    llm.responses.create(model="gpt-4o-mini", input="x")  # ok: CMK101


def raw_after_a_loop(prompts: list[str]) -> None:
    llm = tagged(OpenAI(), feature="a")
    for prompt in prompts:
        llm.responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK101
        if debug(prompt):
            llm = OpenAI()
