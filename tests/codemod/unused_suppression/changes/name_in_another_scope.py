from cost_lib import tagged
from openai import OpenAI

client = OpenAI()


def ask(text, *rest, **options):
    def inner():
        return tagged(client, feature="faq_check").responses.create(model="gpt-4o-mini", input=text)  # noqa: CMK101

    return inner
# output
from cost_lib import tagged
from openai import OpenAI

client = OpenAI()


def ask(text, *rest, **options):
    def inner():
        return tagged(client, feature="faq_check").responses.create(model="gpt-4o-mini", input=text)

    return inner
