from cost_lib import tagged
from openai import OpenAI

client = OpenAI()


def ask(text):
    reply = tagged(client, feature="faq_check").responses.create(model="gpt-4o-mini", input=text)
    reply.text, client_of = text, reply
    return client_of
