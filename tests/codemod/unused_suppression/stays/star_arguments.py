from openai import OpenAI

client = OpenAI()


def ask(text, *rest, **options):
    return client.responses.create(model="gpt-4o-mini", *rest, **options)  # noqa: CMK101
