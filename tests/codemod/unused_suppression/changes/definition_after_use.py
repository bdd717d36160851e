from cost_lib import tagged
from openai import OpenAI


def ask(text, *rest, **options):
    return tagged(client, feature="faq_check").responses.create(model="gpt-4o-mini", input=text)  # noqa: CMK101


client = OpenAI()
# output
from cost_lib import tagged
from openai import OpenAI


def ask(text, *rest, **options):
    return tagged(client, feature="faq_check").responses.create(model="gpt-4o-mini", input=text)


client = OpenAI()
