from cost_lib import tagged
from openai import OpenAI

client = tagged(OpenAI())


def ask(text):
    reply = client.responses.create(model="gpt-4o-mini", input=text)
    reply.text, client_of = text, reply
    return client_of
# output
from cost_lib import tagged
from openai import OpenAI

client = tagged(OpenAI())


def ask(text):
    reply = tagged(client, feature="assignment_target").responses.create(model="gpt-4o-mini", input=text)
    reply.text, client_of = text, reply
    return client_of
