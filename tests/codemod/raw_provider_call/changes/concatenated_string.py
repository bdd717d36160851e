from openai import OpenAI

client = OpenAI()


def ask(text):
    return client.responses.create(model="gpt-4o-mini", input="one, (" "two)")
# output
from cost_lib import tagged
from openai import OpenAI

client = OpenAI()


def ask(text):
    return tagged(client, feature="concatenated_string").responses.create(model="gpt-4o-mini", input="one, (" "two)")
