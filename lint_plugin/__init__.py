"""Find LLM calls that nobody will be able to account for: raw ones and untagged ones."""

__version__ = "0.1.0"
