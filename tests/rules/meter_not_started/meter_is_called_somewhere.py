# policy:
# metering = "process"  # ok: CMK211
"""One ``meter()`` call anywhere in the project is enough."""
import cost_lib
from openai import OpenAI

from cost_lib import tags


def calls(prompt: str) -> None:
    with tags(feature="search"):
        OpenAI().responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK101, CMK201


if __name__ == "__main__":
    cost_lib.meter()  # ok: CMK211
    calls("x")
