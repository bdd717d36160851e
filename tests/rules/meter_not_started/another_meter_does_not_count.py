# policy:
# metering = "process"  # finds: CMK211
"""A function that is only called ``meter`` is not ours; imported but never called is not started."""
from electricity import meter
from openai import OpenAI

from cost_lib import meter as start
from cost_lib import tags

meter()
later = [start]


def calls(prompt: str) -> None:
    with tags(feature="search"):
        OpenAI().responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK101
