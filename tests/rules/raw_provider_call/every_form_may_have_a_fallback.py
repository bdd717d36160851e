"""A sanctioned import with a fallback is sanctioned, whichever form it brings."""
from openai import OpenAI

try:
    from cost_lib import inherited, tagged, tags
except ImportError:
    from contextlib import nullcontext

    inherited = None

    def tagged(client, **_):
        return client

    def tags(**_):
        return nullcontext()

try:
    import cost_lib
except ImportError:
    cost_lib = None

try:
    from cost_lib import record_call
except ModuleNotFoundError:
    record_call = None

client = OpenAI()
tagged(client, feature="x").responses.create(model="gpt-4o-mini", input="x")  # ok: CMK101, CMK201
tagged(client).responses.create(model="gpt-4o-mini", input="x")  # finds: CMK201
client.responses.create(model="gpt-4o-mini", input="x")  # finds: CMK101
with tags(feature="x"):
    tagged(client).responses.create(model="gpt-4o-mini", input="x")  # ok: CMK101, CMK201
    client.responses.create(model="gpt-4o-mini", input="x")  # finds: CMK101
cost_lib.tagged(client, feature="x").responses.create(model="gpt-4o-mini", input="x")  # ok: CMK101, CMK201
with record_call(provider="openai", model="gpt-4o-mini", feature="x"):
    client.responses.create(model="gpt-4o-mini", input="x")  # ok: CMK101, CMK201


def ask(p):
    return tagged(client, feature=inherited).responses.create(model="gpt-4o-mini", input=p)  # ok: CMK201


def caller():
    ask("x")  # finds: CMK207
    with tags(feature="y"):
        ask("x")  # ok: CMK207
