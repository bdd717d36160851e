"""A parameter without annotation is what the callers in the project pass."""
from anthropic import Anthropic
from groq import Groq
from openai import OpenAI

from cost_lib import tagged


def raw_caller(client, prompt):
    return client.chat.completions.create(model="gpt-4o-mini", messages=[])  # finds: CMK101


def tagged_caller(client, prompt):
    return client.chat.completions.create(model="gpt-4o-mini", messages=[])  # ok: CMK101, CMK201


def mixed_callers(client, prompt):
    return client.chat.completions.create(model="gpt-4o-mini", messages=[])  # finds: CMK101


def nobody_calls(client, prompt):
    return client.chat.completions.create(model="gpt-4o-mini", messages=[])  # ok: CMK101


def through_two_hops(llm):
    return second_hop(llm)


def second_hop(llm):
    return llm.messages.create(model="claude-sonnet-4-5", max_tokens=9, messages=[])  # finds: CMK101


def by_keyword(prompt, *, backend):
    return backend.chat.completions.create(model="llama-3.3-70b-versatile", messages=[])  # finds: CMK101


def by_star(*backends):
    return [backend.chat.completions.create(model="llama-3.3-70b-versatile", messages=[]) for backend in backends]  # finds: CMK101


class Worker:
    def __init__(self, client):
        self.client = client

    def run(self, prompt):
        return self.client.chat.completions.create(model="gpt-4o-mini", messages=[])  # finds: CMK101


class TaggedWorker:
    def __init__(self, client):
        self.client = client

    def run(self, prompt):
        return self.client.chat.completions.create(model="gpt-4o-mini", messages=[])  # ok: CMK101, CMK201


def main():
    client = OpenAI()
    raw_caller(client, "a")
    tagged_caller(tagged(client, feature="chat"), "a")
    mixed_callers(client, "a")
    mixed_callers(tagged(client, feature="chat"), "b")
    through_two_hops(Anthropic())
    by_keyword("a", backend=Groq())
    by_star(Groq(), tagged(Groq(), feature="x"))
    Worker(client).run("a")
    TaggedWorker(client=tagged(client, feature="work")).run("a")
