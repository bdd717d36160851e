"""A mixin's methods see what the other bases of the classes bring that it is mixed into; what it has itself comes first."""

from openai import OpenAI

from cost_lib import tagged


class AskMixin:
    def ask(self, messages: list) -> object:
        return self.client.chat.completions.create(model="gpt-4o-mini", messages=messages)  # finds: CMK101

    def ask_safely(self, messages: list) -> object:
        return self.safe.chat.completions.create(model="gpt-4o-mini", messages=messages)  # ok: CMK101, CMK201

    def ask_of_property(self, messages: list) -> object:
        return self.lazy.chat.completions.create(model="gpt-4o-mini", messages=messages)  # finds: CMK101


class OwnMixin:
    @property
    def client(self) -> OpenAI:
        return tagged(OpenAI(), feature="faq")

    def own(self, messages: list) -> object:
        return self.client.chat.completions.create(model="gpt-4o-mini", messages=messages)  # ok: CMK101, CMK201


class Clients:
    def __init__(self) -> None:
        self.client = OpenAI()
        self.safe = tagged(OpenAI(), feature="faq")

    @property
    def lazy(self) -> OpenAI:
        return OpenAI(timeout=3)


class PropertyBase:
    client = OpenAI()


class Bot(AskMixin, Clients):
    pass


class OwnBot(OwnMixin, PropertyBase):
    pass


class Stranger:
    def ask(self, messages: list) -> object:
        return self.client.chat.completions.create(model="gpt-4o-mini", messages=messages)  # ok: CMK101
