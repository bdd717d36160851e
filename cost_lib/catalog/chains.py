"""List the accessor chains that no other library has.

They are strong enough to report on a receiver of unknown type (CMK105). ``messages.create`` is missing on purpose (Twilio
has it too), as are ``client.chat``, ``generate`` and other everyday words.
"""

from __future__ import annotations

from typing import Final

DISTINCTIVE: Final = frozenset(
    {
        "audio.speech.create",
        "audio.transcriptions.create",
        "audio.translations.create",
        "beta.chat.completions.parse",
        "beta.messages.create",
        "beta.messages.stream",
        "beta.threads.create_and_run",
        "beta.threads.runs.create",
        "beta.threads.runs.create_and_poll",
        "beta.threads.runs.stream",
        "chat.completions.create",
        "chat.completions.parse",
        "chat.completions.stream",
        "converse_stream",
        "embeddings.create",
        "images.generate",
        "invoke_model",
        "invoke_model_with_response_stream",
        "messages.batches.create",
        "models.embed_content",
        "models.generate_content",
        "models.generate_content_stream",
        "models.generate_images",
        "responses.create",
        "responses.parse",
        "retrieve_and_generate",
    }
)

# Single words that say enough where the SDK that has them is imported by the same file.
EVIDENT: Final = DISTINCTIVE | {"converse"}
