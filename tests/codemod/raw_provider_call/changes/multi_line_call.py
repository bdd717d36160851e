from openai import OpenAI

client = OpenAI()


def ask(text):
    return client.responses.create(
        model="gpt-4o-mini",
        input=text,
    )
# output
from cost_lib import tagged
from openai import OpenAI

client = OpenAI()


def ask(text):
    return tagged(client, feature="multi_line_call").responses.create(
        model="gpt-4o-mini",
        input=text,
    )
