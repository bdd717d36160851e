"""A client that is built and called in one expression."""
import anthropic
import cohere
import groq
from anthropic import Anthropic
from mistralai.client import Mistral
from openai import AsyncOpenAI, OpenAI

from cost_lib import tagged


def summarize(text: str) -> str:
    reply = OpenAI().chat.completions.create(  # finds: CMK101
        model="gpt-4o-mini",
        messages=[{"role": "user", "content": text}],
    )
    return reply.choices[0].message.content or ""


async def embed(texts: list[str]) -> list[list[float]]:
    reply = await AsyncOpenAI(timeout=10).embeddings.create(model="text-embedding-3-small", input=texts)  # finds: CMK101
    return [row.embedding for row in reply.data]


def classify(text: str) -> str:
    message = (
        anthropic.Anthropic(max_retries=3)
        .messages
        .create(  # finds: CMK101
            model="claude-sonnet-4-5", max_tokens=10, messages=[{"role": "user", "content": text}]
        )
    )
    return message.content[0].text


def others(text: str) -> None:
    Mistral(api_key="k").chat.complete(model="mistral-small-latest", messages=[])  # finds: CMK101
    cohere.ClientV2().chat(model="command-a-03-2025", messages=[])  # finds: CMK101
    groq.Groq().chat.completions.create(model="llama-3.3-70b-versatile", messages=[])  # finds: CMK101


def tagged_twins(text: str) -> None:
    tagged(OpenAI(), feature="summary").chat.completions.create(model="gpt-4o-mini", messages=[])  # ok: CMK101
    tagged(Anthropic(), feature="labels").messages.create(model="claude-sonnet-4-5", max_tokens=9, messages=[])  # ok: CMK101
    tagged(Mistral(api_key="k"), feature="labels").chat.complete(model="mistral-small-latest", messages=[])  # ok: CMK101
    tagged(cohere.ClientV2(), feature="chat").chat(model="command-a-03-2025", messages=[])  # ok: CMK101
    tagged(groq.Groq(), feature="chat").chat.completions.create(model="llama-3.3-70b-versatile", messages=[])  # ok: CMK101


async def tagged_embed(texts: list[str]) -> object:
    return await tagged(AsyncOpenAI(), feature="search").embeddings.create(model="text-embedding-3-small", input=texts)  # ok: CMK101
