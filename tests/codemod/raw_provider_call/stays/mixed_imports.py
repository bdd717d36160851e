import cost_lib
import openai
from cost_lib import tagged

client = openai.OpenAI()


def ask(text):
    return tagged(client, feature="faq_check").responses.create(model="gpt-4o-mini", input=text)
