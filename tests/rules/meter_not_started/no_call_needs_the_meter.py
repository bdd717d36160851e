# policy:
# metering = "process"  # ok: CMK211
"""Where every call is tagged or recorded, or what cannot be metered is reported anyway, no ``meter()`` is missed."""
from openai import OpenAI

from cost_lib import record_call, tagged


def calls(prompt: str) -> None:
    tagged(OpenAI(), feature="search").responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK101, CMK211
    with record_call(provider="acme", model="acme-1", feature="search"):  # ok: CMK201
        pass
    OpenAI().models.list()  # ok: CMK211
