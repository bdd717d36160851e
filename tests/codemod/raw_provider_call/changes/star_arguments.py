from openai import OpenAI

client = OpenAI()


def ask(text, *rest, **options):
    return client.responses.create(model="gpt-4o-mini", *rest, **options)
# output
from cost_lib import tagged
from openai import OpenAI

client = OpenAI()


def ask(text, *rest, **options):
    return tagged(client, feature="star_arguments").responses.create(model="gpt-4o-mini", *rest, **options)
