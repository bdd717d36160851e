"""Clients given by a provider of dependency_injector, by a descriptor, by unpacking a named tuple."""

from typing import NamedTuple

from dependency_injector import containers, providers
from openai import OpenAI
from twilio.rest import Client


class Service:
    def __init__(self, client, name):
        self._client = client
        self._name = name

    def ask(self, prompt):
        return self._client.responses.create(model="gpt-4o", input=prompt)  # finds: CMK101

    def named(self, prompt):
        return self._name.responses.create(model="gpt-4o", input=prompt)  # ok: CMK101


class Container(containers.DeclarativeContainer):
    client = providers.Singleton(OpenAI, api_key="...")
    phone = providers.Factory(Client)
    service = providers.Factory(Service, client=client, name=providers.Object("service"))


def of_a_provider(prompt):
    return Container.client().responses.create(model="gpt-4o", input=prompt)  # finds: CMK101


def of_a_container(prompt):
    container = Container()
    return container.client().chat.completions.create(model="gpt-4o", messages=prompt)  # finds: CMK101


def of_another_provider(body):
    return Container.phone().messages.create(body=body, to="+1", from_="+2")  # ok: CMK101


class Described:
    def __get__(self, instance, owner):
        return OpenAI()


class Plain:
    def read(self):
        return OpenAI()


class Owner:
    client = Described()
    plain = Plain()

    def ask(self, prompt):
        return self.client.responses.create(model="gpt-4o", input=prompt)  # finds: CMK101

    def ask_the_object(self, prompt):
        return self.plain.responses.create(model="gpt-4o", input=prompt)  # ok: CMK101


class Setup(NamedTuple):
    name: str
    client: OpenAI


def unpacked(prompt):
    name, client = Setup("gpt-4o", OpenAI())
    name.responses.create(model="gpt-4o", input=prompt)  # ok: CMK101
    return client.responses.create(model=name, input=prompt)  # finds: CMK101
