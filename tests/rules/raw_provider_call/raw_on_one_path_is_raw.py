"""A receiver that is raw on one path is CMK101."""
from anthropic import Anthropic
from openai import AzureOpenAI, OpenAI
from settings import settings

from cost_lib import tagged

if settings.azure:
    client = AzureOpenAI()
else:
    client = tagged(OpenAI(), feature="chat")

try:
    fallback = tagged(OpenAI(), feature="chat")
except ValueError:
    fallback = OpenAI(api_key="dummy")

both = tagged(AzureOpenAI(), feature="a") if settings.azure else tagged(OpenAI(), feature="b")
one = tagged(AzureOpenAI(), feature="a") if settings.azure else OpenAI()


def calls(injected=None) -> None:
    client.chat.completions.create(model="gpt-4o-mini", messages=[])  # finds: CMK101
    fallback.chat.completions.create(model="gpt-4o-mini", messages=[])  # finds: CMK101
    both.chat.completions.create(model="gpt-4o-mini", messages=[])  # ok: CMK101, CMK201
    one.chat.completions.create(model="gpt-4o-mini", messages=[])  # finds: CMK101
    (injected or OpenAI()).chat.completions.create(model="gpt-4o-mini", messages=[])  # finds: CMK101
    (injected or tagged(OpenAI(), feature="a")).chat.completions.create(model="gpt-4o-mini", messages=[])  # ok: CMK101
    (tagged(Anthropic(), feature="a") if injected else Anthropic()).messages.create(max_tokens=9, messages=[])  # finds: CMK101
    tagged(injected or OpenAI(), feature="a").chat.completions.create(model="gpt-4o-mini", messages=[])  # ok: CMK101


def matched(kind: str) -> None:
    match kind:
        case "azure":
            llm = AzureOpenAI()
        case _:
            llm = tagged(OpenAI(), feature="a")
    llm.chat.completions.create(model="gpt-4o-mini", messages=[])  # finds: CMK101


def returned_early(kind: str) -> None:
    llm = OpenAI()
    if kind == "raw":
        llm.models.list()
        return
    llm = tagged(llm, feature="a")
    llm.chat.completions.create(model="gpt-4o-mini", messages=[])  # ok: CMK101, CMK201
