from cost_lib import tagged
from openai import OpenAI

client = tagged(OpenAI(), feature="faq_check")


def ask(text):
    reply = client.responses.create(model="gpt-4o-mini", input=text)
    reply.text, client_of = text, reply
    return client_of
