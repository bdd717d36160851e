from cost_lib import tagged
from openai import OpenAI


def ask(text):
    return client.responses.create(model="gpt-4o-mini", input=text)


client = tagged(OpenAI())
# output
from cost_lib import tagged
from openai import OpenAI


def ask(text):
    return tagged(client, feature="definition_after_use").responses.create(model="gpt-4o-mini", input=text)


client = tagged(OpenAI())
