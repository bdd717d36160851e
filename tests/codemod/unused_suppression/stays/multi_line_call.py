from openai import OpenAI

client = OpenAI()


def ask(text, *rest, **options):
    return client.responses.create(  # noqa: CMK101
        model="gpt-4o-mini",
        input=text,
    )
