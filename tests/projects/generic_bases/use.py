from dataclasses import dataclass

import requests
from anthropic import AsyncAnthropic
from base import Backend, Chat
from openai import OpenAI
from twilio.rest import Client


class OpenAIChat(Chat[str, OpenAI]):
    def ask(self, prompt):
        return self.client.chat.completions.create(model="gpt-4o", messages=prompt)  # finds: CMK101

    def ask_again(self, prompt):
        return self.current().responses.create(model="gpt-4o", input=prompt)  # finds: CMK101

    def look(self):
        return self.last.responses.create(model="gpt-4o", input="?")  # ok: CMK101


class AnthropicChat(Chat[dict, AsyncAnthropic]):
    async def ask(self, prompt):
        return await self.client.messages.create(model="claude-sonnet-4-5", max_tokens=9, messages=prompt)  # finds: CMK101


class Texting(Chat[str, Client]):
    def ask(self, body):
        return self.client.messages.create(body=body, to="+1", from_="+2")  # ok: CMK101


@dataclass
class Settings:
    url: str
    client: OpenAI

    @classmethod
    def read(cls, given, **kwargs):
        kwargs.setdefault("url", given.get("URL", "https://api.openai.com/v1"))
        return cls(**kwargs)


@dataclass
class WikiSettings:
    url: str = "https://en.wikipedia.org/w"


class OpenAIBackend(Backend[Settings]):
    def ask(self, body):
        return requests.post(f"{self.settings.url}/chat/completions", json=body)  # finds: CMK102

    def ask_by_client(self, prompt):
        return self.settings.client.responses.create(model="gpt-4o", input=prompt)  # finds: CMK101


class WikiBackend(Backend[WikiSettings]):
    def ask(self, body):
        return requests.post(f"{self.settings.url}/chat/completions", json=body)  # ok: CMK102
