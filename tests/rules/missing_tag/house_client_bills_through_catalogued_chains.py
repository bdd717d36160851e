# policy:
# [[wrappers]]
# name = "acme_llm.get_client"
# kind = "client"
# client = "openai.OpenAI"
# tags = ["keywords"]
# [[wrappers]]
# name = "acme_llm.client_for"
# kind = "client"
# client = "openai.AsyncOpenAI"
# tags = {feature = "feature_name"}
# [[wrappers]]
# name = "acme_llm.AnyClient"
# kind = "client"
# tags = ["keywords", {argument = "tags"}]
"""A house client factory bills through catalogued accessor chains; its leaf call may carry the tags too."""
from acme_llm import AnyClient, client_for, get_client
from anthropic import Anthropic

from cost_lib import tagged, tags

COMMON = {"feature": "chat"}
stored = get_client(feature="chat")
bare = get_client()


def typed(prompt: str) -> None:
    stored.chat.completions.create(model="gpt-4o-mini", messages=[])  # ok: CMK101, CMK201
    bare.chat.completions.create(model="gpt-4o-mini", messages=[])  # finds: CMK201  # ok: CMK101
    get_client(feature="chat").responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK201
    get_client().responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK201
    bare.responses.create(model="gpt-4o-mini", input=prompt, feature="chat")  # ok: CMK201
    bare.responses.create(model="gpt-4o-mini", input=prompt, **COMMON)  # ok: CMK201
    bare.models.list()  # ok: CMK201
    bare.moderations.create(input=prompt)  # ok: CMK201
    completions = stored.chat.completions
    completions.create(model="gpt-4o-mini", messages=[])  # ok: CMK201


async def renamed(prompt: str) -> None:
    await client_for(feature_name="chat").responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK201
    await client_for(feature="chat").responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK201
    await client_for().responses.create(model="gpt-4o-mini", input=prompt, feature_name="chat")  # ok: CMK201
    await client_for().responses.create(model="gpt-4o-mini", input=prompt, feature="chat")  # finds: CMK201


def untyped(prompt: str) -> None:
    AnyClient(feature="chat").chat.completions.create(model="gpt-4o-mini", messages=[])  # ok: CMK201
    AnyClient(tags={"feature": "chat"}).messages.create(max_tokens=9, messages=[])  # ok: CMK201
    AnyClient().chat.completions.create(model="gpt-4o-mini", messages=[])  # finds: CMK201
    AnyClient().messages.create(max_tokens=9, messages=[])  # finds: CMK201
    AnyClient().messages.create(max_tokens=9, messages=[], tags=COMMON)  # ok: CMK201
    AnyClient().connect()  # ok: CMK201


def scopes(prompt: str) -> None:
    with tags(feature="chat"):
        bare.responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK201
        AnyClient().chat.completions.create(model="gpt-4o-mini", messages=[])  # ok: CMK201
    tagged(Anthropic()).messages.create(max_tokens=9, messages=[], feature="chat")  # finds: CMK201
    bare.responses.create(model="gpt-4o-mini", input=prompt, feature="")  # finds: CMK203  # ok: CMK201
