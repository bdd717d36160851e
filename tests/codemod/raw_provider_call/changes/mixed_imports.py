import openai
from openai import OpenAI

client = OpenAI(timeout=openai.NOT_GIVEN)


def ask(text):
    return client.responses.create(model="gpt-4o-mini", input=text)
# output
import openai
from cost_lib import tagged
from openai import OpenAI

client = OpenAI(timeout=openai.NOT_GIVEN)


def ask(text):
    return tagged(client, feature="mixed_imports").responses.create(model="gpt-4o-mini", input=text)
