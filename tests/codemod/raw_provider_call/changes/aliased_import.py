import openai as oai

client = oai.OpenAI()


def ask(text):
    return client.responses.create(model="gpt-4o-mini", input=text)
# output
import openai as oai
from cost_lib import tagged

client = oai.OpenAI()


def ask(text):
    return tagged(client, feature="aliased_import").responses.create(model="gpt-4o-mini", input=text)
