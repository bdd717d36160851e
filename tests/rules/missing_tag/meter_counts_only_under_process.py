"""``metering = "call"`` (the default): ``meter()`` sanctions nothing."""
from langchain_openai import ChatOpenAI
from openai import OpenAI

from cost_lib import meter, tagged, tags

meter()


def calls(prompt: str) -> None:
    with tags(feature="search"):
        OpenAI().responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK101
        ChatOpenAI().invoke(prompt)  # finds: CMK103
        tagged(ChatOpenAI()).invoke(prompt)  # ok: CMK103, CMK201
    tagged(OpenAI(), feature="search").responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK101, CMK201
