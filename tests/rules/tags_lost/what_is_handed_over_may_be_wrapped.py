"""Partials and lambdas take their tags from the scope too; a context that is passed on keeps them."""
import contextvars
import threading
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from openai import OpenAI

from cost_lib import inherited, tagged, tags

client = OpenAI()
llm = tagged(client)


def ask(prompt: str) -> object:
    return tagged(client, feature=inherited).responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK201


def wrapped() -> None:
    with tags(feature="batch"), ThreadPoolExecutor() as pool:
        pool.submit(partial(ask, "x"))  # finds: CMK206  # ok: CMK207
        pool.submit(lambda: [ask("x"), ask("y")])  # finds: CMK206  # ok: CMK207
        job = partial(llm.responses.create, model="gpt-4o-mini")  # ok: CMK201
        pool.submit(job, input="x")  # finds: CMK206
        pool.submit(partial(client.responses.create, model="gpt-4o-mini"))  # finds: CMK101  # ok: CMK206
        pool.submit(partial(tagged(client, feature="own").responses.create, model="gpt-4o-mini"))  # ok: CMK201, CMK206


def contexts() -> None:
    with tags(feature="batch"):
        threading.Thread(target=ask, args=("x",), context=contextvars.copy_context()).start()  # ok: CMK206
        threading.Thread(target=ask, args=("x",), context=None).start()  # finds: CMK206


def no_scope() -> None:
    threading.Thread(target=lambda: ask("x")).start()  # finds: CMK207  # ok: CMK206
