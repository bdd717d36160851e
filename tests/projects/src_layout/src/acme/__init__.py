"""The package."""
from acme.llm import get_client as get_client
