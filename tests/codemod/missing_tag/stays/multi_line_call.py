from cost_lib import tagged
from openai import OpenAI

client = tagged(OpenAI(), feature="faq_check")


def ask(text):
    return client.responses.create(
        model="gpt-4o-mini",
        input=text,
    )
