# policy:
# required-tags = ["feature"]
# metering = "process"  # finds: CMK211
"""Under ``metering = "process"`` one ``meter()`` call must be found: reported once, at the policy line."""
from langchain_openai import ChatOpenAI
from openai import OpenAI

from cost_lib import tags


def calls(prompt: str) -> None:
    with tags(feature="search"):
        OpenAI().responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK101, CMK201, CMK211
        ChatOpenAI().invoke(prompt)  # ok: CMK103, CMK201, CMK211
