from cost_lib import tagged
from openai import OpenAI

client = tagged(OpenAI())


def ask(text):
    try:
        client.responses.create(model="gpt-4o-mini", input=text)
    except ValueError:
        pass
# output
from cost_lib import tagged
from openai import OpenAI

client = tagged(OpenAI())


def ask(text):
    try:
        tagged(client, feature="block_left_empty").responses.create(model="gpt-4o-mini", input=text)
    except ValueError:
        pass
