"""A receiver that says its own tag overrides nothing in a thread: the scope does not get there."""
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

from openai import OpenAI

from cost_lib import tagged, tags

chat = tagged(OpenAI(), feature="chat")


def handed(prompt: str) -> None:
    with tags(feature="search"), ThreadPoolExecutor() as pool:
        pool.submit(chat.responses.create, model="gpt-4o-mini", input=prompt)  # ok: CMK206, CMK209
        chat.responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK209


def entered(prompt: str) -> None:
    with ExitStack() as stack:
        stack.enter_context(tags(feature="search"))
        chat.responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK209
        inner = tagged(OpenAI(), feature="rerank")
        inner.responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK209
