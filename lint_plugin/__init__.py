"""Find LLM calls that nobody will be able to account for: raw ones and untagged ones."""

from typing import Final

__version__: Final = "0.1.0"
