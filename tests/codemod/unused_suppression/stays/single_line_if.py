from openai import OpenAI

client = OpenAI()


def ask(text, *rest, **options):
    if text: return client.responses.create(model="gpt-4o-mini", input=text)  # noqa: CMK101
