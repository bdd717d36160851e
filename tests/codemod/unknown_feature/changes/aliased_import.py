import openai as oai
from cost_lib import tagged as label

client = oai.OpenAI()


def ask(text):
    return label(client, feature="faq_chek").responses.create(model="gpt-4o-mini", input=text)
# output
import openai as oai
from cost_lib import tagged as label

client = oai.OpenAI()


def ask(text):
    return label(client, feature="faq_check").responses.create(model="gpt-4o-mini", input=text)
