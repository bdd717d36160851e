"""Another portion of the namespace."""
from acme.llm import client
from acme.llm.client import good, mistral

from ..llm.client import mistral as relative


def view(prompt: str) -> None:
    mistral.chat.complete(model="mistral-small-latest", messages=[])  # finds: CMK101
    client.mistral.chat.stream(model="mistral-small-latest", messages=[])  # finds: CMK101
    relative.embeddings.create(model="mistral-embed", inputs=[prompt])  # finds: CMK101
    good.chat.complete(model="mistral-small-latest", messages=[])  # ok: CMK101, CMK201
    client.good.chat.complete(model="mistral-small-latest", messages=[])  # ok: CMK101, CMK201
