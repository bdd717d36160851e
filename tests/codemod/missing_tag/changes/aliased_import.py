import openai as oai
from cost_lib import tagged as label

client = label(oai.OpenAI())


def ask(text):
    return client.responses.create(model="gpt-4o-mini", input=text)
# output
import openai as oai
from cost_lib import tagged as label

client = label(oai.OpenAI())


def ask(text):
    return label(client, feature="aliased_import").responses.create(model="gpt-4o-mini", input=text)
