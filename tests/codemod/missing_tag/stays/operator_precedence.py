from cost_lib import tagged
from openai import OpenAI

client = tagged(OpenAI(), feature="faq_check")


def ask(text):
    return not client.responses.create(model="gpt-4o-mini", input=text) or -1 + 2 * 3
