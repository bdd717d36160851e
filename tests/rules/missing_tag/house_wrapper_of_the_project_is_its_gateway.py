# policy:
# [[wrappers]]
# name = "house_wrapper_of_the_project_is_its_gateway.complete"
# kind = "call"
# tags = ["keywords"]
# [[wrappers]]
# name = "house_wrapper_of_the_project_is_its_gateway.Gateway.ask"
# kind = "call"
# tags = ["keywords"]
# [[wrappers]]
# name = "house_wrapper_of_the_project_is_its_gateway.make_client"
# kind = "client"
# client = "openai.OpenAI"
# tags = ["keywords"]
"""The body of a configured house wrapper that lives in the project is its gateway: allowed."""
import requests
from openai import OpenAI

_client = OpenAI()


def complete(prompt: str, *, feature: str) -> object:
    print(feature)
    return _client.responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK101


class Gateway:
    def ask(self, prompt: str, **tags: str) -> object:
        requests.post("https://api.openai.com/v1/responses", json={})  # ok: CMK102

        def attempt() -> object:
            return _client.responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK101

        return attempt()

    def other(self, prompt: str) -> object:
        return _client.responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK101


def make_client(feature: str) -> OpenAI:
    client = OpenAI()
    client.responses.create(model="gpt-4o-mini", input="warm up")  # ok: CMK101
    return client


def beside_it(prompt: str) -> object:
    return _client.responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK101


def users(prompt: str) -> None:
    complete(prompt, feature="chat")  # ok: CMK201
    complete(prompt)  # finds: CMK201
    Gateway().ask(prompt, feature="chat")  # ok: CMK201
    Gateway().ask(prompt)  # finds: CMK201
    Gateway().other(prompt)  # ok: CMK201
    make_client("chat").responses.create(model="gpt-4o-mini", input=prompt, feature="chat")  # ok: CMK101, CMK201
    make_client(feature="chat").responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK101, CMK201
