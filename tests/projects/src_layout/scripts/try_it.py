"""A script outside of the package."""
from acme import get_client
from acme.llm import get_client as again

get_client().chat(model="command-a-03-2025", messages=[])  # finds: CMK101
again().models.list()  # ok: CMK101
