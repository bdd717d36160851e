"""``app.clients`` is billing's."""
from app.clients import client

client.responses.create(model="gpt-4o-mini", input="x")  # ok: CMK101, CMK201
