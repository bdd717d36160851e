"""Relative imports of one, two and three dots."""
from cost_lib import tagged

from . import shared
from .. import clients
from ..clients import async_groq, groq
from .deep import leaf


def rank(text: str) -> None:
    groq.chat.completions.create(model="llama-3.3-70b-versatile", messages=[])  # finds: CMK101
    shared.chat.completions.create(model="llama-3.3-70b-versatile", messages=[])  # finds: CMK101
    clients.groq.chat.completions.create(model="llama-3.3-70b-versatile", messages=[])  # finds: CMK101
    leaf.client.chat.completions.create(model="llama-3.3-70b-versatile", messages=[])  # finds: CMK101
    tagged(shared, feature="rank").chat.completions.create(model="llama-3.3-70b-versatile", messages=[])  # ok: CMK101, CMK201
    tagged(clients.groq, feature="rank").chat.completions.create(model="llama-3.3-70b-versatile", messages=[])  # ok: CMK101, CMK201
    clients.missing.chat.completions.create(messages=[])  # ok: CMK101


async def rank_async(text: str) -> None:
    await async_groq.chat.completions.create(model="llama-3.3-70b-versatile", messages=[])  # finds: CMK101
