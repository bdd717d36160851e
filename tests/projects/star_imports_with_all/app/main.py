"""Uses what the stars bring."""
from app.door import *


def calls(prompt: str) -> None:
    public.responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK101
    good.responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK101, CMK201
    azure.responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK101
    AzureOpenAI().responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK101
    private.messages.create(max_tokens=9, messages=[])  # ok: CMK101
    _hidden.responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK101
    Anthropic().messages.create(max_tokens=9, messages=[])  # ok: CMK101
