from cost_lib import tagged
from openai import OpenAI

client = tagged(OpenAI())


def ask(text):
    return client.responses.create(model="gpt-4o-mini", input=text)


def other(tagged, with_current_tags):
    return tagged(with_current_tags)
# output
from cost_lib import tagged
from openai import OpenAI

client = tagged(OpenAI())


def ask(text):
    return tagged(client, feature="name_shadowed").responses.create(model="gpt-4o-mini", input=text)


def other(tagged, with_current_tags):
    return tagged(with_current_tags)
