"""Uses the clients under every spelling of the import; never names a provider."""
import app.config
from app import config
from app import config as settings
from app.config import FEATURE, MODEL, claude, client, fake, faq_client
from app.config import client as llm

from cost_lib import tagged, tags


def raw(prompt: str) -> None:
    client.responses.create(model=MODEL, input=prompt)  # finds: CMK101
    llm.responses.create(model=MODEL, input=prompt)  # finds: CMK101
    config.client.responses.create(model=MODEL, input=prompt)  # finds: CMK101
    settings.client.responses.create(model=MODEL, input=prompt)  # finds: CMK101
    app.config.client.responses.create(model=MODEL, input=prompt)  # finds: CMK101
    client.models.list()  # ok: CMK101
    fake.responses.create(model=MODEL, input=prompt)  # ok: CMK101


async def raw_async(prompt: str) -> None:
    await claude.messages.create(model="claude-sonnet-4-5", max_tokens=9, messages=[])  # finds: CMK101
    await config.claude.messages.create(model="claude-sonnet-4-5", max_tokens=9, messages=[])  # finds: CMK101


def good(prompt: str) -> None:
    faq_client.responses.create(model=MODEL, input=prompt)  # ok: CMK101, CMK201
    config.faq_client.responses.create(model=MODEL, input=prompt)  # ok: CMK101, CMK201
    tagged(client, feature=FEATURE).responses.create(model=MODEL, input=prompt)  # ok: CMK101, CMK201
    tagged(config.client).responses.create(model=MODEL, input=prompt)  # finds: CMK201
    with tags(feature=config.FEATURE):
        tagged(llm).responses.create(model=MODEL, input=prompt)  # ok: CMK101, CMK201


def hidden_by_parameter(client, prompt: str) -> None:
    client.responses.create(model=MODEL, input=prompt)  # ok: CMK101
