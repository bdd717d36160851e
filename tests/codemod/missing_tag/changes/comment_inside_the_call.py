from cost_lib import tagged
from openai import OpenAI

client = tagged(OpenAI())


def ask(text):
    return client.responses.create(
        model="gpt-4o-mini",  # (the first one
        input=text,
    )
# output
from cost_lib import tagged
from openai import OpenAI

client = tagged(OpenAI())


def ask(text):
    return tagged(client, feature="comment_inside_the_call").responses.create(
        model="gpt-4o-mini",  # (the first one
        input=text,
    )
