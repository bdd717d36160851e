"""Uses the gateway under its own name and through the door."""
import acme
from acme import gateway
from acme.constants import CHAT, FEATURE
from acme.gateway import client_for, complete, scope


def calls(prompt: str) -> None:
    complete(prompt, feature="chat")  # ok: CMK201, CMK202
    complete(prompt, feature=FEATURE)  # ok: CMK201, CMK202
    complete(prompt, **CHAT)  # ok: CMK201, CMK202
    acme.complete(prompt, tags=CHAT)  # ok: CMK201, CMK202
    gateway.complete(prompt, feature="chatt")  # finds: CMK202
    acme.complete(prompt)  # finds: CMK201
    complete(prompt, team="growth")  # finds: CMK201
    client_for(feature_name="chat").messages.create(max_tokens=9, messages=[])  # ok: CMK101, CMK201
    client_for(feature_name="").messages.create(max_tokens=9, messages=[])  # finds: CMK203
    gateway.not_configured(prompt)  # ok: CMK201
    with scope(feature="chat"):
        complete(prompt)  # ok: CMK201
    with scope(team="growth"):
        complete(prompt)  # finds: CMK201


def stored(prompt: str) -> None:
    client = client_for("chat")
    client.messages.create(max_tokens=9, messages=[], feature_name="chat")  # ok: CMK101, CMK201
    client.messages.count_tokens(messages=[])  # ok: CMK101, CMK201
