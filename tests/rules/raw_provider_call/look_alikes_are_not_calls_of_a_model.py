"""The same chains on other origins: judged by what the receiver is, never by its suffix."""
from unittest.mock import AsyncMock, MagicMock, Mock, create_autospec

import openai
import twilio.rest
from discord import Client as Discord
from langfuse import Langfuse
from openai import OpenAI as RealOpenAI
from twilio.rest import Client

from cost_lib import tagged

twilio_client = Client("sid", "token")
chat = Discord()


class OpenAI:
    """Shaped like the SDK's class, but the project's own."""

    def __init__(self) -> None:
        self.chat = self
        self.completions = self

    def create(self, **kwargs: object) -> str:
        return "canned"


class Messages:
    def create(self, **kwargs: object) -> str:
        return "stored"


class Board:
    def __init__(self) -> None:
        self.messages = Messages()


def calls(prompt: str) -> None:
    twilio_client.messages.create(to="+1555", from_="+1556", body=prompt)  # ok: CMK101
    twilio.rest.Client("sid", "token").chat.v2.services("s").channels.create()  # ok: CMK101
    OpenAI().chat.completions.create(model="gpt-4o-mini", messages=[])  # ok: CMK101
    Board().messages.create(text=prompt)  # ok: CMK101
    Langfuse().generation(name="x").end()  # ok: CMK101
    chat.completions.create(prompt)  # ok: CMK101
    RealOpenAI().chat.completions.create(model="gpt-4o-mini", messages=[])  # finds: CMK101


def mocks(mocker) -> None:
    client = MagicMock(spec=RealOpenAI)
    client.chat.completions.create(model="gpt-4o-mini", messages=[])  # ok: CMK101
    client = create_autospec(openai.OpenAI, instance=True)
    client.chat.completions.create(model="gpt-4o-mini", messages=[])  # ok: CMK101
    client = mocker.patch("app.client")
    client.chat.completions.create(model="gpt-4o-mini", messages=[])  # ok: CMK101
    client = Mock()
    client.messages.create(max_tokens=9, messages=[])  # ok: CMK101
    client = None
    client.messages.create(max_tokens=9, messages=[])  # ok: CMK101


async def async_mock() -> None:
    client = AsyncMock(spec=openai.AsyncOpenAI)
    await client.chat.completions.create(model="gpt-4o-mini", messages=[])  # ok: CMK101


def construction_is_free() -> None:
    RealOpenAI(api_key="k")  # ok: CMK101
    tagged(RealOpenAI(), feature="x")  # ok: CMK101
    isinstance(chat, RealOpenAI)  # ok: CMK101
    RealOpenAI().chat.completions  # ok: CMK101
    print(RealOpenAI().base_url)  # ok: CMK101
