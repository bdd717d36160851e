"""Modules that act as clients: the lazy client of ``openai``, functions of ``ollama`` and ``google.generativeai``."""
import os

import google.generativeai as genai
import ollama
import openai
from openai import chat
from openai import embeddings as vectors

from cost_lib import tagged, tags

MODEL = os.environ["MODEL"]
openai.api_key = "sk-test"
genai.configure(api_key="k")


def ask(prompt: str) -> str:
    reply = openai.chat.completions.create(model="gpt-4o-mini", messages=[{"role": "user", "content": prompt}])  # finds: CMK101
    return reply.choices[0].message.content


def embed(text: str) -> object:
    genai.embed_content(model=MODEL, content=text)  # finds: CMK101
    vectors.create(model="text-embedding-3-small", input=text)  # finds: CMK101
    return openai.embeddings.create(model="text-embedding-3-small", input=text)  # finds: CMK101


def from_import(prompt: str) -> object:
    return chat.completions.create(model="gpt-4o-mini", messages=[])  # finds: CMK101


def local_model(prompt: str) -> str:
    return ollama.generate(model=MODEL, prompt=prompt)["response"]  # finds: CMK101


def twins(prompt: str) -> None:
    tagged(openai.chat.completions, feature="ask").create(model="gpt-4o-mini", messages=[])  # ok: CMK101
    tagged(openai, feature="ask").chat.completions.create(model="gpt-4o-mini", messages=[])  # ok: CMK101
    tagged(openai.embeddings, feature="ask").create(model="text-embedding-3-small", input=prompt)  # ok: CMK101
    tagged(ollama.generate, feature="local")(model=MODEL, prompt=prompt)  # ok: CMK101
    openai.models.list()  # ok: CMK101
    openai.moderations.create(input=prompt)  # ok: CMK101
    with tags(feature="search"):
        tagged(ollama.embed)(model=MODEL, input=prompt)  # ok: CMK101, CMK201
