"""A name means what its own scope binds: parameters, loops and local assignments hide the global client."""
from fakes import FakeClient, RateLimiter
from openai import OpenAI

client = OpenAI()
openai_like = FakeClient()


def parameter_hides_global(client, prompt):
    return client.chat.completions.create(model="gpt-4o-mini", messages=[])  # ok: CMK101


def assignment_hides_global(prompt):
    client = FakeClient()
    return client.chat.completions.create(model="gpt-4o-mini", messages=[])  # ok: CMK101


def loop_variable_hides_global(fakes):
    for client in (FakeClient(), FakeClient()):
        client.chat.completions.create(model="gpt-4o-mini", messages=[])  # ok: CMK101


def with_target_hides_global():
    with RateLimiter() as client:
        client.chat.completions.create(model="gpt-4o-mini", messages=[])  # ok: CMK101


def import_hides_global():
    from fakes import client

    client.chat.completions.create(model="gpt-4o-mini", messages=[])  # ok: CMK101


def lambda_parameter_hides_global(items):
    return [(lambda client: client.chat.completions.create(messages=[]))(FakeClient()) for _ in items]  # ok: CMK101


def comprehension_variable_hides_only_inside(fakes):
    first = [client.chat.completions.create(messages=[]) for client in (FakeClient(),)]  # ok: CMK101
    second = client.chat.completions.create(model="gpt-4o-mini", messages=[])  # finds: CMK101
    return first, second


class Service:
    client = FakeClient()

    def run(self):
        self.client.chat.completions.create(messages=[])  # ok: CMK101
        return client.chat.completions.create(model="gpt-4o-mini", messages=[])  # finds: CMK101


def rebinds_the_import(OpenAI):
    return OpenAI().chat.completions.create(messages=[])  # ok: CMK101


def rebinds_the_module():
    import fakes as openai

    return openai.OpenAI().chat.completions.create(messages=[])  # ok: CMK101


def no_shadow(prompt):
    return client.chat.completions.create(model="gpt-4o-mini", messages=[])  # finds: CMK101
