"""``try: from cost_lib import tagged / except ImportError`` is sanctioned, whatever the fallback is."""
from contextlib import nullcontext

from anthropic import Anthropic
from openai import OpenAI

try:
    from cost_lib import tagged, tags
except ImportError:

    def tagged(obj, /, **_):
        return obj

    def tags(**_):
        return nullcontext()


try:
    import cost_lib
    from cost_lib import tagged as mark
except ModuleNotFoundError:
    cost_lib = None
    mark = lambda client, **_: client  # noqa: E731

client = OpenAI()
stored = tagged(Anthropic(), feature="stored")


def calls(prompt: str) -> None:
    tagged(client, feature="chat").responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK101, CMK201
    stored.messages.create(model="claude-sonnet-4-5", max_tokens=9, messages=[])  # ok: CMK101, CMK201
    mark(client, feature="chat").responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK101, CMK201
    tagged(client).responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK201
    mark(client).responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK201
    client.responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK101
    with tags(feature="scope"):
        tagged(client).responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK101, CMK201
        client.responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK101
