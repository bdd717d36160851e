"""Know the families of responses: about ten shapes carry the usage of every provider."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from cost_lib.families import anthropic, gemini, openai
from cost_lib.families.reading import Reader

if TYPE_CHECKING:
    from collections.abc import Callable

    from cost_lib.families.reading import Read


class Family(NamedTuple):
    """One shape of responses."""

    read: Read
    is_last: Callable[[dict[str, object]], bool]  # whether an event of a stream is the one after which no usage comes

    def reader(self) -> Reader:
        """Make a reader for one answer."""
        return Reader(self.read, self.is_last)


CHAT: Final = Family(openai.read_chat, openai.is_last)
RESPONSES: Final = Family(openai.read_responses, openai.is_last)
MESSAGES: Final = Family(anthropic.read, anthropic.is_last)
GEMINI: Final = Family(gemini.read, gemini.is_last)

# by the end of the URL's path; the first that fits
ENDS: Final = (
    ("/chat/completions", "chat", CHAT),
    ("/completions", "completions", CHAT),
    ("/embeddings", "embeddings", CHAT),
    ("/responses", "responses", RESPONSES),
    ("/messages", "messages", MESSAGES),
    (":generateContent", "generateContent", GEMINI),
    (":streamGenerateContent", "streamGenerateContent", GEMINI),
)


def family_of(path: str) -> tuple[str, Family] | None:
    """Return the endpoint and the family of answers by a URL's path."""
    return next(((endpoint, family) for end, endpoint, family in ENDS if path.endswith(end)), None)
