"""Uses the factories through the package's door."""
import llm
from llm import make_claude, make_tagged, mark, openai_client, scope


def calls(prompt: str) -> None:
    openai_client().responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK101
    llm.openai_client(azure=True).responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK101
    make_claude().messages.create(model="claude-sonnet-4-5", max_tokens=9, messages=[])  # finds: CMK101
    llm.factory.make_claude().messages.create(model="claude-sonnet-4-5", max_tokens=9, messages=[])  # finds: CMK101
    make_tagged("chat").responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK101, CMK201
    make_tagged(feature="").responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK203
    mark(make_claude(), feature="chat").messages.create(max_tokens=9, messages=[])  # ok: CMK101, CMK201
    mark(make_claude()).messages.create(max_tokens=9, messages=[])  # finds: CMK201
    with scope(feature="chat"):
        llm.mark(make_claude()).messages.create(max_tokens=9, messages=[])  # ok: CMK101, CMK201
        make_claude().messages.create(max_tokens=9, messages=[])  # finds: CMK101
