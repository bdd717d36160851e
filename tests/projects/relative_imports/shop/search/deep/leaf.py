"""Three dots up."""
from ...clients import groq as client


def call() -> object:
    return client.chat.completions.create(model="llama-3.3-70b-versatile", messages=[])  # finds: CMK101
