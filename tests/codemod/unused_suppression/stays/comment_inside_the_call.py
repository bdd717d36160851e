from openai import OpenAI

client = OpenAI()


def ask(text, *rest, **options):
    return client.responses.create(  # (first  # noqa: CMK101
        model="gpt-4o-mini",
        input=text,  # second
    )
