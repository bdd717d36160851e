from openai import OpenAI

client = OpenAI()


def ask(text):
    return client.responses.create(model="gpt-4o-mini", input=[]), [], {}, ()
# output
from cost_lib import tagged
from openai import OpenAI

client = OpenAI()


def ask(text):
    return tagged(client, feature="empty_collection").responses.create(model="gpt-4o-mini", input=[]), [], {}, ()
