"""Imports the shared client where it is used."""


def ask(prompt: str) -> object:
    from app.config import client

    return client.responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK101


def ask_relative(prompt: str) -> object:
    from . import config
    from .config import faq_client

    config.client.responses.create(model="gpt-4o-mini", input=prompt)  # finds: CMK101
    return faq_client.responses.create(model="gpt-4o-mini", input=prompt)  # ok: CMK101, CMK201
