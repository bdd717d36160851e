from cost_lib import tagged
from openai import OpenAI

client = tagged(OpenAI())


def ask(text):
    return client.responses.create(model="gpt-4o-mini", input=text, user="feature", feature="faq_check")
# output
from cost_lib import tagged
from openai import OpenAI

client = tagged(OpenAI())


def ask(text):
    return tagged(client, feature="argument_already_present").responses.create(model="gpt-4o-mini", input=text, user="feature", feature="faq_check")
