from cost_lib import tagged
from openai import OpenAI

client = OpenAI()


def ask(text, *rest, **options):
    return tagged(client, feature="faq_check").responses.create(model="gpt-4o-mini", input=text)  # costmark: allow[CMK101, CMK102] the key is the customer's
# output
from cost_lib import tagged
from openai import OpenAI

client = OpenAI()


def ask(text, *rest, **options):
    return tagged(client, feature="faq_check").responses.create(model="gpt-4o-mini", input=text)
