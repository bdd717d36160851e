"""LiteLLM: module functions, aliases, the router and lazy proxies; the table of rules names it under CMK103."""
import asyncio

import litellm
from litellm import Router, acompletion, completion, completion_cost, token_counter
from litellm import embedding as embed

from cost_lib import tagged, tags

router = Router(model_list=[])
ask_model = litellm.completion


def raw(messages: list) -> None:
    litellm.completion(model="gpt-4o-mini", messages=messages)  # finds: CMK103
    completion(model="gpt-4o-mini", messages=messages)  # finds: CMK103
    embed(model="text-embedding-3-small", input=["x"])  # finds: CMK103
    router.completion(model="gpt-4o-mini", messages=messages)  # finds: CMK103
    ask_model(model="gpt-4o-mini", messages=messages)  # finds: CMK103
    litellm.image_generation(prompt="a cat")  # finds: CMK103


async def asynchronous(messages: list) -> None:
    await acompletion(model="gpt-4o-mini", messages=messages)  # finds: CMK103
    await asyncio.gather(*[litellm.acompletion(model="gpt-4o-mini", messages=m) for m in messages])  # finds: CMK103
    await asyncio.to_thread(litellm.completion, model="gpt-4o-mini", messages=messages)  # finds: CMK103
    await tagged(acompletion, feature="chat")(model="gpt-4o-mini", messages=messages)  # ok: CMK103, CMK201


def sanctioned(messages: list) -> None:
    tagged(litellm.completion, feature="chat")(model="gpt-4o-mini", messages=messages)  # ok: CMK103, CMK201
    tagged(litellm, feature="chat").completion(model="gpt-4o-mini", messages=messages)  # ok: CMK103, CMK201
    tagged(router, feature="chat").completion(model="gpt-4o-mini", messages=messages)  # ok: CMK103, CMK201
    tagged(completion)(model="gpt-4o-mini", messages=messages)  # finds: CMK201  # ok: CMK103
    with tags(feature="chat"):
        tagged(completion)(model="gpt-4o-mini", messages=messages)  # ok: CMK103, CMK201
        completion(model="gpt-4o-mini", messages=messages)  # finds: CMK103


def free(messages: list) -> None:
    token_counter(model="gpt-4o-mini", messages=messages)  # ok: CMK103
    completion_cost(model="gpt-4o-mini", prompt="x", completion="y")  # ok: CMK103
    litellm.get_max_tokens("gpt-4o-mini")  # ok: CMK103
    litellm.set_verbose = True  # ok: CMK103


def shadowed(completion, messages: list) -> None:
    completion(model="gpt-4o-mini", messages=messages)  # ok: CMK103
