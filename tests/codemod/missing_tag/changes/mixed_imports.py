import cost_lib
import openai
from cost_lib import tagged

client = tagged(openai.OpenAI())
other = cost_lib.tagged(client)


def ask(text):
    return client.responses.create(model="gpt-4o-mini", input=text)
# output
import cost_lib
import openai
from cost_lib import tagged

client = tagged(openai.OpenAI())
other = cost_lib.tagged(client)


def ask(text):
    return tagged(client, feature="mixed_imports").responses.create(model="gpt-4o-mini", input=text)
