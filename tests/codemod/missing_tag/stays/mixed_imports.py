import cost_lib
import openai
from cost_lib import tagged

client = tagged(openai.OpenAI(), feature="faq_check")
other = cost_lib.tagged(client)


def ask(text):
    return client.responses.create(model="gpt-4o-mini", input=text)
