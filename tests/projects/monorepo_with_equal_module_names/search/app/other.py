"""Relative: no doubt whose it is."""
from .clients import client

client.responses.create(model="gpt-4o-mini", input="x")  # finds: CMK101
