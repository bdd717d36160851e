from openai import OpenAI

client = OpenAI()


def ask(text, *rest, **options):
    return client.responses.create(model="gpt-4o-mini", input=text)  # noqa: CMK101


def other():
    return OpenAI
