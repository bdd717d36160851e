"""Static types of tagged clients, for type checkers alone: each line that is wrong for the bare client is wrong for the tagged one.

An unused ``type: ignore`` is an error, so what stands behind one is known to be refused.
"""

from __future__ import annotations

from typing import assert_type

import anthropic
import openai
from anthropic.types import Message, RawMessageStreamEvent
from openai.types import CreateEmbeddingResponse
from openai.types.chat import ChatCompletion, ChatCompletionChunk, ParsedChatCompletion
from pydantic import BaseModel

from cost_lib import inherited, tagged, tags, with_current_tags


def openai_calls(bare: openai.OpenAI) -> None:
    client = tagged(bare, feature="faq")
    assert_type(client, openai.OpenAI)
    assert_type(client.chat.completions.create(model="m", messages=[]), ChatCompletion)
    assert_type(client.chat.completions.create(model="m", messages=[], stream=True), openai.Stream[ChatCompletionChunk])
    assert_type(client.embeddings.create(model="m", input="x"), CreateEmbeddingResponse)
    assert_type(client.with_options(timeout=1), openai.OpenAI)
    client.chat.completions.create(model="m", message=[])  # type: ignore[call-overload]
    client.chat.completions.create(messages=[])  # type: ignore[call-overload]
    client.chat.completions.created(model="m", messages=[])  # type: ignore[attr-defined]


def openai_parts(bare: openai.OpenAI, answer: type[BaseModel]) -> None:
    completions = tagged(bare.chat.completions, feature="faq")
    assert_type(completions.create(model="m", messages=[]), ChatCompletion)
    assert_type(tagged(bare.chat.completions.create, feature="faq")(model="m", messages=[]), ChatCompletion)
    assert_type(completions.parse(model="m", messages=[], response_format=answer), ParsedChatCompletion[BaseModel])
    with tagged(bare, feature="faq") as entered:
        assert_type(entered, openai.OpenAI)


async def openai_async(bare: openai.AsyncOpenAI) -> None:
    client = tagged(bare, feature="faq")
    assert_type(await client.chat.completions.create(model="m", messages=[]), ChatCompletion)
    stream = await client.chat.completions.create(model="m", messages=[], stream=True)
    async for chunk in stream:
        assert_type(chunk, ChatCompletionChunk)


def anthropic_calls(bare: anthropic.Anthropic) -> None:
    client = tagged(bare, feature="faq", user_segment=None)
    assert_type(client.messages.create(model="m", messages=[], max_tokens=1), Message)
    assert_type(client.messages.create(model="m", messages=[], max_tokens=1, stream=True), anthropic.Stream[RawMessageStreamEvent])
    client.messages.create(model="m", messages=[])  # type: ignore[call-overload]
    with client.messages.stream(model="m", messages=[], max_tokens=1) as stream:
        assert_type(stream.get_final_message().usage.input_tokens, int)


@tags(feature="faq")
def decorated(number: int) -> str:
    return str(number)


def own_functions(bare: openai.OpenAI) -> None:
    assert_type(decorated(1), str)
    decorated("1")  # type: ignore[arg-type]
    assert_type(with_current_tags(decorated)(1), str)
    assert_type(tagged(decorated, feature=inherited)(1), str)
    tagged(bare, feature=1)  # type: ignore[arg-type]
