from openai import OpenAI

client = OpenAI()


def ask(text, *rest, **options):
    return not client.responses.create(model="gpt-4o-mini", input=text) or -1  # noqa: CMK101
