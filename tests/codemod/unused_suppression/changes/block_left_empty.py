from cost_lib import tagged
from openai import OpenAI

client = OpenAI()


def ask(text, *rest, **options):
    try:
        # noqa: CMK101
        tagged(client, feature="faq_check").responses.create(model="gpt-4o-mini", input=text)
    except ValueError:
        pass
# output
from cost_lib import tagged
from openai import OpenAI

client = OpenAI()


def ask(text, *rest, **options):
    try:
        tagged(client, feature="faq_check").responses.create(model="gpt-4o-mini", input=text)
    except ValueError:
        pass
