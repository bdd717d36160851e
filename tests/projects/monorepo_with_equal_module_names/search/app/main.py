"""``app.clients`` is search's."""
from app.clients import client

client.responses.create(model="gpt-4o-mini", input="x")  # finds: CMK101
