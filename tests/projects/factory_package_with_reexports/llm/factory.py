"""Factories of clients."""
from functools import cache

from anthropic import Anthropic
from openai import AzureOpenAI, OpenAI

from .sanctioned import mark


@cache
def make_openai(azure: bool = False):
    return AzureOpenAI() if azure else OpenAI()


def make_claude() -> Anthropic:
    return Anthropic()


def make_tagged(feature: str) -> OpenAI:
    return mark(make_openai(), feature=feature)
