from cost_lib import tagged
from openai import OpenAI

client = tagged(OpenAI())


def ask(text):
    first = client.responses.create(model="gpt-4o-mini", input=text,)
    return first, client.responses.create(model="gpt-4o-mini", input=text)
# output
from cost_lib import tagged
from openai import OpenAI

client = tagged(OpenAI())


def ask(text):
    first = tagged(client, feature="trailing_comma").responses.create(model="gpt-4o-mini", input=text,)
    return first, tagged(client, feature="trailing_comma").responses.create(model="gpt-4o-mini", input=text)
