from cost_lib import tagged
from openai import OpenAI

client = tagged(OpenAI())


def ask(text):
    return client.responses.create(model="gpt-4o-mini", input=text)


def free(text):
    return client.models.list()
# output
from cost_lib import tagged
from openai import OpenAI

client = tagged(OpenAI())


def ask(text):
    return tagged(client, feature="import_used_elsewhere").responses.create(model="gpt-4o-mini", input=text)


def free(text):
    return client.models.list()
