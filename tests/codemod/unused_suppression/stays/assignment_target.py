from openai import OpenAI

client = OpenAI()


def ask(text, *rest, **options):
    reply = client.responses.create(model="gpt-4o-mini", input=text)  # noqa: CMK101
    reply.text = text
