from openai import OpenAI

client = OpenAI()


def ask(text):
    return client.responses.create(model="gpt-4o-mini", input=text)


def other(tagged, with_current_tags):
    return tagged(with_current_tags)
# output
from cost_lib import tagged as costmark_tagged
from openai import OpenAI

client = OpenAI()


def ask(text):
    return costmark_tagged(client, feature="name_shadowed").responses.create(model="gpt-4o-mini", input=text)


def other(tagged, with_current_tags):
    return tagged(with_current_tags)
