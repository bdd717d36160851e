from cost_lib import tagged
from openai import OpenAI

client = tagged(OpenAI(), feature="faq_check")


def ask(text):
    first = client.responses.create(model="gpt-4o-mini", input=text,)
    return first, client.responses.create(model="gpt-4o-mini", input=text)
