"""Inside the package."""
from acme.llm import get_client

from cost_lib import tagged


def answer(prompt: str) -> None:
    get_client().chat(model="command-a-03-2025", messages=[])  # finds: CMK101
    tagged(get_client(), feature="answer", team="kb").chat(model="command-a-03-2025", messages=[])  # ok: CMK101, CMK201
    tagged(get_client(), feature="answer").chat(model="command-a-03-2025", messages=[])  # finds: CMK201
