import openai as oai
from cost_lib import tagged as label

client = label(oai.OpenAI(), feature="faq_check")


def ask(text):
    return client.responses.create(model="gpt-4o-mini", input=text)
