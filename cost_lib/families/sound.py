"""Read answers about sound: speech is billed by the characters of the request, transcription by tokens or by time."""

from __future__ import annotations

from typing import Final

from cost_lib.families.around import Around
from cost_lib.families.contexts import context_of
from cost_lib.families.fields import Body, count, number, some, table, text
from cost_lib.families.openai_counts import usage_of
from cost_lib.families.reading import Family, Reading
from cost_lib.model import Usage

TOKENS: Final = ("input_tokens", "output_tokens")
CHAT: Final = ("prompt_tokens", "completion_tokens")
CHARACTERS_HEADER: Final = ("character-cost", "x-character-count", "dg-char-count")  # ElevenLabs, Deepgram
MS: Final = 1000


def read_speech(body: Body, around: Around) -> Reading:
    """Read spoken text: the tokens that an event stream reports, else the characters that were asked for."""
    usage = table(body, "usage")
    if count(usage, "output_tokens"):
        spoken = count(usage, "output_tokens")
        return Reading(Usage(count(usage, "input_tokens"), units={"audio_output": spoken}), context=context_of(around, ""))
    said = next((around.headers[name] for name in CHARACTERS_HEADER if name in around.headers), "")
    length = int(said) if said.isdecimal() else around.length_of("input") or around.length_of("text")
    return Reading(Usage(units={"characters": length}) if length else None, context=context_of(around, ""))


def read_transcription(body: Body, around: Around) -> Reading:
    """Read transcribed or translated speech."""
    usage = table(body, "usage")
    model = text(body, "model")
    if any(name in usage for name in TOKENS):
        return Reading(usage_of(usage, TOKENS, {}), model, context=context_of(around, ""))
    if any(name in usage for name in CHAT):
        units = {"audio_input_ms": count(usage, "prompt_audio_seconds") * MS}
        return Reading(usage_of(usage, CHAT, units), model, context=context_of(around, ""))
    seconds = number(usage, "seconds")
    if seconds is None:
        seconds = number(body, "duration")
    return Reading(Usage(units=some(audio_ms=round(seconds * MS))) if seconds else None, model, context=context_of(around, ""))


def read_listening(body: Body, around: Around) -> Reading:
    """Read what Deepgram heard: its price is by the time and the channel."""
    metadata = table(body, "metadata")
    seconds = number(metadata, "duration") or 0
    model = next((text(info, "arch") for info in table(metadata, "model_info").values()), "")
    heard = round(seconds * MS) * max(count(metadata, "channels"), 1)
    return Reading(Usage(units={"audio_ms": heard}) if heard else None, around.parameter("model") or model)


def is_last(body: Body) -> bool:
    """Say whether no usage comes after an event."""
    return str(body.get("type", "")).endswith(".done")


SPEECH: Final = Family(read_speech, is_last, is_sound=True)
TRANSCRIPTION: Final = Family(read_transcription, is_last)
LISTENING: Final = Family(read_listening)
