"""``instructor`` and other wrappers of the kind return something that bills like what went in.

Reading: ``instructor`` is listed among the frameworks, so a raw call on its client is CMK103.
"""
import instructor
from anthropic import Anthropic
from openai import AsyncOpenAI, OpenAI
from pydantic import BaseModel

from cost_lib import tagged


class Person(BaseModel):
    name: str


raw = instructor.from_openai(OpenAI())
claude = instructor.from_anthropic(Anthropic())
asynchronous = instructor.from_openai(AsyncOpenAI(), mode=instructor.Mode.JSON)
provider = instructor.from_provider("openai/gpt-4o-mini")
inside = instructor.from_openai(tagged(OpenAI(), feature="people"))
outside = tagged(instructor.from_openai(OpenAI()), feature="people")


def extract(text: str) -> None:
    raw.chat.completions.create(model="gpt-4o-mini", response_model=Person, messages=[])  # finds: CMK103
    raw.create(model="gpt-4o-mini", response_model=Person, messages=[])  # finds: CMK103
    claude.messages.create(model="claude-sonnet-4-5", response_model=Person, messages=[])  # finds: CMK103
    provider.create(response_model=Person, messages=[])  # finds: CMK103
    inside.chat.completions.create(model="gpt-4o-mini", response_model=Person, messages=[])  # ok: CMK101, CMK103
    outside.create(model="gpt-4o-mini", response_model=Person, messages=[])  # ok: CMK101, CMK103
    tagged(raw, feature="people").create_with_completion(model="gpt-4o-mini", response_model=Person, messages=[])  # ok: CMK101, CMK103


async def extract_async(text: str) -> None:
    await asynchronous.chat.completions.create(model="gpt-4o-mini", response_model=Person, messages=[])  # finds: CMK103
