"""A test's parameter is what the fixture of that name returns or yields."""
import pytest
from anthropic import AsyncAnthropic
from openai import OpenAI

from cost_lib import tagged


@pytest.fixture
def client():
    return OpenAI()


@pytest.fixture(scope="session")
def yielded():
    with OpenAI() as opened:
        yield opened


@pytest.fixture(name="renamed")
def _renamed():
    return tagged(OpenAI(), feature="tests")


@pytest.fixture
def nested(client):
    return client


@pytest.fixture
def fake(monkeypatch):
    return object()


@pytest.fixture
async def claude():
    return AsyncAnthropic()


def test_reply(client):
    assert client.responses.create(model="gpt-4o-mini", input="x")  # finds: CMK101


def test_yielded(yielded, nested):
    yielded.responses.create(model="gpt-4o-mini", input="x")  # finds: CMK101
    nested.responses.create(model="gpt-4o-mini", input="x")  # finds: CMK101


def test_renamed(renamed, fake, tmp_path):
    renamed.responses.create(model="gpt-4o-mini", input="x")  # ok: CMK101, CMK201
    fake.responses.create(model="gpt-4o-mini", input="x")  # ok: CMK101
    tmp_path.responses.create(model="gpt-4o-mini", input="x")  # ok: CMK101


class TestChat:
    async def test_claude(self, claude):
        await claude.messages.create(model="claude-sonnet-4-5", max_tokens=9, messages=[])  # finds: CMK101

    def test_tagged(self, client):
        tagged(client, feature="tests").responses.create(model="gpt-4o-mini", input="x")  # ok: CMK101, CMK201


def helper(client):
    return client.responses.create(model="gpt-4o-mini", input="x")  # ok: CMK101
