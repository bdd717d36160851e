import openai
from openai import OpenAI

client = OpenAI(timeout=openai.NOT_GIVEN)


def ask(text, *rest, **options):
    return client.responses.create(model="gpt-4o-mini", input=text)  # noqa: CMK101
