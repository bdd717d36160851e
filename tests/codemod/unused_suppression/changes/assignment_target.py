from cost_lib import tagged
from openai import OpenAI

client = OpenAI()


def ask(text, *rest, **options):
    reply = tagged(client, feature="faq_check").responses.create(model="gpt-4o-mini", input=text)  # noqa: CMK101
    reply.text = text
# output
from cost_lib import tagged
from openai import OpenAI

client = OpenAI()


def ask(text, *rest, **options):
    reply = tagged(client, feature="faq_check").responses.create(model="gpt-4o-mini", input=text)
    reply.text = text
