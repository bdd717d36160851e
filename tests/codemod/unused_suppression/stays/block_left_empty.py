from openai import OpenAI

client = OpenAI()


def ask(text, *rest, **options):
    try:
        client.responses.create(model="gpt-4o-mini", input=text)  # noqa: CMK101
    except ValueError:
        pass
