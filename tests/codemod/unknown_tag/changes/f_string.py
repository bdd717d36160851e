from cost_lib import tagged
from openai import OpenAI

client = OpenAI()


def ask(text):
    return tagged(client, featuer="faq_check").responses.create(model="gpt-4o-mini", input=f"{text!r}, (")
# output
from cost_lib import tagged
from openai import OpenAI

client = OpenAI()


def ask(text):
    return tagged(client, feature="faq_check").responses.create(model="gpt-4o-mini", input=f"{text!r}, (")
