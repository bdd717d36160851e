"""A client in a module global, used above and below its definition, in functions, methods and closures."""
import os

from anthropic import AsyncAnthropic
from openai import OpenAI

from cost_lib import tagged

MODEL = os.environ.get("MODEL", "gpt-4o-mini")


def early(prompt: str) -> object:
    return client.chat.completions.create(model=MODEL, messages=[])  # finds: CMK101


client = OpenAI(api_key=os.environ["OPENAI_API_KEY"])
sanctioned = tagged(client, feature="chat")
claude: AsyncAnthropic = AsyncAnthropic()
same = client


class Bot:
    async def reply(self, text: str) -> object:
        return await claude.messages.create(model="claude-sonnet-4-5", max_tokens=99, messages=[])  # finds: CMK101

    def reply_tagged(self, text: str) -> object:
        return sanctioned.chat.completions.create(model=MODEL, messages=[])  # ok: CMK101, CMK201


def make_handler():
    def handle(event: dict) -> object:
        def inner() -> object:
            return same.responses.create(model=MODEL, input=event["text"])  # finds: CMK101

        sanctioned.responses.create(model=MODEL, input=event["text"])  # ok: CMK101
        return inner()

    return handle


def closure():
    local = OpenAI()

    def run(prompt: str) -> object:
        return local.chat.completions.create(model=MODEL, messages=[])  # finds: CMK101

    return run


def tagged_closure():
    local = tagged(OpenAI(), feature="closure")
    return lambda prompt: local.chat.completions.create(model=MODEL, messages=[])  # ok: CMK101, CMK201
