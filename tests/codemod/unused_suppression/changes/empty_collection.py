from cost_lib import tagged
from openai import OpenAI

client = OpenAI()


def ask(text, *rest, **options):
    return tagged(client, feature="faq_check").responses.create(model="gpt-4o-mini", input=[]), []  # noqa: CMK101
# output
from cost_lib import tagged
from openai import OpenAI

client = OpenAI()


def ask(text, *rest, **options):
    return tagged(client, feature="faq_check").responses.create(model="gpt-4o-mini", input=[]), []
